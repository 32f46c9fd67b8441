"""People who are no members: how they can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library

_ROW: Final = "select name, phone, email from outsider where id = ? and deleted = 0"


@dataclass(frozen=True, slots=True)
class OutsiderRow:
    """Somebody's name, telephone and e-mail; each may be empty."""

    id: UUID
    name: str
    phone: str
    email: str


def outsider_row(library: Library, id_: UUID) -> OutsiderRow | None:
    """Return one; ``None`` when there is none, or it was erased."""
    row = library.row(_ROW, id_.bytes)
    return OutsiderRow(id_, *(text or "" for text in row)) if row else None
