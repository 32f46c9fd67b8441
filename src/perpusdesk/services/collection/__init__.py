"""Decisions on the collection: what to buy, how to share a budget, what to weed."""
