"""Packages for Linux: a frozen tree, and what is made of it."""
