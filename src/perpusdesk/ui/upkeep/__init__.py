"""Care of the catalogue: titles that may be one, titles that were removed, headings."""
