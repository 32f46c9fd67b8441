"""The order in which books stand on a shelf, from their call numbers.

A call number is taken apart as *collection* (``R``, ``SKR``; what stands before the class), class
(``899.221 3``, also ``2X1.3``) and the marks that follow (``HIR l``). Class numbers are decimals:
899.1 stands before 899.12 and both before 899.2; 2X0 to 2X9 stand after 299 and before 300. Numbers
in the marks count as numbers: ``jil.2`` before ``jil.10``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

_CLASS: Final = re.compile(r"\d{3}(\.\d+)?|\d{1,2}\.\d+|2X\d(\.\d+)?")
_BEGUN: Final = re.compile(r"\d{1,2}|2X")
_GROUP: Final = re.compile(r"\d{1,3}")
_SEGMENTED: Final = re.compile(r"(?<=[\d.])['/´`](?=[\d.])")
_ISLAM: Final = re.compile(r"\b2X\s+(?=\d)")
_NUMBER: Final = re.compile(r"\d+")
_APART: Final = "\x1f"
_FIRST: Final = "\x01"
_LAST: Final = "\U0010ffff"


@lru_cache(maxsize=16_384)
def _parts(call_number: str) -> tuple[str, str, str]:
    """Return collection, class and marks, in plain capitals."""
    plain = unicodedata.normalize("NFKD", call_number).upper()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    tokens = _ISLAM.sub("2X", _SEGMENTED.sub("", plain)).split()
    start = next((at for at, token in enumerate(tokens) if _CLASS.fullmatch(token)), None)
    if tokens and _BEGUN.fullmatch(tokens[0]):
        start = 0
    if start is None:
        return "", "", _APART.join(map(_counted, tokens))
    number, rest = tokens[start], tokens[start + 1 :]
    while rest and "." in number and _GROUP.fullmatch(rest[0]):
        number += rest.pop(0)
    return " ".join(tokens[:start]), number, _APART.join(map(_counted, rest))


def _counted(token: str) -> str:
    return _NUMBER.sub(lambda found: found[0].zfill(6), token)


def shelf_key(call_number: str | None) -> str:
    """Return a text that sorts as books stand on a shelf; empty where there is no call number.

    The collection does not count: a range of classes holds in every collection.
    """
    _collection, number, marks = _parts(call_number or "")
    return _APART.join(part for part in (number, marks) if part)


def collection_of(call_number: str | None) -> str:
    """Return what stands before the class (``R``), empty where nothing does."""
    return _parts(call_number or "")[0]


@dataclass(frozen=True, slots=True)
class ShelfRange:
    """Call numbers from ``first`` to ``last``, both with all that begins so; empty: no bound.

    ``ShelfRange("800", "899")`` holds ``899.221 3 HIR l`` too. What has no call number stands in no
    range that has a bound.
    """

    first: str = ""
    last: str = ""

    @property
    def keys(self) -> tuple[str, str]:
        """Return the shelf keys between which (both counting) a call number lies."""
        return shelf_key(self.first) or _FIRST, shelf_key(self.last) + _LAST

    @property
    def everything(self) -> bool:
        """Whether there is no bound at all."""
        return not shelf_key(self.first) and not shelf_key(self.last)

    def holds(self, call_number: str | None) -> bool:
        """Whether a book with this call number stands in the range."""
        first, last = self.keys
        return self.everything or first <= shelf_key(call_number) <= last


class Order(StrEnum):
    """How a book stands to the ones before it on the shelf."""

    FINE = "fine"
    THIS_ONE = "this_one"
    THE_ONE_BEFORE = "the_one_before"


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk along a shelf, book after book: the last two call numbers that stood right."""

    before: str = ""
    last: str = ""

    def step(self, call_number: str) -> tuple[Walk, Order]:
        """Go on to the next book; tell which one stands out of order, if any.

        If the new one fits behind the last but one, the last one stood wrong; else the new one
        does. Books without call number, and the first of another collection, tell nothing.
        """
        key = shelf_key(call_number)
        if not key:
            return self, Order.FINE
        if not self.last or collection_of(call_number) != collection_of(self.last):
            return Walk(last=call_number), Order.FINE
        if key >= shelf_key(self.last):
            return Walk(self.last, call_number), Order.FINE
        if self.before and key >= shelf_key(self.before):
            return Walk(self.before, call_number), Order.THE_ONE_BEFORE
        return self, Order.THIS_ONE
