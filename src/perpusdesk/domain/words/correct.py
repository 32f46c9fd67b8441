"""The word that somebody probably meant, out of the words that the library has."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Shorter words are too like one another to guess at."""


def typing_errors(word: str) -> int:
    """Return how many typing errors are believed in a word of this length."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < 7 else 2 if len(word) < 11 else 3


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """Return the known word (given with its number of titles) that was probably meant.

    The fewest errors win, then what is in more titles; ``None`` when nothing is near enough.
    """
    most = typing_errors(word)
    if not most:
        return None
    near = process.extract(
        word, known.keys(), scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
    )
    ranked = (
        (errors - min(0.9, math.log10(1 + known[other]) / 4), other)
        for other, errors, _ in near
        if errors
    )
    best = min(ranked, default=None)
    return best[1] if best else None
