"""Filling the queue: whose stickers or cards are wanted.

Each function returns ids in the order in which they are to be printed; nothing is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import uuid7
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.services.searching.search import search
from perpusdesk.services.transfer.import_undo import runs
from perpusdesk.storage import label_queue as queue
from perpusdesk.storage.queries import imports
from perpusdesk.storage.queries import labels as query
from perpusdesk.storage.queries.imports import RunFacts
from perpusdesk.storage.queries.values import bounds_of_day

__all__ = ["RunFacts", "runs"]

_MOST: Final = 1_000_000
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: ids in order, and of how many titles (for a search of titles)."""

    ids: tuple[UUID, ...]
    titles: int = 0
    did_you_mean: str = ""


def unprinted(desk: Desk, kind: LabelKind) -> Found:
    """Return this branch's copies without a printed sticker, or members without a card."""
    if kind is LabelKind.MEMBER:
        return Found(tuple(query.unprinted_members(desk.library)))
    return Found(tuple(query.unprinted_copies(desk.library, desk.branch)))


def count_unprinted(desk: Desk, kind: LabelKind) -> int:
    """Count what ``unprinted`` returns."""
    if kind is LabelKind.MEMBER:
        return query.count_unprinted_members(desk.library)
    return query.count_unprinted_copies(desk.library, desk.branch)


def new_since(desk: Desk, kind: LabelKind, day: date) -> Found:
    """Return the copies entered, or the members registered, from a day on."""
    if kind is LabelKind.MEMBER:
        return Found(tuple(query.members_of(desk.library, registered_from=day.isoformat())))
    first, _after = bounds_of_day(day, desk.zone)
    # A record's id begins with the ms in which it was made.
    return Found(tuple(query.copies_since(desk.library, desk.branch, uuid7(first, bytes(10)))))


def in_range(desk: Desk, first: str, last: str) -> Found | Refused:
    """Return the copies with barcodes from ``first`` to ``last``, or else inventory numbers.

    Figures count as numbers: ``B9`` comes before ``B10``. ``COPY_UNKNOWN`` barcode where neither
    has any.
    """
    low, high = sorted((first.strip(), last.strip() or first.strip()), key=natural)
    beginning = _DIGITS.split(low)[0] if low[:1] == high[:1] else ""
    beginning = beginning if high.startswith(beginning) else ""
    for column in ("barcode", "inventory"):
        found = [
            (natural(number), id_)
            for id_, number in query.copy_numbers(desk.library, column, beginning)
            if natural(low) <= natural(number) <= natural(high)
        ]
        if found:
            return Found(tuple(id_ for _number, id_ in sorted(found)))
    return Refused(Reason.COPY_UNKNOWN, {"barcode": first})


def of_search(desk: Desk, words: str) -> Found:
    """Return the copies of all titles that a search finds."""
    found = search(desk, words, _MOST)
    ids = query.copies_of_titles(desk.library, found.ids)
    return Found(tuple(ids), len(found.ids), found.did_you_mean or "")


def of_title(desk: Desk, title: UUID) -> Found:
    """Return all copies of a title."""
    return Found(tuple(query.copies_of_titles(desk.library, [title])), 1)


def of_import(desk: Desk, kind: LabelKind, run: UUID) -> Found:
    """Return the copies (or members) that an import wrote, in the order of the file."""
    written = imports.written_by(desk.library, run, kind)
    return Found(tuple(reversed(written)))


def of_category(desk: Desk, category: UUID) -> Found:
    """Return the members of a category."""
    return Found(tuple(query.members_of(desk.library, category=category)))


def take_as_printed(desk: Desk, kind: LabelKind) -> dict[UUID, int | None]:
    """Keep that everything without a label has one already (it came with labels).

    Return what ``label_prints.forget`` needs to take it back.
    """
    found = unprinted(desk, kind).ids
    return queue.note_printed(desk.library, found, desk.library.now_ms())


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders figures by their value."""
    parts = (part for part in _DIGITS.split(text.upper()) if part)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)
