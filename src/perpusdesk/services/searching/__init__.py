"""Searching titles in readers' words, beside the desk's work."""
