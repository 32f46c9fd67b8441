"""What an import has to know of the library: what is there, and what a run wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, sure_id

RUN: Final = "import_run"
BEGUN, BATCH, ENDED, UNDONE = "import.begun", "import.batch", "import.ended", "import.undone"
_PART: Final = 1000
_COUNTS: Final = {
    "titles": "select count(*) from title where deleted = 0",
    "copies": "select count(*) from copy where deleted = 0",
    "members": "select count(*) from member where deleted = 0",
    "loans": 'select count(*) from loan where "end" <> 3',
    "holds": "select count(*) from hold where state in ('waiting', 'ready', 'filled')",
    "money": "select count(*) from money where voided = 0",
    "visits": "select count(*) from visit where voided = 0",
    "covers": "select count(*) from cover where deleted = 0 and image is not null",
    "photos": "select count(*) from photo where deleted = 0 and image is not null",
}


@dataclass(frozen=True, slots=True)
class KnownTitle:
    """What titles are told apart by."""

    id: UUID
    title: str
    subtitle: str
    author: str
    year: str
    edition: str
    isbn: str
    marc: bytes


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run as its marks tell it: times are Unix ms, ``ended`` and ``undone`` may be ``None``.

    ``staff`` is who began it.
    """

    run: UUID
    format: str
    files: str
    begun: int
    zone: int
    ended: int | None
    undone: int | None
    staff: UUID | None = None


def counts(library: Library) -> dict[str, int]:
    """Count what is in the library now."""
    return {name: int(library.value(query)) for name, query in _COUNTS.items()}


def known_titles(library: Library) -> Iterator[KnownTitle]:
    """Yield every title; memory stays bounded."""
    last = 0
    while True:
        rows = library.rows(
            "select rid, id, title, subtitle, author, year, edition, isbn,"
            " coalesce(substr(marc, 1, 4000), x'') from title"
            " where rid > ? and deleted = 0 order by rid limit ?",
            last,
            _PART,
        )
        if not rows:
            return
        for rid, id_, *texts, marc in rows:
            last = rid
            title, subtitle, author, year, edition, isbn = (text or "" for text in texts)
            yield KnownTitle(
                sure_id(id_), title, subtitle, author, year, edition, isbn, bytes(marc)
            )


def known_members(library: Library) -> Iterator[tuple[UUID, str, str]]:
    """Yield id, name and birth date of every member."""
    rows = library.rows("select id, name, birth_date from member where deleted = 0")
    return ((sure_id(id_), name or "", born or "") for id_, name, born in rows)


def copy_with(library: Library, barcode: str, inventory: str) -> tuple[UUID, UUID | None] | None:
    """Return the copy with this barcode (without one: this inventory number) and its title."""
    column, value = ("barcode", barcode) if barcode else ("inventory", inventory)
    row = library.row(
        f"select id, title from copy where {column} = ? and deleted = 0 limit 1", value
    )
    return (sure_id(row[0]), as_id(row[1])) if row else None


def member_with(library: Library, card: str) -> UUID | None:
    """Return the member with this card number."""
    return as_id(library.value("select id from member where card = ? and deleted = 0", card))


def copies_of(library: Library, title: UUID) -> int:
    """Count the copies of a title."""
    return int(
        library.value("select count(*) from copy where title = ? and deleted = 0", title.bytes)
    )


def loan_known(library: Library, copy: UUID, member: UUID, at: int) -> bool:
    """Whether this loan is in the library already."""
    query = 'select 1 from loan where copy = ? and lent_at = ? and member = ? and "end" <> 3'
    return bool(library.value(query, copy.bytes, at, member.bytes))


def on_loan(library: Library, copy: UUID) -> bool:
    """Whether a copy is on loan."""
    return bool(library.value('select 1 from loan where copy = ? and "end" = 0', copy.bytes))


def waits_for(library: Library, member: UUID, title: UUID) -> bool:
    """Whether a member has an open hold on a title."""
    query = "select 1 from hold where member = ? and title = ? and state in ('waiting', 'ready')"
    return bool(library.value(query, member.bytes, title.bytes))


def has_image(library: Library, entity_type: str, id_: UUID) -> bool:
    """Whether a cover or a photo is there."""
    query = f'select image is not null from "{entity_type}" where id = ? and deleted = 0'
    return bool(library.value(query, id_.bytes))


def is_there(library: Library, entity_type: str, id_: UUID) -> bool:
    """Whether a record is there and not taken back."""
    query = f'select 1 from "{entity_type}" where id = ? and deleted = 0'
    return bool(library.value(query, id_.bytes))


def field_values(library: Library, entity_type: str, id_: UUID) -> dict[str, Any] | None:
    """Return the fields of a record, or ``None`` when there is no such record."""
    names = FIELD_RECORDS[entity_type]
    columns = ", ".join(f'"{name}"' for name in names)
    row = library.row(f'select {columns} from "{entity_type}" where id = ?', id_.bytes)
    return dict(zip(names, row, strict=True)) if row else None


def run_facts(library: Library, run: UUID) -> RunFacts | None:
    """Return what is known of a run, or ``None``."""
    marks = {op.kind: op for op in library.ops_of(run) if op.kind != BATCH}
    begun = marks.get(BEGUN)
    if begun is None:
        return None
    ended, undone = marks.get(ENDED), marks.get(UNDONE)
    return RunFacts(
        run=run,
        format=str(begun.payload.get("format", "")),
        files=str(begun.payload.get("files", "")),
        begun=begun.at,
        zone=begun.zone,
        ended=ended.at if ended else None,
        undone=undone.at if undone else None,
        staff=begun.staff,
    )


def actions_of(library: Library, run: UUID) -> set[bytes]:
    """Return the ids of all actions of a run."""
    rows = library.rows("select distinct action from op where entity = ?", run.bytes)
    return {bytes(row[0]) for row in rows}


def counts_of_run(library: Library, run: UUID) -> dict[str, int]:
    """Count the records of each type that a run wrote so far."""
    rows = library.rows(
        "select o.type, count(distinct o.entity) from op m join op o on o.action = m.action"
        " where m.entity = ? and m.kind = ? and o.type <> ? group by o.type",
        run.bytes,
        BATCH,
        RUN,
    )
    return {entity_type: int(count) for entity_type, count in rows}


def written_by(library: Library, run: UUID, entity_type: str) -> list[UUID]:
    """Return the records of one type that a run wrote, the latest first."""
    rows = library.rows(
        "select o.entity from op m join op o on o.action = m.action"
        " where m.entity = ? and m.kind = ? and o.type = ? group by o.entity"
        " order by max(o.clock) desc, max(o.seq) desc",
        run.bytes,
        BATCH,
        entity_type,
    )
    return [sure_id(row[0]) for row in rows]
