"""What the answer to a conflict changes: put into the action that settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.conflicts import kinds
from perpusdesk.domain.conflicts.conflict import Conflict, Side, believed
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.fines import days_late
from perpusdesk.domain.items import Condition
from perpusdesk.domain.marc.record import to_bytes
from perpusdesk.domain.merge import holds, loans, transfers
from perpusdesk.domain.merge.judgement import CAPPED, REVOKED, read_cut, write_cut
from perpusdesk.services.cataloguing.copy_numbers import About, Number, keep, propose
from perpusdesk.services.cataloguing.merge_titles import put_merge
from perpusdesk.services.cataloguing.save_title import beside_of, changes_of, settled_record
from perpusdesk.services.cataloguing.title_columns import columns_of
from perpusdesk.services.cataloguing.title_form import SHORT, OpenTitle, open_form, set_short
from perpusdesk.services.circulation.found import add_found
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.card_numbers import note_card, propose_card
from perpusdesk.services.members.merge_members import move_belongings, put_member_merge
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import conflict_records as records
from perpusdesk.storage.queries import conflicts as query
from perpusdesk.storage.queries.built_upon import built_upon
from perpusdesk.storage.queries.values import as_moment


@dataclass(slots=True)
class Settling:
    """An action that settles conflicts, and the new numbers that it gives out.

    ``cards`` are those of members; ``free`` holds numbers of copies that were proposed already.
    """

    desk: Desk
    action: Action
    cards: list[tuple[str, UUID | None]] = field(default_factory=list)
    given: dict[tuple[Number, About], int] = field(default_factory=dict)
    free: dict[tuple[Number, About], list[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def commit(self) -> UUID:
        """Write the action and note which numbers were given out; return its id."""
        rows = [propose(self.desk, which, n, about) for (which, about), n in self.given.items()]
        written = self.desk.commit(self.action)
        for row in rows:
            if not isinstance(row, Refused):
                keep(self.desk, row)
        for card, category in self.cards:
            note_card(self.desk, card, category, "")
        return written.action


def put_answer(settling: Settling, conflict: Conflict, answer: str) -> Refused | None:
    """Put what an answer changes into the action; ``None`` when nothing speaks against it."""
    number = kinds.side_of(answer)
    if number is not None:
        return _SIDES[conflict.kind](settling, conflict, conflict.sides[number - 1])
    other = _OTHERS.get((conflict.kind, answer)) or _OTHERS.get((None, answer))
    return other(settling, conflict) if other else None


# -- loans, holds, sendings ---------------------------------------------------------------------


def _close(settling: Settling, loan: Side, when: int | None) -> None:
    """End a loan that is still open, at a time that is not before it began, without a fine."""
    found = find.loan_by_id(settling.desk.library, loan.entity)
    if found is None or found.end is not None:
        return
    ended = None if when is None else max(when, loan.at)
    settling.action.event(loans.RETURNED, "loan", loan.entity, when=ended, days_late=0)


def _was_handed_back(settling: Settling, conflict: Conflict, right: Side) -> None:
    """End the loan when the copy was handed back, as many days late as it was then."""
    loan, seen = conflict.sides
    desk = settling.desk
    found = find.loan_by_id(desk.library, loan.entity)
    if right is not seen or found is None or found.end is not None:
        return
    when = max(believed(seen.at, seen.stamp), loan.at)
    day = as_moment(when, seen.facts["zone"]).date()
    late = days_late(found.due, day, desk.calendar(seen.facts["branch"]), desk.rule(found.rule))
    settling.action.event(loans.RETURNED, "loan", loan.entity, when=when, days_late=late)


def _this_loan(settling: Settling, conflict: Conflict, right: Side) -> None:
    """All other loans end when this one began; one that began later never was."""
    for one in conflict.sides:
        if one is not right:
            _close(settling, one, believed(right.at, right.stamp))


def _all_returned(settling: Settling, conflict: Conflict) -> None:
    """The copy is in the house: every loan of it ends."""
    ends = [end for one in conflict.sides if (end := one.facts.get("ended_at"))]
    for one in conflict.sides:
        later = [end for end in ends if end >= one.at]
        _close(settling, one, max(later) if later else None)


def _loan_or_hold(settling: Settling, conflict: Conflict, right: Side) -> None:
    loan, kept = conflict.sides
    if right is loan:
        settling.action.event(holds.RELEASED, "hold", kept.entity)
    else:
        _close(settling, loan, kept.at)


def _loan_or_way(settling: Settling, conflict: Conflict, right: Side) -> None:
    other = next(one for one in conflict.sides if one is not right)
    if right.entity_type == "loan":
        settling.action.event(transfers.CANCELLED, "transfer", other.entity)
    else:
        _close(settling, other, right.at)


def _loan_or_gone(settling: Settling, conflict: Conflict, right: Side) -> None:
    loan, gone = conflict.sides
    if right is not loan:
        _close(settling, loan, None)
        return
    copy = find.copy_by_id(settling.desk.library, gone.entity)
    if copy is None:
        return
    if copy.condition is Condition.WITHDRAWN:
        fields = {"condition": Condition.GOOD, "withdrawn_on": None}
        settling.action.set("copy", copy.id, {**fields, "withdrawn_why": "", "withdrawn_paper": ""})
    else:
        add_found(settling.desk, settling.action, copy)


def _found(settling: Settling, conflict: Conflict) -> Refused | None:
    copy = find.copy_by_id(settling.desk.library, conflict.facts["copy"])
    if copy is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": conflict.facts["copy"]})
    loan = conflict.sides[0].entity
    terms = add_found(settling.desk, settling.action, copy, refund=True, lost_by=loan)
    return terms if isinstance(terms, Refused) else None


def _this_hold(settling: Settling, conflict: Conflict, right: Side) -> None:
    for one in conflict.sides:
        if one is not right:
            settling.action.event(holds.RELEASED, "hold", one.entity)


def _this_way(settling: Settling, conflict: Conflict, right: Side) -> None:
    for one in conflict.sides:
        if one is not right:
            settling.action.event(transfers.CANCELLED, "transfer", one.entity)


def _lift(settling: Settling, conflict: Conflict) -> None:
    settling.action.set("block", conflict.sides[0].entity, {"lifted": 1})


def _end_loans(settling: Settling, conflict: Conflict) -> None:
    for one in conflict.sides:
        if one.entity_type == "loan":
            _close(settling, one, None)


def _move(settling: Settling, conflict: Conflict) -> None:
    """Give what is still somebody's to the member that they were merged into."""
    facts = conflict.facts
    move_belongings(settling.desk, settling.action, facts["entity"], facts["kept"])


