"""The tab of the key: how the library is locked, and its recovery sheet."""
