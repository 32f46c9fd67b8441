"""Long lists in parts: SQL takes only so many values at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_parts(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield the items in tuples of at most ``size``."""
    rest = iter(items)
    while part := tuple(islice(rest, size)):
        yield part
