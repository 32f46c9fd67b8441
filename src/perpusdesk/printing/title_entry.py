"""A title as catalogues describe it on paper: its areas parted by full stop and dash.

The order of the areas and their marks are those of the ISBD, as Indonesian catalogue cards have
them: title / responsibility. -- edition. -- place : publisher, year, then extent and series.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_DASH: Final = " \N{EN DASH} "


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """What stands on paper about a title; whatever is unknown stays empty.

    ``heading`` is the main entry (``Hirata, Andrea``), ``corporate`` tells an organisation. In
    ``numbers`` stand inventory numbers, in ``cover`` the bytes of a picture.
    """

    title: str
    subtitle: str = ""
    heading: str = ""
    corporate: bool = False
    responsibility: str = ""
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year: str = ""
    extent: str = ""
    series: str = ""
    isbn: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    classification: str = ""
    call_number: str = ""
    abstract: str = ""
    numbers: tuple[str, ...] = ()
    cover: bytes | None = None


def whole_title(entry: TitleEntry) -> str:
    """Return title and subtitle as one text."""
    return " : ".join(part for part in (entry.title, entry.subtitle) if part)


def description(entry: TitleEntry) -> str:
    """Return title, responsibility, edition and publication in one paragraph."""
    said = entry.responsibility or _usual_name(entry)
    title = " / ".join(part for part in (whole_title(entry), said) if part)
    return _areas(title, entry.edition, _publication(entry))


def collation(entry: TitleEntry) -> str:
    """Return extent and series in one paragraph."""
    return _areas(entry.extent, f"({entry.series})" if entry.series else "")


def tracing(entry: TitleEntry, title_word: str) -> str:
    """Return under what else the title is entered: subjects in figures, names in Roman ones."""
    subjects = [f"{number}. {one}." for number, one in enumerate(entry.subjects, 1)]
    others = [*entry.other_names, *([title_word] if entry.heading else [])]
    names = [f"{roman(number)}. {one}." for number, one in enumerate(others, 1)]
    return "  ".join((*subjects, *names))


def roman(number: int) -> str:
    """Return a number from 1 to 99 in Roman figures."""
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return tens[number // 10 % 10] + ones[number % 10]


def _areas(*areas: str) -> str:
    kept = [area.rstrip(" .") for area in areas if area.strip(" .")]
    return f".{_DASH}".join(kept) + "." if kept else ""


def _publication(entry: TitleEntry) -> str:
    where = " : ".join(part for part in (entry.place, entry.publisher) if part)
    return ", ".join(part for part in (where, entry.year) if part)


def _usual_name(entry: TitleEntry) -> str:
    last, comma, first = entry.heading.partition(", ")
    return f"{first} {last}" if comma and not entry.corporate else entry.heading
