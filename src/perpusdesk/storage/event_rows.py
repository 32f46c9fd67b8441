"""Rows of the records that are told by events: loans, holds, transfers, and plain facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from perpusdesk.domain.merge.facts import CARRIED_OUT, Fact, derive_fact
from perpusdesk.domain.merge.holds import HoldRecord, derive_hold
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.loans import LoanState, derive_loan
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.domain.merge.privacy import LINKS
from perpusdesk.domain.merge.transfers import TransferRecord, derive_transfer
from perpusdesk.storage import op_log
from perpusdesk.storage.marks import Digest, mark
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.stamps import Streams

_CHUNK = 500
_CLAIMED = LoanState._fields.index("claimed")


def _loan(ops: list[Op]) -> tuple[Any, ...]:
    s = derive_loan(ops)
    return (*s[:_CLAIMED], int(s.claimed), *s[_CLAIMED + 1 :])


def _hold(ops: list[Op]) -> tuple[Any, ...]:
    s: HoldRecord = derive_hold(ops)
    return (
        s.title,
        s.member,
        s.pickup,
        s.copy,
        s.placed_at,
        s.placed_zone,
        s.state,
        s.pickup_until,
        s.expires,
        s.stamp,
    )


def _money(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    p = s.payload
    return (
        p.get("member"),
        int(p.get("amount") or 0),
        p.get("kind"),
        p.get("loan"),
        p.get("note") or "",
        *_circumstances(s),
    )


def _reading(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    p = s.payload
    return (
        p.get("copy"),
        p.get("title"),
        p.get("member"),
        s.branch.bytes if s.branch else None,
        s.at,
        s.zone,
        int(s.voided),
        s.stamp,
    )


def _transfer(ops: list[Op]) -> tuple[Any, ...]:
    s: TransferRecord = derive_transfer(ops)
    return (
        s.copy,
        s.from_branch,
        s.to_branch,
        s.why,
        s.paper,
        s.sent_at,
        s.sent_zone,
        s.state,
        s.ended_at,
        s.ended_zone,
        s.stamp,
    )


def _stock_scan(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    names = ("stock_count", "copy", "code", "place", "condition")
    return (*(s.payload.get(name) for name in names), *_circumstances(s))


def _visit(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    people = s.payload.get("people")
    profile = ("sex", "age", "occupation", "education", "purpose")
    names = (*profile, "institution", "room", "party", "category")
    told = [s.payload.get(name) for name in names]
    return (s.payload.get("member"), 1 if people is None else people, *told, *_circumstances(s))


def _sighting(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    return (s.payload.get("copy"), *_circumstances(s))


def _erasure(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    done = [op for op in ops if op.kind == CARRIED_OUT]
    named = sorted(member for op in done if (member := op.payload.get("member")))
    member = s.payload.get("member") or next(iter(named), None)
    carried = min((op.at for op in done), default=None)
    return (member, s.payload.get("reason") or "", carried, *_circumstances(s))


def _history_cut(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    return (int(s.payload.get("before") or 0), *_circumstances(s))


def _clock_cap(ops: list[Op]) -> tuple[Any, ...]:
    s: Fact = derive_fact(ops)
    names = ("device", "incarnation", "first", "last", "clock")
    return (*(s.payload.get(name) for name in names), int(s.voided), s.stamp)


def _circumstances(s: Fact) -> tuple[Any, ...]:
    return (
        s.branch.bytes if s.branch else None,
        s.staff.bytes if s.staff else None,
        s.at,
        s.zone,
        int(s.voided),
        s.stamp,
    )


class _Kind(NamedTuple):
    columns: str
    derive: Callable[[list[Op]], tuple[Any, ...]]


def _plain(*names: str) -> _Kind:
    """Return the kind of a fact whose row says just what its payload does."""

    def derive(ops: list[Op]) -> tuple[Any, ...]:
        s: Fact = derive_fact(ops)
        return (*(s.payload.get(name) for name in names), *_circumstances(s))

    return _Kind(", ".join((*names, "branch, staff, at, zone, voided")), derive)


_STAMP = "clock, stream, seq, mark"
KINDS = {
    "loan": _Kind(
        "copy, member, branch, lent_at, lent_zone, due, rule, kit, renewals, claimed,"
        ' "end", ended_at, ended_zone, days_late',
        _loan,
    ),
    "hold": _Kind(
        "title, member, pickup, copy, placed_at, placed_zone, state, pickup_until, expires", _hold
    ),
    "money": _Kind("member, amount, kind, loan, note, branch, staff, at, zone, voided", _money),
    "reading": _Kind("copy, title, member, branch, at, zone, voided", _reading),
    "transfer": _Kind(
        "copy, from_branch, to_branch, why, paper, sent_at, sent_zone, state, ended_at, ended_zone",
        _transfer,
    ),
    "stock_scan": _Kind(
        "stock_count, copy, code, place, condition, branch, staff, at, zone, voided", _stock_scan
    ),
    "visit": _Kind(
        "member, people, sex, age, occupation, education, purpose, institution, room, party,"
        " category, branch, staff, at, zone, voided",
        _visit,
    ),
    "sighting": _Kind("copy, branch, staff, at, zone, voided", _sighting),
    "erasure": _Kind("member, reason, carried, branch, staff, at, zone, voided", _erasure),
    "history_cut": _Kind("before, branch, staff, at, zone, voided", _history_cut),
    "survey_version": _plain("draft", "name", "kind", "number", "definition"),
    "answer": _plain("survey", "version", "answers", "channel", "service"),
    "reference": _plain("kind", "topic", "minutes", "source", "answered", "channel"),
    "wish_vote": _plain("wish", "people", "channel"),
    "service_use": _plain("what", "people", "title", "note"),
    "month_close": _plain("month", "figures"),
    "clock_cap": _Kind("device, incarnation, first_seq, last_seq, cap, voided", _clock_cap),
}


_LATER: Final = {"visit": ("room", "party", "category")}
"""Columns that an older schema lacked: where they are empty, a row has the mark it had then."""


def row_mark(entity_type: str, entity: bytes, values: Sequence[Any], stamp: Stamp) -> int:
    """Return the mark of a row by its values, in the order of its columns."""
    later = _LATER.get(entity_type, ())
    if later:
        names = KINDS[entity_type].columns.split(", ")
        pairs = zip(names, values, strict=True)
        values = [value for name, value in pairs if value is not None or name not in later]
    return mark([entity, *values, stamp])


class EventRows:
    """Writes what the events of an entity come to, as one row."""

    def __init__(self, database: Sql, streams: Streams) -> None:
        self._database = database
        self._streams = streams

    def fold(
        self,
        entity_type: str,
        ops: dict[bytes, list[Op]],
        fresh: Collection[bytes],
        digest: Digest,
    ) -> None:
        """Derive and store the row of each entity; ``ops`` are in the log already.

        ``fresh`` names entities of which the log holds nothing but these ops. What has no row has
        no other op that counts either.
        """
        known = [entity for entity in ops if entity not in fresh]
        marks = self._marks(entity_type, known)
        privacy = self._streams.privacy
        linked = entity_type in LINKS and not privacy.empty
        # what does not count makes no row, but may tell that a loan was over
        logged = op_log.of_entities(self._database, self._streams, known if linked else marks)
        for entity, told in logged.items():
            ops[entity] = [op for op in told if op.entity_type == entity_type and understood(op)]
        if linked:
            ops |= {one: privacy.blank(told) for one, told in ops.items() if one in fresh}
        derived = [self.row(entity_type, entity, told) for entity, told in ops.items()]
        rows = [row for row in derived if row[-1] != marks.get(row[0])]
        for row in rows:
            digest.replace(entity_type, row[0], marks.get(row[0]), row[-1])
        self._store(entity_type, rows)

    def fold_anew(self, entity_type: str, entities: Collection[bytes], digest: Digest) -> None:
        """Make the rows of entities anew from what counts of them in the log, or drop them."""
        counting: dict[bytes, list[Op]] = {}
        logged = op_log.of_entities(self._database, self._streams, entities)
        for entity, ops in logged.items():
            known = [op for op in ops if op.entity_type == entity_type and understood(op)]
            if known:
                counting[entity] = known
        gone = [entity for entity in entities if entity not in counting]
        for entity, old in self._marks(entity_type, gone).items():
            digest.drop(entity_type, entity, old)
        self._database.cursor().executemany(
            f"delete from {entity_type} where id = ?", [(entity,) for entity in gone]
        )
        self.fold(entity_type, counting, (), digest)

    def row(self, entity_type: str, entity: bytes, ops: list[Op]) -> tuple[Any, ...]:
        """Return the row that all understood ops of an entity come to, its mark at the end."""
        *values, stamp = KINDS[entity_type].derive(ops)
        meaning = row_mark(entity_type, entity, values, stamp)
        return (entity, *values, *self._streams.pack(stamp), meaning)

    def stored(self, entity_type: str) -> Iterator[tuple[Any, ...]]:
        """Yield all rows as they are stored, by id."""
        columns = f"id, {KINDS[entity_type].columns}, {_STAMP}"
        last = b""
        while True:
            query = f"select {columns} from {entity_type} where id > ? order by id limit {_CHUNK}"
            part = self._database.execute_sql(query, (last,)).fetchall()
            if not part:
                return
            yield from part
            last = part[-1][0]

    def _marks(self, entity_type: str, ids: Iterable[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for part in in_parts(ids, _CHUNK):
            query = f"select id, mark from {entity_type} where id in ({','.join('?' * len(part))})"
            found.update(self._database.execute_sql(query, part).fetchall())
        return found

    def _store(self, entity_type: str, rows: list[tuple[Any, ...]]) -> None:
        columns = f"{KINDS[entity_type].columns}, {_STAMP}"
        names = [name.strip() for name in columns.split(",")]
        updates = ", ".join(f"{name} = excluded.{name}" for name in names)
        marks = ",".join("?" * (len(names) + 1))
        self._database.cursor().executemany(
            f"insert into {entity_type}(id, {columns}) values ({marks})"
            f" on conflict(id) do update set {updates}",
            rows,
        )
