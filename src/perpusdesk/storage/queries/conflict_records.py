"""Where records may contradict each other: one number twice, made twice, edited twice, gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import as_id, sure_id

MOST: Final = 5_000
_CHUNK: Final = 500
_NUMBERS: Final = {"copy": ("barcode", "inventory"), "member": ("card",)}


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A record with its number; ``stamp`` is the op that gave it the number."""

    id: UUID
    number: str
    stamp: Stamp


def same_numbers(library: Library, entity_type: str, field: str) -> Iterator[list[NumberRow]]:
    """Yield the living records of each number that devices gave to several, without knowing.

    Numbers that one device gave twice were meant so (it asked), and withdrawn copies do not count.
    """
    assert field in _NUMBERS[entity_type]
    rows = library.rows(
        f'select "{field}" from "{entity_type}" where "{field}" <> \'\''
        f' group by "{field}" having count(*) > 1 order by "{field}" limit ?',
        MOST,
    )
    living = "r.deleted = 0"
    if entity_type == "copy":
        living += " and coalesce(r.\"condition\", 'good') <> 'withdrawn'"
    for part in in_parts((row[0] for row in rows), _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            f'select r."{field}", r.id, r.clock, s.device, s.incarnation, r.seq, r.clocks'
            f' from "{entity_type}" r join stream s on s.number = r.stream'
            f' where r."{field}" in ({marks}) and {living} order by r."{field}", r.id'
        )
        groups: dict[str, list[tuple[Any, ...]]] = {}
        for row in library.rows(query, *part):
            groups.setdefault(row[0], []).append(row)
        for group in groups.values():
            told = [_numbered(library, entity_type, field, row) for row in group]
            if len({row.stamp.device for row in told}) > 1:
                yield told


def _numbered(library: Library, entity_type: str, field: str, row: tuple[Any, ...]) -> NumberRow:
    number, id_, clock, device, incarnation, seq, clocks = row
    stamp = _stamp(clock, device, incarnation, seq)
    record = sure_id(id_)
    if clocks is not None:
        stamp = library.clocks_of(entity_type, record).get(field, stamp)
    return NumberRow(record, number, stamp)


def candidates(library: Library) -> list[tuple[str, UUID]]:
    """Return the records whose ops may contradict each other, as the fold noted them."""
    rows = library.rows(
        "select type, entity from contradiction order by type, entity limit ?", MOST
    )
    return [(entity_type, sure_id(entity)) for entity_type, entity in rows]


def titles_of_same_isbn(library: Library) -> list[list[UUID]]:
    """Return living titles with the same ISBN that were made on different devices."""
    rows = library.rows(
        "select isbn from title where isbn <> '' group by isbn having count(*) > 1"
        " order by isbn limit ?",
        MOST,
    )
    found = []
    for part in in_parts((row[0] for row in rows), _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            "select t.isbn, t.id, s.device from title t join stream s on s.number = t.stream"
            f" where t.isbn in ({marks}) and t.isbn <> '' and t.deleted = 0 order by t.isbn, t.id"
        )
        found += _of_several_devices(library.rows(query, *part))
    return found


def members_alike(library: Library) -> list[list[UUID]]:
    """Return living members of one name with one birthday or phone, made on different devices."""
    found: list[list[UUID]] = []
    for field in ("birth_date", "phone_key"):
        rows = library.rows(
            f"select lower(name), {field} from member where {field} <> '' and name <> ''"
            f" and deleted = 0 group by lower(name), {field} having count(*) > 1"
            f" order by lower(name), {field} limit ?",
            MOST,
        )
        for part in in_parts(dict.fromkeys(row[1] for row in rows), _CHUNK):
            marks = ",".join("?" * len(part))
            query = (
                f"select lower(m.name), m.{field}, m.id, s.device from member m"
                f" join stream s on s.number = m.stream where m.{field} in ({marks})"
                f" and m.{field} <> '' and m.deleted = 0 order by m.id"
            )
            named = [((n, f), id_, device) for n, f, id_, device in library.rows(query, *part)]
            found += _of_several_devices(named)
    return found


