"""What stands on a slip, before it is made for any kind of paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from perpusdesk.common.i18n import _
from perpusdesk.printing.privacy import mask_card, short_name


class SlipAct(StrEnum):
    """What happened to a copy during the visit."""

    LENT = "lent"
    RENEWED = "renewed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One copy of the visit; ``fine`` in whole rupiah."""

    act: SlipAct
    title: str
    barcode: str
    due: date | None = None
    returned: datetime | None = None
    fine: int = 0


@dataclass(frozen=True, slots=True)
class SlipData:
    """One visit. ``member`` and ``card`` are given whole and never printed whole.

    ``paid`` is what was paid now, ``owed`` what is still owed; both in whole rupiah.
    """

    library: str
    branch: str
    member: str
    card: str
    lines: tuple[SlipLine, ...]
    staff: str
    printed: datetime
    footer: str = ""
    number: str = ""
    paid: int = 0
    owed: int = 0

    @property
    def shown_member(self) -> str:
        """The member's name as it may stand on paper."""
        return short_name(self.member)

    @property
    def shown_card(self) -> str:
        """The card number as it may stand on paper."""
        return mask_card(self.card)

    def sections(self) -> tuple[tuple[SlipAct, tuple[SlipLine, ...]], ...]:
        """Return the lines by what happened, in the order in which they matter to the reader."""
        groups = ((act, tuple(line for line in self.lines if line.act is act)) for act in SlipAct)
        return tuple((act, lines) for act, lines in groups if lines)


def act_heading(act: SlipAct) -> str:
    """Return the heading above the copies that were lent, renewed or returned."""
    if act is SlipAct.LENT:
        return _("Borrowed")
    return _("Renewed") if act is SlipAct.RENEWED else _("Returned")
