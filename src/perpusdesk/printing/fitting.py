"""Text that stays in its box: shortening and wrapping by any measure of width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
Measure = Callable[[str], float]
"""The width of a text: ``len`` for columns, a font's width for points."""


def shorten(text: str, limit: float, measure: Measure, ellipsis: str = ELLIPSIS) -> str:
    """Return ``text``, or its longest beginning that fits ``limit`` with an ellipsis."""
    if measure(text) <= limit:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ellipsis) <= limit:
            low = middle
        else:
            high = middle - 1
    kept = text[:low].rstrip()
    if kept or measure(ellipsis) <= limit:
        return kept + ellipsis
    return ""


def wrap(
    text: str, limit: float, measure: Measure, lines: int = 0, ellipsis: str = ELLIPSIS
) -> list[str]:
    """Break ``text`` at spaces (a longer word anywhere) into pieces no wider than ``limit``.

    With ``lines`` above 0 there are at most so many, and the last ends with an ellipsis when
    something had to be left out. An empty text has no lines.
    """
    rest = " ".join(text.split())
    result: list[str] = []
    while rest:
        if lines and len(result) == lines - 1:
            return [*result, shorten(rest, limit, measure, ellipsis)]
        piece = _first_piece(rest, limit, measure)
        result.append(piece)
        rest = rest[len(piece) :].lstrip()
    return result


def balanced(
    text: str, limit: float, measure: Measure, lines: int = 0, ellipsis: str = ELLIPSIS
) -> list[str]:
    """Wrap a heading as ``wrap`` does, with lines as equal in length as may be."""
    best = wrap(text, limit, measure, lines, ellipsis)
    narrow, wide = limit / 3, limit
    if len(best) < 2 or " ".join(best) != " ".join(text.split()):
        return best
    for _attempt in range(8):
        middle = (narrow + wide) / 2
        tried = wrap(text, middle, measure)
        if len(tried) == len(best) and " ".join(tried) == " ".join(best):
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def _first_piece(text: str, limit: float, measure: Measure) -> str:
    if measure(text) <= limit:
        return text
    words = text.split(" ")
    taken = words[0]
    if measure(taken) > limit:
        return _first_characters(taken, limit, measure)
    for word in words[1:]:
        longer = f"{taken} {word}"
        if measure(longer) > limit:
            break
        taken = longer
    return taken


def _first_characters(word: str, limit: float, measure: Measure) -> str:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return word[:low]


def largest_size(
    text: str, limit: float, measure: Callable[[str, float], float], largest: float, smallest: float
) -> float:
    """Return the largest size (in half steps) at which ``text`` fits, never below ``smallest``."""
    size = largest
    while size > smallest and measure(text, size) > limit:
        size -= 0.5
    return max(size, smallest)
