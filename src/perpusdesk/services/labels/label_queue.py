"""The queue of stickers and cards on this device: what waits, and changing it.

Nothing here is exchanged. Every change answers with what is needed to take it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage import label_queue as queue
from perpusdesk.storage.label_queue import Waiting
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries import labels as query
from perpusdesk.storage.queries.values import as_moment

__all__ = ["LabelKind", "QueueLine", "Waiting"]

_PART = 500


class LabelKind(StrEnum):
    """What is printed: stickers of copies, or cards of members."""

    COPY = queue.COPY
    MEMBER = queue.MEMBER


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One entry as the list shows it.

    ``number`` is the barcode or card number, empty when the record is gone or has none; ``under``
    the call number or category; ``printed`` when this device printed it before.
    """

    position: int
    entity: UUID
    copies: int
    number: str
    name: str
    under: str
    printed: datetime | None


def waiting(desk: Desk, kind: LabelKind) -> list[Waiting]:
    """Return the queue in order."""
    return queue.waiting(desk.library, kind)


def total(entries: Iterable[Waiting]) -> int:
    """Count the labels of some entries."""
    return sum(entry.copies for entry in entries)


def lines(desk: Desk, kind: LabelKind, entries: Sequence[Waiting]) -> dict[int, QueueLine]:
    """Return these entries as the list shows them, by their places in the queue."""
    known = _facts(desk, kind, [entry.entity for entry in entries])
    printed = printed_at(desk, [entry.entity for entry in entries])
    return {
        entry.position: QueueLine(
            entry.position,
            entry.entity,
            entry.copies,
            *known.get(entry.entity, ("", "", "")),
            printed.get(entry.entity),
        )
        for entry in entries
    }


def printed_at(desk: Desk, entities: Sequence[UUID]) -> dict[UUID, datetime]:
    """Return when this device printed those of these that it ever did."""
    return {
        one: as_moment(at, desk.zone)
        for part in in_parts(entities, _PART)
        for one, at in queue.printed(desk.library, part).items()
    }


def add(desk: Desk, kind: LabelKind, entities: Iterable[UUID]) -> list[Waiting]:
    """Add at the end what is not waiting already; return that."""
    return queue.put(desk.library, kind, entities)


def remove(desk: Desk, positions: Iterable[int]) -> list[Waiting]:
    """Take entries out; ``put_back`` brings them back to their places."""
    return queue.take_out(desk.library, positions)


def clear(desk: Desk, kind: LabelKind) -> list[Waiting]:
    """Take all out; return what it was."""
    return remove(desk, [entry.position for entry in waiting(desk, kind)])


def put_back(desk: Desk, entries: Sequence[Waiting]) -> None:
    """Undo ``remove`` and ``clear``."""
    queue.put_back(desk.library, entries)


def set_copies(desk: Desk, position: int, copies: int) -> None:
    """Print an entry so many times (at least once)."""
    queue.set_copies(desk.library, position, copies)


def _facts(
    desk: Desk, kind: LabelKind, entities: Sequence[UUID]
) -> dict[UUID, tuple[str, str, str]]:
    if kind is LabelKind.MEMBER:
        return query.member_facts(desk.library, entities)
    found = query.copy_facts(desk.library, entities)
    return {id_: (one.number, one.title, one.call_number) for id_, one in found.items()}