def _of_several_devices(rows: Sequence[tuple[Any, Any, Any]]) -> list[list[UUID]]:
    groups: dict[Any, list[tuple[UUID, bytes]]] = {}
    for key, id_, device in rows:
        groups.setdefault(key, []).append((sure_id(id_), bytes(device)))
    return [
        [id_ for id_, _ in group]
        for group in groups.values()
        if len(group) > 1 and len({device for _, device in group}) > 1
    ]


def gone_titles_in_use(library: Library) -> list[tuple[UUID, int, int]]:
    """Return removed titles (merged ones not) that copies or open holds name, with how many."""
    rows = library.rows(
        "select t.id, (select count(*) from copy c where c.title = t.id and c.deleted = 0"
        "  and coalesce(c.\"condition\", 'good') <> 'withdrawn'),"
        " (select count(*) from hold h where h.title = t.id and h.state in ('waiting', 'ready'))"
        " from title t where t.deleted = 1 and t.merged_into is null order by t.id"
    )
    used = [(sure_id(id_), copies, holds) for id_, copies, holds in rows if copies or holds]
    return used[:MOST]


def gone_members_in_use(library: Library) -> list[UUID]:
    """Return deleted members who still have a hold, a loan or owe something."""
    rows = library.rows(
        "select m.id from member m where m.deleted = 1 and ("
        ' exists (select 1 from loan l where l.member = m.id and l."end" = 0)'
        " or exists (select 1 from hold h where h.member = m.id"
        "  and h.state in ('waiting', 'ready'))"
        " or (select coalesce(sum(y.amount), 0) from money y where y.member = m.id"
        "  and y.voided = 0) <> 0) order by m.id limit ?",
        MOST,
    )
    return [sure_id(row[0]) for row in rows]


def decided(library: Library, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return (answer, note) of each of these conflicts that somebody settled."""
    found: dict[str, tuple[str, str]] = {}
    for part in in_parts(keys, _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            "select conflict, answer, note from decision"
            f" where conflict in ({marks}) and deleted = 0 and answer <> ''"
        )
        for key, answer, note in library.rows(query, *part):
            found[key] = (answer, note or "")
    return found


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it stands: ``conflict`` is ``kind/id``."""

    id: UUID
    conflict: str
    answer: str
    note: str
    settled: str
    stamp: Stamp


_DECISION: Final = (
    "select d.id, d.conflict, d.answer, d.note, d.settled, d.clock, s.device, s.incarnation, d.seq"
    " from decision d join stream s on s.number = d.stream where d.deleted = 0 and d.answer <> ''"
)


def last_decisions(library: Library, limit: int) -> list[DecisionRow]:
    """Return the latest decisions, the last first."""
    rows = library.rows(f"{_DECISION} order by d.clock desc, d.id limit ?", limit)
    return [_decision(row) for row in rows]


def decision_by_id(library: Library, id_: UUID) -> DecisionRow | None:
    """Return one decision that stands, or ``None``."""
    row = library.row(f"{_DECISION} and d.id = ?", id_.bytes)
    return _decision(row) if row else None


def revoked_devices(library: Library) -> list[tuple[UUID, Any]]:
    """Return the devices that are revoked, with what was accepted of them."""
    rows = library.rows(
        "select id, revoked from device where revoked is not null and deleted = 0 order by id"
    )
    return [(sure_id(id_), revoked) for id_, revoked in rows]


def device_names(library: Library) -> dict[bytes, tuple[str, UUID | None]]:
    """Return name and branch of each device, by its id."""
    rows = library.rows("select id, name, branch from device")
    return {bytes(id_): (name or "", as_id(branch)) for id_, name, branch in rows}


def _decision(row: tuple[Any, ...]) -> DecisionRow:
    id_, conflict, answer, note, settled, clock, device, incarnation, seq = row
    stamp = _stamp(clock, device, incarnation, seq)
    return DecisionRow(sure_id(id_), conflict, answer, note or "", settled or "", stamp)


def _stamp(clock: int, device: Any, incarnation: Any, seq: int) -> Stamp:
    return Stamp(clock, bytes(device), int.from_bytes(bytes(incarnation), "big"), seq)
