"""Whose card, or which copy, is this code? For screens that only want to know that."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find


@dataclass(frozen=True, slots=True)
class Code:
    """What has this code; both when a card and a copy share the number."""

    text: str
    member: UUID | None = None
    copy: UUID | None = None


def read_code(desk: Desk, text: str) -> Code:
    """Return the one member and the one copy with this card, barcode or inventory number.

    Upper and lower case count as the same. A number that several share is nobody's here.
    """
    code = " ".join(text.split())
    for spelling in dict.fromkeys((code, code.upper())):
        members = find.members_by_card(desk.library, spelling)
        copies = find.copies_by_code(desk.library, spelling)
        if members or copies:
            return Code(code, _one([m.id for m in members]), _one([c.id for c in copies]))
    return Code(code)


def _one(ids: list[UUID]) -> UUID | None:
    return ids[0] if len(ids) == 1 else None
