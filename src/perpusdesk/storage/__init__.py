"""Rows and queries: one door that writes ops and rows together."""
