"""Stickers and cards: filled in, queued, printed and remembered."""
