"""Everything the desk shows of one member, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from perpusdesk.domain.circulation_types import Quota
from perpusdesk.domain.data_protection import Purpose
from perpusdesk.domain.eligibility import age_on, consent_missing
from perpusdesk.domain.lending import member_quota
from perpusdesk.domain.members_rules import is_expired, is_minor
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_form import MemberForm, form_of
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import holds as hold_queries
from perpusdesk.storage.queries import loans as loan_queries
from perpusdesk.storage.queries import money as money_queries
from perpusdesk.storage.queries.consents import has_consent
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.storage.queries.loans import LoanLine
from perpusdesk.storage.queries.member_records import (
    BlockLine,
    KitLine,
    block_lines,
    fields_of,
    kits_of,
    photo_of,
)
from perpusdesk.storage.queries.money import MoneyLine


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member as the desk sees one.

    ``form`` holds the plain fields. ``days_left`` of the membership is negative when it is over,
    ``None`` when it never ends. ``loans`` are the open ones, the most urgent first; ``holds`` those
    that still count. ``balance`` in whole rupiah: above 0 the member owes. ``minor``: of an age at
    which the house wants a guardian; ``consent_missing``: and has no consent on record.
    ``restricted``: since when the data may only be kept; ``whatsapp``: agreed to messages. A photo
    without consent is not shown (``photo_unused``).
    """

    id: UUID
    form: MemberForm
    category_name: str
    branch_name: str
    age: int | None
    minor: bool
    consent_missing: bool
    expired: bool
    days_left: int | None
    photo: bytes | None
    photo_consent: date | None
    blocks: tuple[BlockLine, ...]
    loans: tuple[LoanLine, ...]
    holds: tuple[HoldLine, ...]
    kits: tuple[KitLine, ...]
    balance: int
    quota: Quota
    restricted: date | None = None
    whatsapp: bool = False
    photo_unused: bool = False

    @property
    def name(self) -> str:
        """The member's name."""
        return self.form.name

    @property
    def card(self) -> str:
        """The card number."""
        return self.form.card

    @property
    def expires(self) -> date | None:
        """The last day of the membership."""
        return self.form.expires

    @property
    def overdue(self) -> tuple[LoanLine, ...]:
        """The loans past due, but for those claimed returned."""
        return tuple(line for line in self.loans if line.days_late and not line.claimed)

    @property
    def ready(self) -> tuple[HoldLine, ...]:
        """The holds that wait to be collected."""
        return tuple(line for line in self.holds if line.position == 0 and not line.in_transit)

    @property
    def blocked(self) -> bool:
        """Whether a block is in force today."""
        return any(block.active for block in self.blocks)


def member_card(desk: Desk, member: UUID) -> MemberCard | None:
    """Return what is known of a member, or ``None``."""
    library, today = desk.library, desk.today()
    values = fields_of(library, member)
    if values is None:
        return None
    image = photo_of(library, member)
    return MemberCard(
        id=member,
        form=form_of(values),
        category_name=_category(desk, values["category"]),
        branch_name=_branch(desk, values["branch"]),
        photo=image if values["photo_consent"] else None,
        photo_unused=image is not None and not values["photo_consent"],
        photo_consent=values["photo_consent"],
        blocks=tuple(block_lines(library, member, today)),
        loans=tuple(loan_queries.open_lines_of_member(library, member, today)),
        holds=tuple(hold_queries.live_lines_of_member(library, member, today)),
        kits=tuple(kits_of(library, member)),
        balance=find.debt_of(library, member),
        restricted=values["restricted"],
        whatsapp=has_consent(library, member, Purpose.WHATSAPP) and values["restricted"] is None,
        **_standing(desk, member, today),
    )


def _standing(desk: Desk, id_: UUID, today: date) -> dict[str, Any]:
    member = find.member_by_id(desk.library, id_)
    assert member is not None
    loans = find.open_loans_of_member(desk.library, id_)
    return {
        "age": age_on(member.birth_date, today) if member.birth_date else None,
        "minor": is_minor(member.birth_date, today, desk.house),
        "consent_missing": consent_missing(member, today, desk.house) is not None,
        "expired": is_expired(member, today),
        "days_left": (member.expires - today).days if member.expires else None,
        "quota": member_quota(member, desk.rules, loans, desk.branch, today),
    }


def _category(desk: Desk, id_: UUID | None) -> str:
    found = desk.categories.get(id_) if id_ else None
    return found.name if found else ""


def _branch(desk: Desk, id_: UUID | None) -> str:
    found = desk.branches.get(id_) if id_ else None
    return found.name if found else ""


def member_history(desk: Desk, member: UUID, limit: int = 200) -> list[LoanLine]:
    """Return a member's loans, open and ended, the latest first."""
    return loan_queries.history_of_member(desk.library, member, desk.today(), limit)


def member_holds(desk: Desk, member: UUID, limit: int = 100) -> list[HoldLine]:
    """Return all holds a member placed, the latest first, whatever became of them."""
    return hold_queries.history_of_member(desk.library, member, desk.today(), limit)


def member_ledger(desk: Desk, member: UUID) -> list[MoneyLine]:
    """Return a member's entries, the latest first, each with the balance after it."""
    return money_queries.ledger(desk.library, member)