# -- records ------------------------------------------------------------------------------------

_REVIVES: Final[Mapping[str, dict[str, Any]]] = {
    "title": {"removed_why": None, "merged_into": None},
    "copy": {"removed_why": None},
    "member": {"merged_into": None},
}


def _put_back(settling: Settling, conflict: Conflict) -> None:
    record, entity = conflict.facts["record"], conflict.facts["entity"]
    settling.action.set(record, entity, _REVIVES[record])


def _other_numbers(settling: Settling, conflict: Conflict, right: Side) -> Refused | None:
    """All but one get the next free number of this device."""
    number_field = conflict.facts["field"]
    for one in conflict.sides:
        if one is right:
            continue
        number = (
            _next_card(settling, one.entity)
            if number_field == "card"
            else _next_number(settling, one.entity, Number(number_field))
        )
        if isinstance(number, Refused):
            return number
        settling.action.set(one.entity_type, one.entity, {number_field: number})
    return None


def _next_number(settling: Settling, copy: UUID, which: Number) -> str | Refused:
    desk = settling.desk
    found = find.copy_by_id(desk.library, copy)
    key = which, About(found.branch if found else None, found.kind if found else None)
    given, free = settling.given.get(key, 0), settling.free.setdefault(key, [])
    while not free:
        proposal = propose(desk, which, given + len(settling.taken) + 1, key[1])
        if isinstance(proposal, Refused):
            return proposal
        free += [text for text in proposal.texts if text not in settling.taken]
    number = free.pop(0)
    settling.taken.add(number)
    settling.given[key] = given + 1
    return number


def _next_card(settling: Settling, member: UUID) -> str | Refused:
    desk = settling.desk
    found = find.member_by_id(desk.library, member)
    category = found.category if found else None
    number = propose_card(desk, category, given=[card for card, _ in settling.cards])
    if isinstance(number, str):
        settling.cards.append((number, category))
    return number


