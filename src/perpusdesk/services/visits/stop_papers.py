"""The report of a van's stops: each stay with its figures, and what they come to by stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from perpusdesk.common.formats import clock_time, long_date, number, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.document import Block, Document, Facts, Grid, Heading
from perpusdesk.printing.official import Signature
from perpusdesk.printing.table import Column
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.visits.stops import stays
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.stops import StayFigures, StayRow

Stay = tuple[StayRow, StayFigures]


def stop_report(desk: Desk, first: date, last: date) -> Document | Refused:
    """Return the report of this van from one day to another. ``STOP_NOT_BEGUN`` without stays."""
    found = stays(desk, first, last)
    if not found:
        return Refused(Reason.STOP_NOT_BEGUN)
    van = desk.branches.get(desk.branch)
    head = signature(desk)
    clerk = Signature(_("Librarian"), staff_name(desk.library, desk.staff))
    return Document(
        head=letterhead(desk),
        title=_("Report of the mobile library's stops"),
        number=van.name if van else "",
        blocks=tuple(_blocks(found, first, last)),
        dated=f"{place_of(desk)}, {long_date(desk.today())}",
        signatures=(
            clerk,
            Signature(head.office, head.name, head.staff_number, _("Approved by")),
        ),
    )


def _blocks(found: Sequence[Stay], first: date, last: date) -> list[Block]:
    period = long_date(first)
    if last != first:
        period = f"{period} – {long_date(last)}"
    facts = (
        (_("Period"), period),
        (_("Stays"), number(len(found))),
        (_("Visitors"), number(sum(one.visitors for _stay, one in found))),
        (_("Loans"), number(sum(one.lent for _stay, one in found))),
        (_("Read on site"), number(sum(one.read for _stay, one in found))),
        (_("Kilometres noted"), number(sum(_driven(stay) or 0 for stay, _one in found))),
    )
    return [
        Facts(facts),
        Heading(_("By stop")),
        Grid(_stop_columns(), tuple(_by_stop(found))),
        Heading(_("Every stay")),
        Grid(_stay_columns(), tuple(_stay_cells(stay, one) for stay, one in reversed(found))),
    ]


def _by_stop(found: Sequence[Stay]) -> list[tuple[str, ...]]:
    counts: dict[str, Counter[str]] = {}
    for stay, one in found:
        counted = {"stays": 1, "visitors": one.visitors, "lent": one.lent, "read": one.read}
        counts.setdefault(stay.stop_name, Counter()).update(counted)
    return [
        (name, *(number(count[key]) for key in ("stays", "visitors", "lent", "read")))
        for name, count in sorted(counts.items())
    ]


def _stay_cells(stay: StayRow, one: StayFigures) -> tuple[str, ...]:
    ended = clock_time(stay.ended) if stay.ended else _("now")
    driven = _driven(stay)
    return (
        short_date(stay.started),
        f"{clock_time(stay.started)}–{ended}",
        " · ".join(part for part in (stay.stop_name, stay.note) if part),
        number(one.visitors),
        number(one.lent),
        number(one.returned),
        number(one.read),
        "" if driven is None else number(driven),
    )


def _driven(stay: StayRow) -> int | None:
    if stay.odometer_from is None or stay.odometer_until is None:
        return None
    return stay.odometer_until - stay.odometer_from


def _stop_columns() -> tuple[Column, ...]:
    return (
        Column(_("Stopping place"), 82),
        *(
            Column(name, 22, "right")
            for name in (_("Stays"), _("Visitors"), _("Loans"), _("Read on site"))
        ),
    )


def _stay_columns() -> tuple[Column, ...]:
    return (
        Column(_("Date"), 20),
        Column(_("Hours"), 27),
        Column(_("Stopping place"), 34),
        Column(_("Visitors"), 21, "right"),
        Column(_("Loans"), 18, "right"),
        Column(_("Returns"), 25, "right"),
        Column(_("Read on site"), 18, "right"),
        Column(_("km"), 10, "right"),
    )
