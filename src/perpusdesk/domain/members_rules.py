"""Membership: how long it lasts, who needs a guardian, and when a member owes nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from perpusdesk.domain.circulation_types import Hold, HoldState, Loan
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.eligibility import age_on, consent_missing
from perpusdesk.domain.members import Block, BlockKind, Member
from perpusdesk.domain.policy_types import HouseRules


def is_expired(member: Member, day: date) -> bool:
    """Whether the membership is over; its last day still counts."""
    return member.expires is not None and member.expires < day


def decide_extension(expires: date | None, today: date, days: int) -> date | Refused:
    """The new last day: so many days from today or from the old last day, whichever is later.

    A membership without an end in sight stays so. ``AMOUNT_INVALID`` amount: not a positive
    number of days.
    """
    if days <= 0:
        return Refused(Reason.AMOUNT_INVALID, {"amount": days})
    start = max(today, expires or today)
    return start + timedelta(days=min(days, (date.max - start).days))


def is_minor(birth_date: date | None, day: date, house: HouseRules) -> bool:
    """Whether the house would ask for a guardian's consent; unknown age counts as grown up."""
    if house.minor_age is None or birth_date is None:
        return False
    return age_on(birth_date, day) < house.minor_age


def register_refusals(
    member: Member, day: date, house: HouseRules, card_owner: Member | None = None
) -> tuple[Refused, ...]:
    """What keeps a person's record from being saved.

    ``NAME_MISSING`` · ``MEMBER_CARD_TAKEN`` card, member, name (another has the card number) ·
    ``GUARDIAN_CONSENT_MISSING`` age, guardian (may be overridden).
    """
    found = (
        None if member.name.strip() else Refused(Reason.NAME_MISSING),
        _card_taken(member, card_owner),
        consent_missing(member, day, house),
    )
    return tuple(refusal for refusal in found if refusal is not None)


def decide_clearance(
    open_loans: Iterable[Loan],
    debt: int,
    holds: Iterable[Hold] = (),
    blocks: Iterable[Block] = (),
) -> Refused | None:
    """Whether a *bebas pustaka* letter may not be written yet; ``None``: it may.

    ``MEMBER_HAS_OBLIGATIONS`` loans (ids, due first), debt, ready (holds to collect or cancel),
    replacements (blocks for lost copies). A loan claimed returned still counts: settle it first.
    """
    still_open = sorted((x for x in open_loans if x.end is None), key=lambda x: (x.due, x.id))
    ready = tuple(hold.id for hold in holds if hold.state is HoldState.READY)
    owed = tuple(block.id for block in blocks if block.kind is BlockKind.LOST_ITEM)
    if not still_open and debt <= 0 and not ready and not owed:
        return None
    facts = {
        "loans": tuple(loan.id for loan in still_open),
        "debt": max(0, debt),
        "ready": ready,
        "replacements": owed,
    }
    return Refused(Reason.MEMBER_HAS_OBLIGATIONS, facts)


def _card_taken(member: Member, owner: Member | None) -> Refused | None:
    if owner is None or owner.id == member.id:
        return None
    facts = {"card": member.card, "member": owner.id, "name": owner.name}
    return Refused(Reason.MEMBER_CARD_TAKEN, facts)
