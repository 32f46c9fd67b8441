"""Looking for conflicts in what the library knows: the same list on every device.

Each kind is looked for again only when something was written that it depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

from perpusdesk.domain.conflicts import loans as about_loans
from perpusdesk.domain.conflicts import records as about_records
from perpusdesk.domain.conflicts.conflict import Conflict, Side
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.conflicts.loans import LoanFact
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.merge import holds, loans
from perpusdesk.domain.merge.fields import standing_removal, standing_set
from perpusdesk.domain.merge.judgement import REVOKED, read_cut
from perpusdesk.domain.merge.ops import Op, voided_stamps
from perpusdesk.domain.same_title import same_title
from perpusdesk.services.cataloguing.title_duplicates import facts_in
from perpusdesk.storage.contradictions import WATCHED
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import conflict_records as records
from perpusdesk.storage.queries import conflicts as find
from perpusdesk.storage.queries import policy
from perpusdesk.storage.queries.merged import kept_member
from perpusdesk.storage.queries.title_edit import likenesses_of

_Found = tuple[Conflict, ...]
_Looks = Callable[[Library], Iterable[Conflict]]
_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


def key_of(conflict: Conflict) -> str:
    """Return what a decision names a conflict by."""
    return f"{conflict.kind}/{conflict.id}"


def every_conflict(library: Library) -> dict[str, Conflict]:
    """Return all conflicts by id, settled ones too, what presses most first.

    What was found before is not looked for again unless something it depends on was written.
    """
    found: dict[str, Conflict] = {}
    for part in _parts(library):
        found.update({one.id: one for one in part})
    ordered = sorted(found.values(), key=lambda one: (_ORDER[one.kind], -one.clock, one.id))
    return {one.id: one for one in ordered}


def open_conflicts(library: Library) -> dict[str, Conflict]:
    """Return the conflicts that nobody settled, by id, what presses most first."""
    version = (library.versions.total(), library.versions["decision"])
    kept = _OPEN.get(library)
    if kept is None or kept[0] != version:
        every = every_conflict(library)
        settled = records.decided(library, [key_of(one) for one in every.values()])
        still = {id_: one for id_, one in every.items() if key_of(one) not in settled}
        kept = _OPEN[library] = (version, still)
    return kept[1]


def conflict_count(library: Library) -> int:
    """Return how many conflicts nobody settled; quick while nothing was written."""
    return len(open_conflicts(library))


_OPEN: WeakKeyDictionary[Library, tuple[tuple[int, int], dict[str, Conflict]]] = WeakKeyDictionary()
_KEPT: WeakKeyDictionary[Library, dict[_Looks, tuple[tuple[int, ...], _Found]]] = (
    WeakKeyDictionary()
)


def _parts(library: Library) -> Iterator[_Found]:
    kept = _KEPT.setdefault(library, {})
    for look, types in _LOOKS.items():
        counted = library.versions
        version = tuple(counted[one] for one in (*types, "device", "clock_cap"))
        if types == _ANY:
            version = (counted.total(),)
        if look not in kept or kept[look][0] != version:
            kept[look] = (version, tuple(look(library)))
        yield kept[look][1]


# -- loans, holds, sendings ---------------------------------------------------------------------


def _lent_twice(library: Library) -> Iterator[Conflict]:
    for copy, told in find.loans_of_copies_lent_twice(library).items():
        if conflict := about_loans.lent_twice(copy, told):
            yield conflict


def _over_limit(library: Library) -> Iterator[Conflict]:
    rules = {rule.id: rule for rule in policy.loan_rules(library, retired=True)}
    if not rules:
        return

    def limit_of(rule: UUID | None) -> int | None:
        return rules[rule].loan_limit if rule in rules else None

    least = min(rule.loan_limit for rule in rules.values())
    knew = _overridden(library, {Reason.LIMIT_REACHED})
    for member, told in find.open_loans_of_members(library, least).items():
        yield from about_loans.over_limit(member, told, limit_of, knew)


def _lent_blocked(library: Library) -> Iterator[Conflict]:
    knew = _overridden(library, {Reason.MEMBER_BLOCKED, Reason.MEMBER_SUSPENDED})
    for loan, block in find.loans_beside_blocks(library):
        conflict = about_loans.lent_blocked(loan, block)
        if conflict and not knew(loan):
            yield conflict


def _overridden(library: Library, reasons: set[Reason]) -> Callable[[LoanFact], bool]:
    """Return whether a loan was made although the desk knew what speaks against it."""

    def knew(loan: LoanFact) -> bool:
        ops = library.ops_of(loan.loan)
        opened = next((op for op in ops if op.stamp == loan.stamp), None)
        return opened is not None and bool(reasons & set(opened.payload.get("overridden") or ()))

    return knew


def _lent_kept(library: Library) -> Iterator[Conflict]:
    for loan, hold, member in find.loans_of_kept_copies(library):
        ready = _last(library, hold, holds.READY)
        if ready is not None:
            kept = Side(ready.stamp, "hold", hold, ready.at, {"member": member})
            yield about_loans.lent_kept(loan, kept)


def _lent_sent(library: Library) -> Iterator[Conflict]:
    for loan, sent in find.loans_of_sent_copies(library):
        yield about_loans.lent_sent(loan, sent)


def _handed_back(library: Library) -> Iterator[Conflict]:
    for loan, seen in find.loans_handed_back(library):
        if conflict := about_loans.handed_back(loan, seen):
            yield conflict


def _kept_for_two(library: Library) -> Iterator[Conflict]:
    for copy, ids in find.copies_kept_for_two(library).items():
        told = [(hold, _last(library, hold, holds.READY)) for hold in ids]
        sides = [
            Side(op.stamp, "hold", hold, op.at, _member(library, hold)) for hold, op in told if op
        ]
        if conflict := about_loans.several(Kind.KEPT_FOR_TWO, copy, sides, last=False):
            yield conflict


def _sent_twice(library: Library) -> Iterator[Conflict]:
    for copy, ids in find.copies_sent_twice(library).items():
        told = [(way, library.ops_of(way)) for way in ids]
        sides = [
            Side(ops[0].stamp, "transfer", way, ops[0].at, {"to": _id(ops[0].payload.get("to"))})
            for way, ops in told
        ]
        if conflict := about_loans.several(Kind.SENT_TWICE, copy, sides, last=True):
            yield conflict


def _member(library: Library, hold: UUID) -> dict[str, UUID | None]:
    return {"member": _id(library.value("select member from hold where id = ?", hold.bytes))}


def _id(value: object) -> UUID | None:
    return UUID(bytes=bytes(value)) if isinstance(value, bytes | memoryview) else None


def _standing(library: Library, entity: UUID) -> list[Op]:
    ops = library.ops_of(entity)
    voided = voided_stamps(ops)
    return [op for op in ops if op.stamp not in voided]


def _last(library: Library, entity: UUID, kind: str) -> Op | None:
    found = [op for op in _standing(library, entity) if op.kind == kind]
    return found[-1] if found else None


def _lost_and_returned(library: Library) -> Iterator[Conflict]:
    for loan, copy in find.loans_lost_and_returned(library):
        lost, back = _last(library, loan, loans.LOST), _last(library, loan, loans.RETURNED)
        if lost and back and lost.stamp.device != back.stamp.device:
            sides = [Side(op.stamp, "loan", loan, op.at, {}) for op in (lost, back)]
            yield about_loans.lost_and_returned(copy, *sides)


def _return_without_loan(library: Library) -> Iterator[Conflict]:
    for loan in find.returns_without_loan(library):
        if library.ops_of(loan.loan):
            yield about_loans.return_without_loan(loan.side)


# -- records that are gone, or out of the collection --------------------------------------------


def _gone(library: Library) -> Iterator[Conflict]:
    kinds = {"copy": Kind.UNKNOWN_COPY, "member": Kind.UNKNOWN_MEMBER}
    for loan, what in find.loans_without_record(library):
        if what == "member" and loan.member and kept_member(library, loan.member) != loan.member:
            continue  # told once for all that is theirs
        if what in kinds:
            entity = loan.copy if what == "copy" else loan.member
            assert entity is not None
            yield about_loans.names_nothing(
                kinds[what],
                _removal(library, what, entity),
                [loan.side],
                record=what,
                entity=entity,
            )
        elif loan.copy is not None:
            op = _set_by(library, "copy", loan.copy, "condition")
            side = Side(op.stamp, "copy", loan.copy, op.at, {"condition": what})
            if op.stamp.device != loan.stamp.device:
                yield about_loans.lent_gone(loan, side)


def _members_gone(library: Library) -> Iterator[Conflict]:
    for member in records.gone_members_in_use(library):
        gone, kept = _removal(library, "member", member), kept_member(library, member)
        if gone is not None and kept != member:
            yield about_loans.merged_away(gone, kept)
            continue
        lent = library.value(
            'select count(*) from loan where member = ? and "end" = 0', member.bytes
        )
        if gone is not None and not lent:
            facts = {"record": "member", "entity": member}
            yield about_loans.names_nothing(Kind.UNKNOWN_MEMBER, gone, [], **facts)


def _titles_gone(library: Library) -> Iterator[Conflict]:
    for title, copies, waiting in records.gone_titles_in_use(library):
        gone = _removal(library, "title", title)
        if gone is not None:
            facts = {"record": "title", "entity": title, "copies": copies, "holds": waiting}
            yield about_loans.names_nothing(Kind.UNKNOWN_TITLE, gone, [], **facts)


def _removal(library: Library, entity_type: str, entity: UUID) -> Side | None:
    ops = library.ops_of(entity)
    removal = standing_removal(ops, find.undone_of(library, {op.action for op in ops}))
    return Side(removal.stamp, entity_type, entity, removal.at) if removal else None


def _set_by(library: Library, entity_type: str, entity: UUID, field: str) -> Op:
    """Return the op that gave a field the value that it has."""
    ops = [op for op in library.ops_of(entity) if op.entity_type == entity_type]
    found = standing_set(ops, field, find.undone_of(library, {op.action for op in ops}))
    assert found is not None, "a field has its value of some op"
    return found


# -- records ------------------------------------------------------------------------------------


def _same_numbers(kind: Kind, entity_type: str, field: str) -> _Looks:
    def look(library: Library) -> Iterator[Conflict]:
        for number, group in records.same_numbers(library, entity_type, field):
            given = [_set_by(library, entity_type, one, field) for one in group]
            sides = [Side(op.stamp, entity_type, op.entity, op.at) for op in given]
            if len({side.stamp.device for side in sides}) < 2:
                continue
            yield about_records.same_number(kind, field, number, sides)

    return look


def _contradictions(library: Library) -> Iterator[Conflict]:
    for entity_type, entity in records.candidates(library):
        ops = [op for op in library.ops_of(entity) if op.entity_type == entity_type]
        undone = find.undone_of(library, {op.action for op in ops})
        yield from about_records.edited(entity_type, entity, ops, undone)
        gone = about_records.edited_and_deleted(entity_type, entity, ops, undone)
        if gone is not None:
            yield gone


def _titles_made_twice(library: Library) -> Iterator[Conflict]:
    for group in records.titles_of_same_isbn(library):
        known = likenesses_of(library, group)
        first = next((known[one] for one in group if one in known), None)
        alike = [
            one
            for one in group
            if first and one in known and _sure(same_title(facts_in(first), facts_in(known[one])))
        ]
        yield from _made_twice(library, Kind.TITLE_TWICE, alike)


def _sure(verdict: tuple[object, bool] | None) -> bool:
    return verdict is not None and verdict[1]


def _members_made_twice(library: Library) -> Iterator[Conflict]:
    for group in records.members_alike(library):  # by birthday and by phone: maybe twice the same
        yield from _made_twice(library, Kind.MEMBER_TWICE, group)


def _made_twice(library: Library, kind: Kind, group: list[UUID]) -> Iterator[Conflict]:
    first = [ops[0] for one in group if (ops := library.ops_of(one))]
    if len(first) > 1 and (conflict := about_records.made_twice(kind, first)):
        yield conflict


# -- devices ------------------------------------------------------------------------------------


def _clocks(library: Library) -> Iterator[Conflict]:
    runs: dict[tuple[bytes, int], list[Side]] = {}
    for cap, device, incarnation in find.clock_caps(library):
        runs.setdefault((device, incarnation >> 1), []).append(cap)
    for (device, _run), caps in sorted(runs.items()):
        yield about_records.clock_ahead(device, caps)


def _quarantined(library: Library) -> Iterator[Conflict]:
    for device, revoked in records.revoked_devices(library):
        beyond = find.withheld(library, device.bytes, dict(read_cut(revoked)))
        if beyond:
            entries = sum(count for count, _ in beyond.values())
            op = _set_by(library, "device", device, REVOKED)
            side = Side(op.stamp, "device", device, op.at)
            yield about_records.quarantined(device, side, entries)


_ANY: Final = ("*",)
_RECORDS: Final = ("undone", *sorted(WATCHED))
_LOOKS: Final[dict[_Looks, tuple[str, ...]]] = {
    _lent_twice: ("loan",),
    _over_limit: ("loan", "loan_rule"),
    _lent_blocked: ("loan", "block"),
    _lent_kept: ("loan", "hold"),
    _lent_sent: ("loan", "transfer"),
    _handed_back: ("loan", "sighting"),
    _kept_for_two: ("hold",),
    _sent_twice: ("transfer",),
    _lost_and_returned: ("loan", "copy"),
    _return_without_loan: ("loan",),
    _gone: ("loan", "copy", "member"),
    _members_gone: ("member", "loan", "hold", "money"),
    _titles_gone: ("title", "copy", "hold"),
    _same_numbers(Kind.SAME_BARCODE, "copy", "barcode"): ("copy",),
    _same_numbers(Kind.SAME_INVENTORY, "copy", "inventory"): ("copy",),
    _same_numbers(Kind.SAME_CARD, "member", "card"): ("member",),
    _contradictions: _RECORDS,
    _titles_made_twice: ("title",),
    _members_made_twice: ("member",),
    _clocks: (),
    _quarantined: _ANY,
}
"""What is looked for, and the types of records on which it depends (besides devices)."""
