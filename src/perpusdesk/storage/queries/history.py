"""What people did, newest first: whole actions, found by the index of actions or of records.

An action's id is a UUIDv7, so the index of actions goes by the time at which they were written;
nothing is sorted, and a page costs the same wherever it begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from perpusdesk.protocol import payload as wire
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.actions import NOTED, UNDONE
from perpusdesk.storage.queries.values import as_id, sure_id

WINDOW: Final = 20_000
"""Ops that one query looks at; between two of them a reader may go away."""
_MOST_WINDOWS: Final = 10
_CHUNK: Final = 300
_MOST_READ: Final = 20
"""Ops of one action that are looked at for a reason; an import has thousands."""
_LONGEST: Final = 4_000
_FIRST: Final = bytes(16)
_AFTER_ALL: Final = b"\xff" * 17
OVERRIDDEN: Final = "overridden"
_OVERRIDDEN: Final = wire.encode(OVERRIDDEN)
_ROWS: Final = (
    "select o.action, o.verb, o.staff, o.branch, o.at, o.zone, o.type, o.entity, o.payload, o.ops,"
    " s.device, exists (select 1 from clock_cap k where k.device = s.device"
    "  and k.incarnation = s.incarnation and o.seq between k.first_seq and k.last_seq"
    "  and k.cap < o.clock and k.voided = 0), o.place from"
    " (select action, verb, staff, branch, at, zone, type, entity, payload, stream, seq, clock,"
    "  row_number() over (partition by action order by clock, seq) place,"
    "  count(*) over (partition by action) ops from op where action in ({marks})) o"
    " join stream s on s.number = o.stream where o.place <= {most} order by o.action, o.place"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions: all conditions hold at once.

    ``since_ms`` and ``until_ms`` (Unix ms, the latter excluded) are of when it was written.
    ``records``: that wrote an op about one of them. ``overrides``: only where a rule said no and
    somebody decided otherwise. ``said``: besides those of ``records`` also where the reason of
    such a decision has these words, and was written about one of ``within`` (``None``: whatever).
    """

    staff: UUID | None = None
    branch: UUID | None = None
    device: bytes | None = None
    verbs: frozenset[str] = frozenset()
    since_ms: int | None = None
    until_ms: int | None = None
    overrides: bool = False
    records: frozenset[bytes] | None = None
    said: str = ""
    within: frozenset[bytes] | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as its first op tells it; ``ops`` is how many ops it wrote.

    ``at`` is the desk's time (Unix ms, back-dated for paper slips), ``written_ms`` when it was
    written by the device's clock. ``in_doubt``: the library set that clock right afterwards.
    """

    action: UUID
    verb: str
    at: int
    zone: int
    written_ms: int
    staff: UUID | None
    branch: UUID | None
    device: bytes
    in_doubt: bool
    undone: bool
    overridden: tuple[str, ...]
    why: str
    entity_type: str
    entity: UUID
    ops: int


@dataclass(frozen=True, slots=True)
class Page:
    """Ids of actions, newest first; ``next`` goes on after them, ``None``: that was all.

    There may be a next page though this one is empty: then a part of the log was looked through.
    ``reached_ms`` is up to when.
    """

    actions: tuple[UUID, ...]
    next: bytes | None
    reached_ms: int


def page(library: Library, wanted: Wanted, after: bytes | None = None, limit: int = 50) -> Page:
    """Return the next actions after one (``Page.next``), at most ``limit``.

    Looks at 200,000 ops at most, so that what is rare comes in several pages.
    """
    upper = after or _upper(wanted)
    lower = _id_from(wanted.since_ms) if wanted.since_ms is not None else _FIRST
    if wanted.records is not None and not wanted.said:
        return _of_records(library, wanted, (lower, upper), limit)
    found: list[bytes] = []
    for _ in range(_MOST_WINDOWS):
        start = _window(library, upper, lower)
        some = _actions(library, wanted, start or lower, upper, limit - len(found))
        found += some
        if len(found) >= limit:
            return _page(found, found[-1])
        if start is None:
            return _page(found, None)
        upper = start
    return _page(found, upper)


def _window(library: Library, upper: bytes, lower: bytes) -> bytes | None:
    """Return where a part of the index below ``upper`` begins; ``None``: it is the last one."""
    query = (
        "select action from op where action < ? and action >= ?"
        f" order by action desc limit 1 offset {WINDOW}"
    )
    row = library.row(query, upper, lower)
    return bytes(row[0]) if row else None


def _actions(
    library: Library, wanted: Wanted, start: bytes, upper: bytes, limit: int
) -> list[bytes]:
    if wanted.said:
        both = _about(library, wanted, (start, upper)) | _saying(library, wanted, (start, upper))
        return sorted(both, reverse=True)[:limit]
    condition, values = _condition(library, wanted)
    query = (
        f"select action from op where action >= ? and action < ? {condition}"
        " group by action order by action desc"
    )
    if not wanted.overrides:
        rows = library.rows(f"{query} limit ?", start, upper, *values, limit)
        return [bytes(row[0]) for row in rows]
    found = (bytes(row[0]) for row in library.rows(query, start, upper, *values))
    return _overriding(library, found, limit)


def _overriding(library: Library, actions: Iterable[bytes], limit: int) -> list[bytes]:
    """Return the first of these actions in which somebody decided against a rule."""
    found: list[bytes] = []
    for part in in_parts(actions, _CHUNK):
        marks = ",".join("?" * len(part))
        rows = library.rows(f"select action, payload from op where action in ({marks})", *part)
        there = {bytes(action) for action, payload in rows if _OVERRIDDEN in bytes(payload)}
        found += [one for one in part if one in there]
        if len(found) >= limit:
            break
    return found[:limit]


def _condition(library: Library, wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[str] = [" and verb <> ?"]
    values: list[Any] = [NOTED]
    for column, id_ in (("staff", wanted.staff), ("branch", wanted.branch)):
        if id_ is not None:
            parts.append(f" and {column} = ?")
            values.append(id_.bytes)
    if wanted.verbs:
        parts.append(f" and verb in ({','.join('?' * len(wanted.verbs))})")
        values += sorted(wanted.verbs)
    if wanted.overrides and library.database.has_search:  # SQLite finds it without handing it out
        parts.append(" and instr(payload, ?) > 0")
        values.append(_OVERRIDDEN)
    if wanted.device is not None:
        parts.append(" and stream in (select number from stream where device = ?)")
        values.append(wanted.device)
    return "".join(parts), values


def _saying(library: Library, wanted: Wanted, between: tuple[bytes, bytes]) -> set[bytes]:
    """Return the actions in which somebody decided against a rule for a reason with the words."""
    condition, values = _condition(library, replace(wanted, overrides=True))
    query = f"select action, entity, payload from op where action >= ? and action < ? {condition}"
    words, within, found = wanted.said.casefold(), wanted.within, set[bytes]()
    for action, entity, payload in library.rows(query, *between, *values):
        if _OVERRIDDEN in bytes(payload) and (within is None or bytes(entity) in within):
            overridden, why = _reasons([payload])
            if overridden and words in why.casefold():
                found.add(bytes(action))
    return found


def _of_records(library: Library, wanted: Wanted, between: tuple[bytes, bytes], limit: int) -> Page:
    """Return the next actions about some records: all are looked up, by the index of records."""
    found: list[bytes] = sorted(_about(library, wanted, between), reverse=True)
    more = len(found) > limit
    return _page(found[:limit], found[limit - 1] if more else None)


def _about(library: Library, wanted: Wanted, between: tuple[bytes, bytes]) -> set[bytes]:
    condition, values = _condition(library, wanted)
    actions: set[bytes] = set()
    for part in in_parts(sorted(wanted.records or ()), _CHUNK):
        query = (
            f"select action from op where entity in ({','.join('?' * len(part))})"
            f" and action >= ? and action < ? {condition}"
        )
        rows = library.rows(query, *part, *between, *values)
        actions.update(bytes(row[0]) for row in rows)
    if wanted.overrides:
        return set(_overriding(library, actions, len(actions)))
    return actions


def _page(actions: list[bytes], after: bytes | None) -> Page:
    reached = _ms_of(after) if after else 0
    return Page(tuple(map(sure_id, actions)), after, reached)


def rows_of(library: Library, actions: Iterable[bytes]) -> list[ActionRow]:
    """Return these actions, in this order."""
    wanted = list(actions)
    found: dict[bytes, list[tuple[Any, ...]]] = {}
    undone: set[bytes] = set()
    for part in in_parts(wanted, _CHUNK):
        marks = ",".join("?" * len(part))
        for row in library.rows(_ROWS.format(marks=marks, most=_MOST_READ), *part):
            found.setdefault(bytes(row[0]), []).append(row)
        query = f"select entity from op where entity in ({marks}) and kind = ?"
        undone |= {bytes(row[0]) for row in library.rows(query, *part, UNDONE)}
    return [_row(found[one], undone=one in undone) for one in wanted if one in found]


def _row(ops: list[tuple[Any, ...]], *, undone: bool) -> ActionRow:
    (action, verb, staff, branch, at, zone, type_, entity, _, count, device, doubt, *_) = ops[0]
    overridden, why = _reasons(op[8] for op in ops)
    return ActionRow(
        action=sure_id(action),
        verb=verb,
        at=at,
        zone=zone,
        written_ms=_ms_of(bytes(action)),
        staff=as_id(staff),
        branch=as_id(branch),
        device=bytes(device),
        in_doubt=bool(doubt),
        undone=undone,
        overridden=overridden,
        why=why,
        entity_type=type_,
        entity=sure_id(entity),
        ops=int(count),
    )


def _reasons(payloads: Iterable[bytes]) -> tuple[tuple[str, ...], str]:
    """Return which refusals were overridden by ops, and the first reason that was given."""
    of: dict[str, None] = {}
    why = ""
    for data in payloads:
        if len(data) > _LONGEST:
            continue
        payload = wire.decode(bytes(data))
        of.update(dict.fromkeys(str(one) for one in payload.get(OVERRIDDEN) or ()))
        why = why or str(payload.get("why") or payload.get("reason") or "")
    return tuple(of), why


def _ms_of(action: bytes) -> int:
    return int.from_bytes(action[:6], "big")


def _id_from(ms: int) -> bytes:
    """Return what the ids of actions from a time on are not below."""
    return max(0, min(ms, 2**48 - 1)).to_bytes(6, "big") + bytes(10)


def _upper(wanted: Wanted) -> bytes:
    return _AFTER_ALL if wanted.until_ms is None else _id_from(wanted.until_ms)


# -- what is about one record ---------------------------------------------------------------------


def about(library: Library, record: str, id_: UUID) -> frozenset[bytes]:
    """Return a member, title or copy and every record that belongs to it, by id."""
    found = {id_.bytes}
    for table, condition in _BELONGING.get(record, ()):
        rows = library.rows(f'select id from "{table}" where {condition}', id_.bytes)
        found.update(bytes(row[0]) for row in rows)
    return frozenset(found)


_COPIES: Final = "copy in (select id from copy where title = ?)"
_BELONGING: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "member": tuple(
        (table, "member = ?")
        for table in (
            *("loan", "hold", "money", "reading", "visit", "block", "photo", "kit"),
            *("identity", "consent", "data_request", "erasure"),
        )
    ),
    "title": (
        ("copy", "title = ?"),
        ("loan", _COPIES),
        ("sighting", _COPIES),
        ("transfer", _COPIES),
        *((table, "title = ?") for table in ("hold", "attachment", "cover", "issue")),
    ),
    "copy": tuple((table, "copy = ?") for table in ("loan", "hold", "sighting", "transfer")),
}
