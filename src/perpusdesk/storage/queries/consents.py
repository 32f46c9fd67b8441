"""Consents as they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, sure_id


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent on record; ``given_by`` is empty when the member did it in person."""

    id: UUID
    purpose: str
    given: date | None
    form: str
    given_by: str
    relation: str
    withdrawn: date | None


def consents_of(library: Library, member: UUID) -> list[ConsentRow]:
    """Return a member's consents, withdrawn ones too, the latest first."""
    rows = library.rows(
        "select id, purpose, given, form, given_by, relation, withdrawn from consent"
        " where member = ? and deleted = 0 order by given desc, rid desc",
        member.bytes,
    )
    return [
        ConsentRow(
            sure_id(id_), purpose or "", as_day(given), form or "", by or "", of or "", as_day(gone)
        )
        for id_, purpose, given, form, by, of, gone in rows
    ]


def has_consent(library: Library, member: UUID, purpose: str) -> bool:
    """Whether a consent to a purpose is on record and not withdrawn."""
    return bool(
        library.value(
            "select 1 from consent where member = ? and purpose = ? and deleted = 0"
            " and coalesce(given, '') <> '' and coalesce(withdrawn, '') = '' limit 1",
            member.bytes,
            purpose,
        )
    )
