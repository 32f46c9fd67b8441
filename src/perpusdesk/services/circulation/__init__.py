"""Lending, taking back, holds and ways between branches: what a desk does all day."""
