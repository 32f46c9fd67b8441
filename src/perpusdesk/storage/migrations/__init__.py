"""Frozen schema steps; a released one is never edited."""
