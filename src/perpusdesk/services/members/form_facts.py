"""What the form of a member needs to know before it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.members_rules import is_minor
from perpusdesk.domain.policy_types import HouseRules
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.card_numbers import propose_card
from perpusdesk.services.members.register_member import RIGHT


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Choices by name, this desk's branch and day, the house's rules, and who may do what."""

    today: date
    branch: UUID
    branches: tuple[tuple[str, UUID], ...]
    categories: tuple[tuple[str, UUID], ...]
    house: HouseRules
    may_edit: bool
    may_override: bool

    def asks_guardian(self, birth_date: date | None) -> bool:
        """Whether somebody born on this day needs a guardian's consent today."""
        return is_minor(birth_date, self.today, self.house)


def form_facts(desk: Desk) -> FormFacts:
    """Read them."""
    return FormFacts(
        today=desk.today(),
        branch=desk.branch,
        branches=tuple((one.name, one.id) for one in desk.branches.values()),
        categories=tuple((one.name, one.id) for one in desk.categories.values()),
        house=desk.house,
        may_edit=desk.may(RIGHT),
        may_override=desk.may("override"),
    )


def next_card(desk: Desk, category: UUID | None, sex: str) -> str:
    """Return the next free card number, or empty text when this device has none left."""
    found = propose_card(desk, category, sex)
    return "" if isinstance(found, Refused) else found
