"""One desk job per file; the only callers of the storage door."""
