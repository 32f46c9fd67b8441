"""Packs of figures that a library owes: rows by a dated form, filled exactly, with their proof."""
