"""Cataloguing by hand: the short form, the record's own lines, and what belongs to a title."""
