"""What lists of titles are narrowed, counted and put in order by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.shelf_order import collection_of, shelf_key
from perpusdesk.domain.words.entry import TitleTexts
from perpusdesk.domain.words.normal import joined

LONGEST_KEY: Final = 60
ISLAM: Final = "2X0"


@dataclass(frozen=True, slots=True)
class Line:
    """One title in a list: its facets (empty: unknown) and the keys that it is ordered by.

    ``decade`` is ``1990``; ``hundred`` the main class of DDC (``800``), or ``2X0`` for Islam.
    """

    material: str
    language: str
    decade: str
    hundred: str
    year: int | None
    by_title: str
    by_author: str
    by_shelf: str


def line(texts: TitleTexts, material: str, language: str) -> Line:
    """Return the line of a title."""
    year = year_of(texts.year)
    return Line(
        material=material.strip(),
        language=language.strip().lower(),
        decade=f"{year // 10}0" if year else "",
        hundred=hundred_of(texts.classification),
        year=year,
        by_title=joined(f"{texts.title} {texts.subtitle}")[:LONGEST_KEY],
        by_author=joined(texts.author)[:LONGEST_KEY],
        by_shelf=list_key(texts.call_number or texts.classification)[:LONGEST_KEY],
    )


def list_key(call_number: str) -> str:
    """Return the key that puts all shelves in one list: the ordinary ones, then *R* and its like.

    Within each the order is that of ``shelf_order``. Empty for no call number.
    """
    key = shelf_key(call_number)
    return f"{collection_of(call_number)}\x1f{key}" if key else ""


def year_of(text: str) -> int | None:
    """Return a year of four digits, or ``None`` for anything else."""
    text = text.strip()
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None


def hundred_of(classification: str) -> str:
    """Return the main class of a number of DDC or of the Indonesian extension for Islam."""
    text = classification.strip().upper()
    if text.startswith("2X"):
        return ISLAM
    return f"{text[0]}00" if len(text) >= 3 and text[:3].isdigit() and text.isascii() else ""
