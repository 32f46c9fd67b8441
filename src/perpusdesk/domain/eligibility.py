"""What stands between a person and a loan, and between a copy and a loan.

Each check answers with its refusal or ``None``; the order in ``member_refusals`` is the order in
which a librarian wants to hear of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from perpusdesk.domain.circulation_types import Loan
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Access, Condition, Copy
from perpusdesk.domain.members import Block, BlockKind, Member
from perpusdesk.domain.policy_types import HouseRules


def member_refusals(
    member: Member,
    day: date,
    house: HouseRules,
    open_loans: Iterable[Loan] = (),
    debt: int = 0,
) -> tuple[Refused, ...]:
    """All that speaks against this member today, the most telling first; all overridable.

    Facts: ``MEMBER_BLOCKED``/``MEMBER_SUSPENDED`` kind, until, note, count · ``MEMBER_EXPIRED``
    expires, days · ``GUARDIAN_CONSENT_MISSING`` age, guardian · ``MEMBER_HAS_OVERDUE`` count,
    oldest_due, days · ``MEMBER_OWES`` debt, limit.
    """
    found = (
        _blocked(member, day),
        _suspended(member, day),
        _expired(member, day),
        consent_missing(member, day, house),
        _overdue(open_loans, day) if house.block_when_overdue else None,
        _owes(debt, house.block_from_debt),
    )
    return tuple(refusal for refusal in found if refusal is not None)


def age_on(birth_date: date, day: date) -> int:
    """Full years of age; who was born on 29 February has a birthday on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def consent_missing(member: Member, day: date, house: HouseRules) -> Refused | None:
    """A minor, where the house asks for it, without a guardian's recorded consent."""
    if house.minor_age is None or member.birth_date is None:
        return None
    age = age_on(member.birth_date, day)
    if age >= house.minor_age:
        return None
    if member.guardian_consent is not None and member.guardian_consent <= day:
        return None
    facts = {"age": age, "guardian": member.guardian_name}
    return Refused(Reason.GUARDIAN_CONSENT_MISSING, facts, overridable=True)


def copy_refusals(copy: Copy, member: UUID | None, copy_loan: Loan | None) -> tuple[Refused, ...]:
    """What makes this copy unfit to leave the shelf at all; none can be overridden.

    Facts: ``COPY_ALREADY_YOURS`` and ``COPY_ON_LOAN`` loan, member, due · ``COPY_LOST`` condition
    (lost or missing: enter it as found first).
    """
    found = (_on_loan(copy, member, copy_loan), _gone(copy))
    return tuple(refusal for refusal in found if refusal is not None)


def access_refusal(copy: Copy) -> Refused | None:
    """A copy that is for reading on site only."""
    if copy.access is Access.LOAN:
        return None
    return Refused(Reason.COPY_NOT_FOR_LOAN, {"access": copy.access}, overridable=True)


def damage_refusal(copy: Copy) -> Refused | None:
    """A copy that waits for repair."""
    if copy.condition is not Condition.DAMAGED:
        return None
    return Refused(Reason.COPY_DAMAGED, {"condition": copy.condition}, overridable=True)


def overdue_loans(open_loans: Iterable[Loan], day: date) -> tuple[Loan, ...]:
    """Loans past due, oldest due first; those claimed returned are not held against a member."""
    late = (loan for loan in open_loans if loan.end is None and loan.due < day)
    return tuple(sorted((x for x in late if not x.claimed_returned), key=lambda x: (x.due, x.id)))


def _in_force(
    member: Member, day: date, matches: Callable[[Block], bool], reason: Reason
) -> Refused | None:
    """The refusal for the blocks that match, told by the one that lasts longest."""
    blocks = [b for b in member.blocks if matches(b) and (b.until is None or day <= b.until)]
    if not blocks:
        return None
    longest = max(blocks, key=lambda block: (block.until or date.max, block.id))
    facts = {
        "kind": longest.kind,
        "until": longest.until,
        "note": longest.reason,
        "count": len(blocks),
    }
    return Refused(reason, facts, overridable=True)


def _blocked(member: Member, day: date) -> Refused | None:
    return _in_force(
        member, day, lambda block: block.kind is not BlockKind.SUSPENSION, Reason.MEMBER_BLOCKED
    )


def _suspended(member: Member, day: date) -> Refused | None:
    return _in_force(
        member, day, lambda block: block.kind is BlockKind.SUSPENSION, Reason.MEMBER_SUSPENDED
    )


def _expired(member: Member, day: date) -> Refused | None:
    if member.expires is None or day <= member.expires:
        return None
    facts = {"expires": member.expires, "days": (day - member.expires).days}
    return Refused(Reason.MEMBER_EXPIRED, facts, overridable=True)


def _overdue(open_loans: Iterable[Loan], day: date) -> Refused | None:
    late = overdue_loans(open_loans, day)
    if not late:
        return None
    oldest = late[0].due
    facts = {"count": len(late), "oldest_due": oldest, "days": (day - oldest).days}
    return Refused(Reason.MEMBER_HAS_OVERDUE, facts, overridable=True)


def _owes(debt: int, limit: int | None) -> Refused | None:
    if limit is None or debt <= 0 or debt < limit:
        return None
    return Refused(Reason.MEMBER_OWES, {"debt": debt, "limit": limit}, overridable=True)


def _on_loan(copy: Copy, member: UUID | None, copy_loan: Loan | None) -> Refused | None:
    if copy_loan is None or copy_loan.end is not None or copy_loan.copy != copy.id:
        return None
    mine = member is not None and copy_loan.member == member
    reason = Reason.COPY_ALREADY_YOURS if mine else Reason.COPY_ON_LOAN
    facts = {"loan": copy_loan.id, "member": copy_loan.member, "due": copy_loan.due}
    return Refused(reason, facts)


def _gone(copy: Copy) -> Refused | None:
    if copy.condition is Condition.WITHDRAWN:
        return Refused(Reason.COPY_WITHDRAWN, {"condition": copy.condition})
    if copy.condition in (Condition.LOST, Condition.MISSING):
        return Refused(Reason.COPY_LOST, {"condition": copy.condition})
    return None
