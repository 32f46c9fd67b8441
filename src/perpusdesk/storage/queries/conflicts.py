"""Where loans, holds and sendings may contradict each other: candidates by plain SQL.

Each query starts from what is open now, by an index, so that a long history costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.conflicts.conflict import Side
from perpusdesk.domain.conflicts.loans import LoanFact
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id

MOST: Final = 5_000
"""More than so many of one kind are not looked for; which ones is the same on every device."""

_CHUNK: Final = 500
_LOAN: Final = (
    "select l.id, l.copy, l.member, l.rule, l.lent_at, l.lent_zone, l.due, l.ended_at,"
    ' l."end", l.clock, s.device, s.incarnation, l.seq from loan l'
    " join stream s on s.number = l.stream"
)


def loans_of_copies_lent_twice(library: Library) -> dict[UUID, list[LoanFact]]:
    """Return the loans of each copy with an open one that another one overlaps, by copy.

    The others are open too, or ended after the open one was made.
    """
    rows = library.rows(
        'select copy from loan where "end" = 0 and copy is not null'
        " group by copy having count(*) > 1 union"
        " select a.copy from loan a join loan b on b.copy = a.copy and b.ended_at > a.lent_at"
        '  and b."end" in (1, 2) and b.id <> a.id'
        ' where a."end" = 0 and a.copy is not null order by 1 limit ?',
        MOST,
    )
    found: dict[UUID, list[LoanFact]] = {}
    for part in in_parts((row[0] for row in rows), _CHUNK):
        marks = ",".join("?" * len(part))
        for row in library.rows(f'{_LOAN} where l.copy in ({marks}) and l."end" <> 3', *part):
            loan = _loan(row)
            if loan.copy is not None:
                found.setdefault(loan.copy, []).append(loan)
    return found


def open_loans_of_members(library: Library, more_than: int) -> dict[UUID, list[LoanFact]]:
    """Return the open loans, besides those of kits, of members who have more than so many."""
    rows = library.rows(
        'select member from loan where "end" = 0 and member is not null and kit is null'
        " group by member having count(*) > ? order by member limit ?",
        more_than,
        MOST,
    )
    found: dict[UUID, list[LoanFact]] = {}
    for part in in_parts((row[0] for row in rows), _CHUNK):
        marks = ",".join("?" * len(part))
        query = f'{_LOAN} where l.member in ({marks}) and l."end" = 0 and l.kit is null'
        for row in library.rows(query, *part):
            loan = _loan(row)
            if loan.member is not None:
                found.setdefault(loan.member, []).append(loan)
    return found


def loans_beside_blocks(library: Library) -> list[tuple[LoanFact, Side]]:
    """Return open loans to members with a block that another device had made before, with it."""
    rows = library.rows(
        "select l.id, l.copy, l.member, l.rule, l.lent_at, l.lent_zone, l.due, l.ended_at,"
        ' l."end", l.clock, s.device, s.incarnation, l.seq,'
        " b.id, b.clock, t.device, t.incarnation, b.seq, b.since, b.until, b.reason, b.kind"
        ' from block b join loan l on l.member = b.member and l."end" = 0'
        " join stream s on s.number = l.stream join stream t on t.number = b.stream"
        " where b.deleted = 0 and coalesce(b.lifted, 0) = 0 and t.device <> s.device"
        " and b.clock < l.clock order by l.id, b.id limit ?",
        MOST,
    )
    found = []
    for row in rows:
        id_, clock, device, incarnation, seq, since, until, reason, kind = row[13:]
        stamp = _stamp(clock, device, incarnation, seq)
        facts = {"since": since, "until": until, "reason": reason or "", "kind": kind or ""}
        found.append((_loan(row), Side(stamp, "block", sure_id(id_), clock >> 16, facts)))
    return found


def loans_of_kept_copies(library: Library) -> list[tuple[LoanFact, UUID, UUID | None]]:
    """Return open loans of copies that are kept for somebody else, with that hold and member."""
    rows = library.rows(
        "select l.id, l.copy, l.member, l.rule, l.lent_at, l.lent_zone, l.due, l.ended_at,"
        ' l."end", l.clock, s.device, s.incarnation, l.seq, h.id, h.member from hold h'
        ' join loan l on l.copy = h.copy and l."end" = 0 join stream s on s.number = l.stream'
        " where h.state = 'ready' and h.copy is not null and h.member <> l.member"
        " order by l.id limit ?",
        MOST,
    )
    return [(_loan(row), sure_id(row[13]), as_id(row[14])) for row in rows]


def loans_of_sent_copies(library: Library) -> list[tuple[LoanFact, Side]]:
    """Return open loans of copies that are on their way to a branch, with the sending."""
    rows = library.rows(
        "select l.id, l.copy, l.member, l.rule, l.lent_at, l.lent_zone, l.due, l.ended_at,"
        ' l."end", l.clock, s.device, s.incarnation, l.seq,'
        " x.id, x.clock, t.device, t.incarnation, x.seq, x.sent_at, x.to_branch from transfer x"
        ' join loan l on l.copy = x.copy and l."end" = 0'
        " join stream s on s.number = l.stream join stream t on t.number = x.stream"
        " where x.state = 'on_the_way' order by l.id limit ?",
        MOST,
    )
    found = []
    for row in rows:
        id_, clock, device, incarnation, seq, at, to = row[13:]
        stamp = _stamp(clock, device, incarnation, seq)
        found.append((_loan(row), Side(stamp, "transfer", sure_id(id_), at, {"to": as_id(to)})))
    return found


def loans_handed_back(library: Library) -> list[tuple[LoanFact, list[Side]]]:
    """Return open loans of copies that another device took in since, with when it did so."""
    rows = library.rows(
        "select l.id, l.copy, l.member, l.rule, l.lent_at, l.lent_zone, l.due, l.ended_at,"
        ' l."end", l.clock, s.device, s.incarnation, l.seq,'
        " x.id, x.clock, t.device, t.incarnation, x.seq, x.at, x.zone, x.branch from loan l"
        " cross join sighting x join stream s on s.number = l.stream"
        " join stream t on t.number = x.stream"
        ' where l."end" = 0 and x.copy = l.copy and x.voided = 0 and t.device <> s.device'
        " and (x.at >= l.lent_at or x.at >= l.clock / 65536) order by l.id, x.id limit ?",
        MOST,
    )
    found: dict[UUID, tuple[LoanFact, list[Side]]] = {}
    for row in rows:
        loan = _loan(row)
        id_, clock, device, incarnation, seq, at, zone, branch = row[13:]
        facts = {"zone": zone, "branch": as_id(branch)}
        seen = Side(_stamp(clock, device, incarnation, seq), "sighting", sure_id(id_), at, facts)
        found.setdefault(loan.loan, (loan, []))[1].append(seen)
    return list(found.values())


def loans_without_record(library: Library) -> list[tuple[LoanFact, str]]:
    """Return open loans whose copy or member is gone, or whose copy is out of the collection.

    The word tells which: ``copy`` and ``member`` (deleted, or known and withheld), ``lost``,
    ``missing``, ``withdrawn``. A record that never came here is not gone: it is on its way.
    """
    rows = library.rows(
        "select l.id, l.copy, l.member, l.rule, l.lent_at, l.lent_zone, l.due, l.ended_at,"
        ' l."end", l.clock, s.device, s.incarnation, l.seq, c.deleted, c."condition", m.deleted'
        " from loan l join stream s on s.number = l.stream left join copy c on c.id = l.copy"
        " left join member m on m.id = l.member"
        ' where l."end" = 0 and l.copy is not null and (c.id is null or m.id is null'
        "  or c.deleted = 1 or m.deleted = 1"
        "  or c.\"condition\" in ('lost', 'missing', 'withdrawn')) order by l.id limit ?",
        MOST,
    )
    found = []
    for row in rows:
        loan, (copy_gone, condition, member_gone) = _loan(row), row[13:]
        for name, id_, gone in (
            ("copy", loan.copy, copy_gone),
            ("member", loan.member, member_gone),
        ):
            if id_ and (gone == 1 or (gone is None and _is_withheld(library, id_))):
                found.append((loan, name))
        if copy_gone == 0 and condition in ("lost", "missing", "withdrawn"):
            found.append((loan, condition))
    return found


def _is_withheld(library: Library, entity: UUID) -> bool:
    return library.row("select 1 from op where entity = ? limit 1", entity.bytes) is not None


def returns_without_loan(library: Library) -> list[LoanFact]:
    """Return loans of which only the end is known, though something of the opening may be here."""
    rows = library.rows(
        f'{_LOAN} where l.copy is null and l."end" in (1, 2) order by l.id limit ?', MOST
    )
    return [_loan(row) for row in rows]


def loans_lost_and_returned(library: Library) -> list[tuple[UUID, UUID]]:
    """Return (loan, copy) of loans that one device ended as lost and another by a return."""
    rows = library.rows(
        'select l.id, l.copy from copy c join loan l on l.copy = c.id and l."end" = 1'
        " where c.\"condition\" = 'lost' and c.deleted = 0 and exists"
        " (select 1 from op o where o.entity = l.id and o.kind = 'loan.lost')"
        " order by l.id limit ?",
        MOST,
    )
    return [(sure_id(loan), sure_id(copy)) for loan, copy in rows]


def copies_kept_for_two(library: Library) -> dict[UUID, list[UUID]]:
    """Return the holds of each copy that is kept for more than one."""
    return _groups(library, "hold", "state = 'ready' and copy is not null")


def copies_sent_twice(library: Library) -> dict[UUID, list[UUID]]:
    """Return the sendings of each copy that is on more than one way."""
    return _groups(library, "transfer", "state = 'on_the_way' and copy is not null")


def _groups(library: Library, table: str, where: str) -> dict[UUID, list[UUID]]:
    rows = library.rows(
        f"select copy, id from {table} where {where} and copy in (select copy from {table}"
        f" where {where} group by copy having count(*) > 1) order by copy, id limit ?",
        MOST,
    )
    found: dict[UUID, list[UUID]] = {}
    for copy, id_ in rows:
        found.setdefault(sure_id(copy), []).append(sure_id(id_))
    return found


def clock_caps(library: Library) -> list[tuple[Side, bytes, int]]:
    """Return what the library said of clocks that ran ahead: the cap, the device, the run."""
    rows = library.rows(
        "select k.id, k.clock, s.device, s.incarnation, k.seq, k.device, k.incarnation,"
        " k.first_seq, k.last_seq, k.cap from clock_cap k join stream s on s.number = k.stream"
        " where k.voided = 0 order by k.id limit ?",
        MOST,
    )
    found = []
    for id_, clock, device, incarnation, seq, about, run, first, last, cap in rows:
        facts = {"first": first, "last": last, "cap": cap}
        stamp = _stamp(clock, device, incarnation, seq)
        cap_side = Side(stamp, "clock_cap", sure_id(id_), clock >> 16, facts)
        found.append((cap_side, bytes(about or b""), int.from_bytes(bytes(run or b""), "big")))
    return found


def withheld(library: Library, device: bytes, cut: dict[int, int]) -> dict[int, tuple[int, int]]:
    """Return by stream of a device how many ops are beyond a cut, and the highest seq of them."""
    found = {}
    streams = library.rows("select number, incarnation from stream where device = ?", device)
    for number, incarnation in streams:
        run = int.from_bytes(bytes(incarnation), "big")
        query = "select count(*), max(seq) from op where stream = ? and seq > ?"
        count, highest = library.rows(query, number, cut.get(run, 0))[0]
        if count:
            found[run] = (int(count), int(highest))
    return found


def undone_of(library: Library, actions: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of these actions a later one took back."""
    undone: set[UUID] = set()
    for part in in_parts(actions, _CHUNK):
        marks = ",".join("?" * len(part))
        query = f"select entity from op where entity in ({marks}) and kind = 'action.undone'"
        undone.update(sure_id(row[0]) for row in library.rows(query, *(a.bytes for a in part)))
    return frozenset(undone)


def _loan(row: tuple[Any, ...]) -> LoanFact:
    loan, copy, member, rule, at, zone, due, ended_at, end, clock, device, incarnation, seq = row[
        :13
    ]
    return LoanFact(
        loan=sure_id(loan),
        copy=as_id(copy),
        member=as_id(member),
        rule=as_id(rule),
        at=at,
        day=as_moment(at, zone).date(),
        due=due or "",
        ended_at=ended_at,
        end=end,
        stamp=_stamp(clock, device, incarnation, seq),
    )


def _stamp(clock: int, device: Any, incarnation: Any, seq: int) -> Stamp:
    return Stamp(clock, bytes(device), int.from_bytes(bytes(incarnation), "big"), seq)
