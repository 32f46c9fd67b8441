"""Where records may contradict each other: one number twice, made twice, edited twice, gone."""

from __future__ import annotations

from collections import Counter
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


def same_numbers(
    library: Library, entity_type: str, field: str
) -> Iterator[tuple[str, list[UUID]]]:
    """Yield each number with the living records that have it, where several devices wrote those.

    Numbers that one device gave twice were meant so (it asked), and withdrawn copies do not count.
    """
    assert field in _NUMBERS[entity_type]
    rows = library.rows(
        f'select "{field}" from "{entity_type}" where "{field}" <> \'\''
        f' group by "{field}" having count(*) > 1 order by "{field}" limit ?',
        MOST,
    )
    living = "deleted = 0"
    if entity_type == "copy":
        living += " and coalesce(\"condition\", 'good') <> 'withdrawn'"
    for part in in_parts((row[0] for row in rows), _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            f'select "{field}", id from "{entity_type}" where "{field}" in ({marks}) and {living}'
            f' order by "{field}", id'
        )
        yield from _groups(library, library.rows(query, *part))


def _groups(library: Library, rows: Sequence[tuple[Any, Any]]) -> Iterator[tuple[Any, list[UUID]]]:
    """Yield key and records of each key that several have, if several devices wrote those."""
    groups: dict[Any, list[UUID]] = {}
    for key, id_ in rows:
        groups.setdefault(key, []).append(sure_id(id_))
    several = {key: ids for key, ids in groups.items() if len(ids) > 1}
    writers = _writers(library, [id_ for ids in several.values() for id_ in ids])
    for key, ids in several.items():
        if len(set().union(*(writers.get(id_, ()) for id_ in ids))) > 1:
            yield key, ids


def _writers(library: Library, ids: Sequence[UUID]) -> dict[UUID, set[bytes]]:
    """Return the devices that wrote something of each of these records."""
    found: dict[UUID, set[bytes]] = {}
    for part in in_parts(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            "select distinct o.entity, s.device from op o join stream s on s.number = o.stream"
            f" where o.entity in ({marks})"
        )
        for id_, device in library.rows(query, *(one.bytes for one in part)):
            found.setdefault(sure_id(id_), set()).add(bytes(device))
    return found


def candidates(library: Library) -> list[tuple[str, UUID]]:
    """Return the records whose ops may contradict each other, as the fold noted them."""
    rows = library.rows(
        "select type, entity from contradiction order by type, entity limit ?", MOST
    )
    return [(entity_type, sure_id(entity)) for entity_type, entity in rows]


def titles_of_same_isbn(library: Library) -> list[list[UUID]]:
    """Return living titles with the same ISBN that different devices may have made."""
    rows = library.rows(
        "select isbn from title where isbn <> '' group by isbn having count(*) > 1"
        " order by isbn limit ?",
        MOST,
    )
    found = []
    for part in in_parts((row[0] for row in rows), _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            f"select isbn, id from title where isbn in ({marks}) and isbn <> '' and deleted = 0"
            " order by isbn, id"
        )
        found += [ids for _, ids in _groups(library, library.rows(query, *part))]
    return found


def members_alike(library: Library) -> list[list[UUID]]:
    """Return living members of one name with one birthday or phone, of perhaps several devices.

    Large and small letters do not count; they are compared here, because databases do not agree.
    """
    rows = library.rows(
        "select name, birth_date, phone_key, id from member where deleted = 0 and name <> ''"
        " and (birth_date <> '' or phone_key <> '') order by id"
    )
    found: list[list[UUID]] = []
    for place in (1, 2):
        named = [((row[0].casefold(), row[place]), row[3]) for row in rows if row[place]]
        twice = {key for key, times in Counter(key for key, _ in named).items() if times > 1}
        alike = [pair for pair in named if pair[0] in twice]
        found += [ids for _, ids in _groups(library, alike[:MOST])]
    return found


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
