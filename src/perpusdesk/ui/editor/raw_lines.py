"""A record as lines of text, and lines of text as a record. No Qt.

A line is the tag, the two indicators and the content, parted by tabs. A blank indicator, and a
blank in the fields of fixed places, is shown as ``#``. Lines as other programs write them
(``=245  10$aTitle``, ``245 10 $a Title``) are read too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.marc.record import BLANK, RawField, is_control
from perpusdesk.services.cataloguing.title_form import raw_text, read_raw_text

LEADER: Final = "LDR"
_FIXED: Final = (LEADER, "006", "007", "008")
_LINE: Final = re.compile(
    r"=?(?P<tag>[0-9A-Za-z]{3})(?:\t(?P<tabbed>[^\t]{0,2})\t|[ ]+(?=\S)|\Z|(?=\t))(?P<rest>.*)",
    re.DOTALL,
)
_MARKED: Final = re.compile(r"(?P<marks>[0-9a-z#_\\ ]{2})\s*(?=\$)(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lines:
    """What the lines say; ``unread`` are the places (from 0) of lines that say nothing clear."""

    leader: str | None
    fields: tuple[RawField, ...]
    unread: tuple[int, ...]
    places: tuple[int, ...]
    """For each field the place of its line."""


def lines_of(leader: str, fields: Sequence[RawField]) -> list[str]:
    """Return the lines of a record, the leader first."""
    return [f"{LEADER}\t\t{_shown(LEADER, leader)}", *(line_of(field) for field in fields)]


def line_of(field: RawField) -> str:
    """Return a field as a line."""
    if field.control:
        return f"{field.tag}\t\t{_shown(field.tag, field.data)}"
    marks = field.indicators.ljust(2)[:2].replace(" ", "#")
    return f"{field.tag}\t{marks}\t{raw_text(field)}"


def read_lines(lines: Sequence[str], before: Sequence[RawField]) -> Lines:
    """Return what the lines say.

    A line that reads as a field of ``before`` is that very field, whatever odd things it holds.
    Empty lines are no fields.
    """
    known: dict[str, list[RawField]] = {}
    for field in before:
        known.setdefault(line_of(field), []).append(field)
    leader: str | None = None
    fields, unread, places = [], [], []
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        if kept := known.get(line):
            read: RawField | str | None = kept.pop(0)
        else:
            read = _read(line)
        if isinstance(read, str):
            leader = read
        elif read is None:
            unread.append(place)
        else:
            fields.append(read)
            places.append(place)
    return Lines(leader, tuple(fields), tuple(unread), tuple(places))


def _read(line: str) -> RawField | str | None:
    """Return the field of a line, the text of a leader, or ``None``."""
    found = _LINE.fullmatch(line.strip(" \n"))
    if found is None:
        return None
    tag, rest, marks = found["tag"].upper(), found["rest"] or "", found["tabbed"]
    if tag == LEADER:
        return _meant(tag, rest.strip("\t")) or None
    if is_control(tag):
        return RawField(tag, data=_meant(tag, rest.strip("\t")))
    if marks is None and (marked := _MARKED.fullmatch(rest.strip("\t"))):
        marks, rest = marked["marks"], marked["rest"]
    rest = rest.strip("\t ")
    if "$" not in rest:
        return None
    field = read_raw_text(tag, rest)
    shown = re.sub(r"[#_\\]", " ", marks or BLANK).ljust(2)[:2]
    return RawField(field.tag, shown, field.subfields, field.data)


def _shown(tag: str, data: str) -> str:
    return data.replace(" ", "#") if tag in _FIXED else data


def _meant(tag: str, text: str) -> str:
    return text.replace("#", " ") if tag in _FIXED else text
