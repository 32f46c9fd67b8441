"""Decisions on the collection: what to buy, how to share a budget out, how old the stock is."""
