"""Surveys: forms, answers, and the arithmetic of results. Pure."""
