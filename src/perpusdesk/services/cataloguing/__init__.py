"""Titles, copies and headings: looked up, catalogued, changed, made one and removed."""
