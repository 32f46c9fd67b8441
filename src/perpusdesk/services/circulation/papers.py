"""What is printed, put together from the library; ``printing`` makes the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.printing.cards import CardData
from perpusdesk.printing.clearance import ClearanceData
from perpusdesk.printing.desk_report import DeskReport, ReportRow
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.slips import SlipAct, SlipData
from perpusdesk.services.circulation.day import Day, day_at
from perpusdesk.services.circulation.money import receipt
from perpusdesk.services.circulation.slip_lines import lines_since
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.members.clearance import clearance
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.set_up import library_name
from perpusdesk.storage.chain_seal import seal_at
from perpusdesk.storage.queries.day_events import DayEvent, events_of_day
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.values import as_day, bounds_of_day

LETTERHEAD_SETTING: Final = "letterhead"
"""A map of texts: authority, address, contact, place, office, name, staff_number (the signer)."""
FOOTER_SETTING: Final = "slip_footer"
_ACTS: Final = {
    loan_events.OPENED: SlipAct.LENT,
    loan_events.RENEWED: SlipAct.RENEWED,
    loan_events.RETURNED: SlipAct.RETURNED,
}


def visit_slip(desk: Desk, member: UUID, since: datetime) -> SlipData | Refused:
    """Return the slip of a visit that began at ``since``: what is lent, renewed, returned, paid.

    What was undone does not stand on it. ``MEMBER_UNKNOWN``.
    """
    card = member_card(desk, member)
    if card is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    desk.saw(member, How.PRINT)
    money = receipt(desk, member, since)
    return SlipData(
        library=library_name(desk),
        branch=_branch_name(desk),
        member=card.name,
        card=card.card,
        lines=lines_since(desk, member, since),
        staff=staff_name(desk.library, desk.staff),
        printed=desk.now(),
        footer=str(desk.settings.get(FOOTER_SETTING, "")),
        paid=money.paid,
        owed=money.owed,
    )


def card_paper(desk: Desk, member: UUID) -> CardData | Refused:
    """Return what stands on a member's card. ``MEMBER_UNKNOWN``."""
    card = member_card(desk, member)
    if card is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    desk.saw(member, How.PRINT)
    return CardData(
        library=library_name(desk),
        branch=card.branch_name,
        name=card.name,
        number=card.card,
        category=card.category_name,
        expires=card.expires,
        photo=card.photo,
    )


def clearance_paper(
    desk: Desk, member: UUID, *, number: str = "", purpose: str = ""
) -> ClearanceData | Refused:
    """Return the *bebas pustaka* letter, with the next number of this device unless one is given.

    Refused as ``clearance`` is; then no number is used up.
    """
    facts = clearance(desk, member)
    if isinstance(facts, Refused):
        return facts
    card = member_card(desk, member)
    school = card.form.institution if card else ""
    desk.saw(member, How.PRINT)
    return ClearanceData(
        head=letterhead(desk),
        number=number or _next_number(desk),
        place=place_of(desk),
        checked=facts.checked,
        member=facts.name,
        card=facts.card,
        category=facts.category,
        signatures=(signature(desk),),
        details=(("Sekolah/instansi", school),) if school else (),
        purpose=purpose,
    )


def day_report(desk: Desk, day: date | None = None) -> DeskReport:
    """Return the report of a day at this branch (default: today)."""
    wanted = day or desk.today()
    first, after = bounds_of_day(wanted, desk.zone)
    events = events_of_day(desk.library, first, after, desk.branch)
    return DeskReport(
        head=letterhead(desk),
        branch=_branch_name(desk),
        day=wanted,
        place=place_of(desk),
        made=desk.now(),
        counts=_counts(day_at(desk, wanted), events),
        rows=tuple(_row(event) for event in events),
        signatures=(signature(desk),),
        seal=seal_at(desk.library, desk.library.now_ms()),
    )


def _counts(day: Day, events: list[DayEvent]) -> tuple[tuple[str, int], ...]:
    renewed = sum(event.kind == loan_events.RENEWED for event in events)
    return (
        (_("Lent"), day.lent),
        (_("Taken back"), day.returned),
        (_("Renewed"), renewed),
        (_("Read on site"), day.read_on_site),
        (_("Members served"), day.members_served),
        (_("Overdue now"), day.overdue),
        (_("Holds kept"), day.holds_ready),
        (_("Cash (rupiah)"), day.cash),
    )


def _row(event: DayEvent) -> ReportRow:
    return ReportRow(
        time=event.at,
        act=_ACTS[event.kind],
        member=event.member_name,
        card=event.card,
        title=event.title,
        barcode=event.barcode,
        staff=event.staff_name,
        due=as_day(event.due),
    )


def letterhead(desk: Desk) -> Letterhead:
    """Return what stands at the head of official papers, from the library's settings."""
    words = _words(desk)
    return Letterhead(
        authority=words.get("authority", ""),
        library=library_name(desk),
        address=words.get("address", ""),
        contact=words.get("contact", ""),
    )


def signature(desk: Desk) -> Signature:
    """Return who signs official papers, from the library's settings."""
    words = _words(desk)
    return Signature(
        office=words.get("office", "Kepala Perpustakaan"),
        name=words.get("name", ""),
        staff_number=words.get("staff_number", ""),
    )


def place_of(desk: Desk) -> str:
    """Return the town that stands before the date on official papers."""
    return _words(desk).get("place", _branch_name(desk))


def _words(desk: Desk) -> dict[str, str]:
    found = desk.settings.get(LETTERHEAD_SETTING, {})
    return {str(key): str(value) for key, value in found.items()} if found else {}


def _branch_name(desk: Desk) -> str:
    found = desk.branches.get(desk.branch)
    return found.name if found else ""


def _next_number(desk: Desk) -> str:
    """Return the next letter number of this device in this year: ``001.2/BP/2026``."""
    year = desk.today().year
    key = f"numbers/clearance/{year}"
    count = int(desk.library.local(key) or 0) + 1
    desk.library.put_local(key, count)
    device = desk.library.value("select number from device where id = ?", desk.library.device)
    return f"{count:03d}.{device or 1}/BP/{year}"
