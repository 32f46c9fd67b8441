"""Decisions on the collection: what to buy, the budget by class, the age of the stock."""
