"""Holds: what to pick from the shelf, what is kept for whom."""