def _these_values(settling: Settling, conflict: Conflict, right: Side) -> Refused | None:
    record, entity = conflict.facts["record"], conflict.facts["entity"]
    values = dict(right.facts["values"])
    if record == "title":
        changed = _title_changes(settling.desk, entity, values)
        if isinstance(changed, Refused):
            return changed
        values = {**changed, **values}
    others = [one.stamp for one in conflict.sides]
    settling.action.set(record, entity, values, settles=others)
    return None


def _title_changes(desk: Desk, title: UUID, values: Mapping[str, Any]) -> dict[str, Any] | Refused:
    """Return what else must be written so that a title's record says the same as its columns."""
    opened = open_form(desk, title)
    if not isinstance(opened, OpenTitle):
        return opened
    form = opened.form
    for name, value in values.items():
        if name in SHORT and form.text(name) != (value or ""):
            form = set_short(form, name, value or "")
    record = settled_record(form)
    marc = to_bytes(record)
    if marc is None:
        return Refused(Reason.RECORD_TOO_LONG)
    return changes_of(opened, {**columns_of(record), **beside_of(form), "marc": marc})


def _keep_or_delete(settling: Settling, conflict: Conflict, right: Side) -> Refused | None:
    if right is not conflict.sides[0]:
        return None
    record, entity = conflict.facts["record"], conflict.facts["entity"]
    user = built_upon(settling.desk.library, record, entity, frozenset())
    if user:
        return Refused(Reason.RECORD_IN_USE, {"record": record, "by": user})
    settling.action.delete(record, entity)
    return None


def _one_member(settling: Settling, conflict: Conflict, right: Side) -> Refused | None:
    others = [one.entity for one in conflict.sides if one is not right]
    merged = put_member_merge(settling.desk, settling.action, right.entity, others)
    return merged if isinstance(merged, Refused) else None


def _one_title(settling: Settling, conflict: Conflict, right: Side) -> Refused | None:
    others = [one.entity for one in conflict.sides if one is not right]
    merged = put_merge(settling.desk, settling.action, right.entity, others)
    return merged if isinstance(merged, Refused) else None


# -- devices ------------------------------------------------------------------------------------


def _trust_clock(settling: Settling, conflict: Conflict) -> None:
    for cap in conflict.facts["caps"]:
        for op in settling.desk.library.ops_of(cap):
            if op.kind == CAPPED:
                settling.action.void(op)


def _take_in(settling: Settling, conflict: Conflict) -> None:
    library, device = settling.desk.library, conflict.facts["device"]
    revoked = dict(records.revoked_devices(library)).get(UUID(bytes=device))
    cut = dict(read_cut(revoked))
    beyond = query.withheld(library, device, cut)
    cut |= {run: highest for run, (_, highest) in beyond.items()}
    settling.action.set("device", UUID(bytes=device), {REVOKED: write_cut(cut)})


_Sided = Callable[[Settling, Conflict, Side], Refused | None]
_Named = Callable[[Settling, Conflict], Refused | None]
_SIDES: Final[Mapping[Kind, _Sided]] = {
    Kind.LENT_TWICE: _this_loan,
    Kind.LENT_KEPT: _loan_or_hold,
    Kind.LENT_SENT: _loan_or_way,
    Kind.LENT_GONE: _loan_or_gone,
    Kind.HANDED_BACK: _was_handed_back,
    Kind.KEPT_FOR_TWO: _this_hold,
    Kind.SENT_TWICE: _this_way,
    Kind.SAME_BARCODE: _other_numbers,
    Kind.SAME_INVENTORY: _other_numbers,
    Kind.SAME_CARD: _other_numbers,
    Kind.EDITED_TWICE: _these_values,
    Kind.DECIDED_TWICE: _these_values,
    Kind.EDITED_DELETED: _keep_or_delete,
    Kind.MEMBER_TWICE: _one_member,
    Kind.TITLE_TWICE: _one_title,
}
_OTHERS: Final[Mapping[tuple[Kind | None, str], _Named]] = {
    (None, kinds.ALL_RETURNED): _all_returned,
    (None, kinds.LIFT_BLOCK): _lift,
    (None, kinds.PUT_BACK): _put_back,
    (None, kinds.CLOSE): _end_loans,
    (None, kinds.MOVE): _move,
    (None, kinds.FOUND): _found,
    (None, kinds.TRUST_CLOCK): _trust_clock,
    (None, kinds.TAKE_IN): _take_in,
}
