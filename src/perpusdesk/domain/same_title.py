"""Are two records the same title? By number, by title and author, by edition and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from perpusdesk.domain.words.names import TITLES, sound
from perpusdesk.domain.words.normal import joined, words
from perpusdesk.domain.words.spelling import modern

_NUMBER: Final = re.compile(r"\d+")
_EDITIONS: Final = {"pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4", "kelima": "5"}


class Why(StrEnum):
    """Why two titles may be one, the surest first."""

    ISBN = "isbn"
    ISSN = "issn"
    TITLE_AUTHOR = "title_author"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared: texts as records have them; ``isbn`` are numbers parted by spaces."""

    title: str
    subtitle: str = ""
    author: str = ""
    year: str = ""
    edition: str = ""
    isbn: str = ""
    issn: str = ""
    material: str = ""


def same_title(one: Facts, other: Facts) -> tuple[Why, bool] | None:
    """Return why two records may be of one title, and whether that is nearly sure.

    An ISBN is sure with a title that begins alike (publishers use numbers again); a title with its
    author is sure when year and edition do not speak against it.
    """
    alike = _titles_alike(one, other)
    numbers = set(one.isbn.split()) & set(other.isbn.split())
    if numbers:
        return Why.ISBN, alike
    if one.issn and one.issn == other.issn:
        return Why.ISSN, alike
    if not alike or _speaks_against(one.material, other.material):
        return None
    people = names_alike(one.author, other.author)
    if people is False:
        return None
    against = (
        _speaks_against(one.year, other.year)
        or _speaks_against(edition_number(one.edition), edition_number(other.edition))
        or bool(one.isbn and other.isbn)
    )
    return (Why.TITLE_AUTHOR if people else Why.TITLE), bool(people) and not against


def title_key(*texts: str) -> str:
    """Return the words of a title in one spelling, for finding what is alike."""
    return " ".join(modern(word) or word for word in words(" ".join(texts)))


def _titles_alike(one: Facts, other: Facts) -> bool:
    first, second = title_key(one.title), title_key(other.title)
    if first and first == second:
        subtitles = joined(one.subtitle), joined(other.subtitle)
        return not all(subtitles) or subtitles[0][:20] == subtitles[1][:20]
    return title_key(one.title, one.subtitle) == title_key(other.title, other.subtitle) != ""


def names_alike(one: str, other: str) -> bool | None:
    """Whether two names may be one person's; ``None`` when one of them is not known.

    The order of the elements does not count, nor titles or initials.
    """
    first, second = _people(one), _people(other)
    if not first or not second:
        return None
    shorter, longer = sorted((first, second), key=len)
    return shorter <= longer or len(shorter & longer) >= 2


def _people(name: str) -> set[str]:
    return {sound(word) for word in words(name) if len(word) > 1 and word not in TITLES}


def _speaks_against(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def edition_number(text: str) -> str:
    """Return the number of an edition (``Cet. 2``, ``Edisi kedua``); empty where it has none."""
    found = _NUMBER.search(text)
    if found:
        return str(int(found[0]))
    return next((_EDITIONS[word] for word in words(text) if word in _EDITIONS), "")
