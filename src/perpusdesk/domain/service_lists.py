"""The lists that messages and questions are sorted by: data with a date, never code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

LISTS: Final = ("category", "service", "question", "tool")
DUE_DAYS: Final = (1, 90)
"""The fewest and the most days that a library may give itself to answer."""
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: ``code`` is kept for ever, ``key`` picks it with one stroke."""

    code: str
    name: str
    english: str = ""
    key: str = ""

    def said(self, language: str) -> str:
        """Return its name in a language."""
        return self.english if language == "en" and self.english else self.name


@dataclass(frozen=True, slots=True)
class ServiceLists:
    """The lists in force from a day on, and within how many days a message is answered.

    ``plain`` are the lists that came with the program, for what a library took off its own.
    """

    valid_from: date
    source: str
    due_days: int
    lists: Mapping[str, tuple[Entry, ...]]
    plain: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Entry, ...]:
        """Return the list of a name (``LISTS``)."""
        return self.lists[name]

    def name_of(self, name: str, code: str, language: str) -> str:
        """Return how a code reads, also one that is not offered any more.

        The code of what a library added is its name, so it reads as it is.
        """
        known = (*self.lists[name], *self.plain.get(name, ()))
        found = next((one for one in known if one.code == code), None)
        return found.said(language) if found else code


def in_force(sets: Iterable[ServiceLists], day: date) -> ServiceLists:
    """Return the lists of a day: the latest that began by then, else the earliest there is."""
    known = sorted(sets, key=lambda one: one.valid_from)
    begun = [one for one in known if one.valid_from <= day]
    return begun[-1] if begun else known[0]


def with_setting(plain: ServiceLists, setting: object) -> ServiceLists:
    """Return the lists with what a library changed for itself; what does not fit is left out.

    The setting is ``{"due_days": 3, "category": [["code", "name"], ...]}``.
    """
    if not isinstance(setting, Mapping):
        return plain
    days = setting.get("due_days")
    fits = type(days) is int and DUE_DAYS[0] <= days <= DUE_DAYS[1]
    lists = {name: _own(plain.lists[name], setting.get(name)) for name in LISTS}
    due = int(str(days)) if fits else plain.due_days
    return replace(plain, due_days=due, lists=lists, plain=plain.lists)


def rows_of(entries: Iterable[Entry], names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the rows of a setting for these names: known ones keep their codes.

    What is empty or there twice is left out.
    """
    codes = {one.name.casefold(): one.code for one in entries}
    tidy = [" ".join(name.split())[:_LONGEST] for name in names]
    kept = dict[str, str]()
    for name in filter(None, tidy):
        kept.setdefault(name.casefold(), name)
    return [(codes.get(key, name), name) for key, name in kept.items()]


def _own(plain: tuple[Entry, ...], rows: object) -> tuple[Entry, ...]:
    if not isinstance(rows, list):
        return plain
    known = {one.code: one for one in plain}
    found = []
    for place, row in enumerate(rows):
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(x, str) for x in row)):
            continue
        code, name = row[0].strip(), " ".join(row[1].split())[:_LONGEST]
        if not code or not name:
            continue
        before = known.get(code)
        english = before.english if before and before.name == name else ""
        found.append(Entry(code, name, english, str(place + 1) if place < 9 else ""))
    return tuple({one.code: one for one in found}.values()) or plain
