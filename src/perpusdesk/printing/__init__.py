"""Sheets of paper: PDF in millimetres, ESC/POS and plain text."""
