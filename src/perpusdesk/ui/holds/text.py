"""The sentences of the holds' screen."""

from __future__ import annotations

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.hold_lists import PickLine
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.kit.record_list import RowWords


def title() -> str:
    """Return the word in the rail."""
    return _("Holds")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def pick_row(line: PickLine) -> RowWords:
    """Return a hold for which a copy stands on the shelf."""
    hold = line.hold
    where = joined(hold.call_number, line.copies[0].location if line.copies else "")
    codes = ", ".join(copy.barcode for copy in line.copies[:3])
    under = joined(where, codes)
    to = _("for {branch}").format(branch=hold.pickup_name) if line.travels else ""
    icon = "exchange" if line.travels else "person"
    return RowWords(hold.title, under, hold.member_name, to, icon, "accent")


def ready_row(line: HoldLine) -> RowWords:
    """Return a hold whose copy is kept."""
    under = joined(line.barcode, line.call_number)
    if line.in_transit:
        return RowWords(line.title, under, line.member_name, _("on its way"), "exchange", "muted")
    until = (
        _("until {date}").format(date=short_date(line.pickup_until)) if line.pickup_until else ""
    )
    return RowWords(line.title, under, line.member_name, until, "hold", "ok")


def fits(line: HoldLine, text: str) -> bool:
    """Tell whether all words of a text begin a word of the title, the member, card or barcode."""
    known = " ".join((line.title, line.author, line.member_name, line.card, line.barcode))
    have = known.lower().split()
    return all(any(word.startswith(part) for word in have) for part in text.lower().split())


def kept(done: Done[HoldLine]) -> str:
    """Return what is said when a copy was set aside."""
    line = done.value
    if line.in_transit:
        return _("Send it to {branch}: {member} is waiting").format(
            branch=line.pickup_name, member=line.member_name
        )
    until = short_date(line.pickup_until) if line.pickup_until else ""
    return _("Kept for {member} until {date}").format(member=line.member_name, date=until)


def already_kept(line: HoldLine) -> str:
    """Return what is said of a copy that is kept already."""
    return _("{barcode} is kept for {member} already.").format(
        barcode=line.barcode, member=line.member_name
    )


def nobody_waits(code: str) -> str:
    """Return what is said of a copy that nobody waits for here."""
    return _("Nobody is waiting for {code} here.").format(code=code)


def narrowed(text: str) -> str:
    """Return that only a part is shown, and the way back."""
    return _("Only what fits “{text}” is shown; Esc shows all.").format(text=text)
