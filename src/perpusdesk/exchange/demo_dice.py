"""Repeatable chance: the same seed and purpose give the same throws on every machine."""

from __future__ import annotations

from random import Random


class Dice(Random):
    """Throws for the demo library; nothing secret may hang on them."""


def dice(seed: int, purpose: str) -> Dice:
    """Return dice of their own for one purpose, so that one part of a plan never shifts another."""
    return Dice(f"{seed}/{purpose}")
