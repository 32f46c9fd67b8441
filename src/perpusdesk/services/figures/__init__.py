"""Figures: counted beside the work, explained, closed by month and handed in as packs."""
