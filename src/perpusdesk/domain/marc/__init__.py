"""The MARC 21 bibliographic format, as far as people write it by hand."""
