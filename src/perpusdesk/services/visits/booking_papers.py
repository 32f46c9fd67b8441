"""What a group that asked for a visit is told: a letter, and the same as a short message."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.common.formats import clock_time, long_date, number, weekday_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.document import Document, Facts, Paragraph
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import library_name
from perpusdesk.services.visits.bookings import BookingLine, booking_line
from perpusdesk.services.visits.visit_profile import answer_name, level_name


def confirmation_letter(desk: Desk, booking: UUID) -> Document | Refused:
    """Return the letter that confirms a visit. ``BOOKING_UNKNOWN``."""
    line = booking_line(desk, booking)
    if line is None:
        return Refused(Reason.BOOKING_UNKNOWN)
    return Document(
        head=letterhead(desk),
        title=_("Confirmation of a group's visit"),
        blocks=(
            Paragraph(_("To: {whom}").format(whom=_whom(line))),
            Paragraph(_opening(line)),
            Facts(_facts(desk, line)),
            Paragraph(
                _(
                    "Please come a few minutes early, with one companion for about fifteen pupils,"
                    " and tell us in good time if something changes."
                )
            ),
        ),
        dated=f"{place_of(desk)}, {long_date(desk.today())}",
        signatures=(signature(desk),),
    )


def confirmation_text(desk: Desk, booking: UUID) -> str:
    """Return the same as a message; empty when there is no such booking."""
    line = booking_line(desk, booking)
    if line is None:
        return ""
    facts = "\n".join(f"{name}: {value}" for name, value in _facts(desk, line))
    name = library_name(desk)
    head = f"*{name}*\n" if name else ""
    return f"{head}{_opening(line)}\n\n{facts}"


def _whom(line: BookingLine) -> str:
    return ", ".join(part for part in (line.contact.name, line.row.institution) if part)


def _opening(line: BookingLine) -> str:
    if line.row.letter:
        asked = _("With reference to your letter {letter} we confirm the visit of your group:")
        return asked.format(letter=line.row.letter)
    return _("We confirm the visit of your group:")


def _facts(desk: Desk, line: BookingLine) -> tuple[tuple[str, str], ...]:
    row = line.row
    branch = desk.branches.get(row.branch) if row.branch else None
    pairs = (
        (_("Institution"), row.institution),
        (_("Level"), level_name(desk, row.level)),
        (_("Day"), weekday_date(row.day)),
        (_("Time"), f"{clock_time(row.starts)}–{clock_time(row.ends)}"),
        (_("Number of people"), number(row.people)),
        (_("Venue"), " · ".join(p for p in (branch.name if branch else "", row.room_name) if p)),
        (_("Purpose"), answer_name(desk, "purpose", row.purpose)),
    )
    return tuple((name, value) for name, value in pairs if value)
