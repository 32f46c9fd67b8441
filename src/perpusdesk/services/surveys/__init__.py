"""Surveys: built, published, answered, counted and put on paper."""
