"""The sentences of the catalogue's screen."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.formats import number, short_date
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import Marked
from perpusdesk.services.cataloguing.title_card import CopyLine, CopyState, TitleCard
from perpusdesk.services.cataloguing.title_lists import Asked, Order, TitleHit, TitleList
from perpusdesk.services.members.member_lists import MemberLine
from perpusdesk.services.results import Done, LoanLine
from perpusdesk.services.searching.search_misses import Miss
from perpusdesk.services.wording.titles import language
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone

_STATES: Final[dict[CopyState, tuple[str, str, Tone]]] = {
    CopyState.ON_LOAN: (N_("on loan"), "lend", "accent"),
    CopyState.KEPT: (N_("kept for a hold"), "hold", "accent"),
    CopyState.IN_TRANSIT: (N_("on its way"), "exchange", "accent"),
    CopyState.AVAILABLE: (N_("on the shelf"), "check", "ok"),
    CopyState.READING_ROOM: (N_("for reading here"), "book", "text"),
    CopyState.DAMAGED: (N_("damaged"), "warning", "warn"),
    CopyState.LOST: (N_("lost"), "warning", "bad"),
    CopyState.MISSING: (N_("missing"), "search", "bad"),
    CopyState.WITHDRAWN: (N_("withdrawn"), "blocked", "muted"),
}
_CONDITIONS: Final = {
    Condition.GOOD: N_("{barcode} is good again"),
    Condition.DAMAGED: N_("{barcode} is recorded as damaged"),
    Condition.LOST: N_("{barcode} is recorded as lost"),
    Condition.MISSING: N_("{barcode} is recorded as missing"),
    Condition.WITHDRAWN: N_("{barcode} is withdrawn"),
}


def title() -> str:
    """Return the word in the rail."""
    return _("Catalogue")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def count(asked: Asked, found: TitleList) -> str:
    """Return how many titles there are, or fit."""
    many = len(found.rows)
    titles = ngettext("{n} title", "{n} titles", many).format(n=number(many))
    if not found.whole:
        titles = _("more than {count}").format(count=titles) if many else _("Looking …")
    if not asked.text or (not found.whole and not many):
        return titles
    if found.nearly:
        return _("{count} nearly fit “{text}”").format(count=titles, text=asked.text)
    meant = found.did_you_mean or asked.text
    return _("{count} found for “{text}”").format(count=titles, text=meant)


def note(asked: Asked, found: TitleList) -> str:
    """Return what was searched when it was not the text; empty when it was."""
    if found.nearly:
        return _("No title has all the words; each of these lacks one.")
    if found.did_you_mean:
        return _("There is nothing for “{text}”.").format(text=asked.text)
    return ""


def take_instead(found: TitleList) -> str:
    """Return the verb that searches for what was found instead; empty when there is none."""
    return _("Search for “{text}”").format(text=found.instead) if found.instead else ""


def orders(*, searched: bool) -> list[tuple[str, Order]]:
    """Return the orders of a list in words."""
    best = [(_("Best match first"), Order.BEST)] if searched else []
    return [
        *best,
        (_("Newest in the library"), Order.NEWEST),
        (_("By title"), Order.TITLE),
        (_("By author"), Order.AUTHOR),
        (_("By year, latest first"), Order.YEAR),
        (_("By call number"), Order.SHELF),
    ]


def miss_row(miss: Miss) -> RowWords:
    """Return a search that found nothing."""
    times = ngettext("{n} time", "{n} times", miss.times).format(n=number(miss.times))
    last = _("last on {date}").format(date=short_date(miss.last))
    return RowWords(miss.text, last, times)


def title_row(hit: TitleHit) -> RowWords:
    """Return a title in the list."""
    under = joined(hit.author, hit.year, hit.call_number)
    if not hit.copies:
        return RowWords(hit.title, under, _("no copies"), low=True)
    shelf = _("{available} of {copies} on the shelf").format(
        available=hit.available, copies=hit.copies
    )
    if hit.available:
        return RowWords(hit.title, under, shelf, "", "check", "ok", low=True)
    return RowWords(hit.title, under, shelf, "", "clock", "warn", low=True)


def copy_row(copy: CopyLine) -> RowWords:
    """Return a copy with what is true of it now."""
    state, icon, tone = _STATES[copy.state]
    under = joined(copy.branch, copy.location, copy.kind, copy.inventory)
    words = _(state)
    until = ""
    if copy.state is CopyState.ON_LOAN:
        words = _("on loan: {member}").format(member=copy.member_name)
        until = _("due {date}").format(date=short_date(copy.until)) if copy.until else ""
        if copy.late:
            return RowWords(copy.barcode, under, words, until, "warning", "bad")
    elif copy.state is CopyState.KEPT:
        words = _("kept for {member}").format(member=copy.member_name)
        until = _("until {date}").format(date=short_date(copy.until)) if copy.until else ""
    elif copy.state is CopyState.IN_TRANSIT:
        until = _("to {branch}").format(branch=copy.sent_to)
    faded = copy.state is CopyState.WITHDRAWN
    return RowWords(copy.barcode or "–", under, words, until, icon, tone, faded)


def hold_row(line: HoldLine) -> RowWords:
    """Return a hold in the queue of the title."""
    placed = _("placed {date}").format(date=short_date(line.placed_at.date()))
    under = joined(line.card, line.pickup_name, placed)
    if line.in_transit:
        return RowWords(
            line.member_name, under, _("on its way"), line.barcode, "exchange", "accent"
        )
    if line.state == "ready":
        until = (
            _("until {date}").format(date=short_date(line.pickup_until))
            if line.pickup_until
            else ""
        )
        state = _("kept: {barcode}").format(barcode=line.barcode)
        return RowWords(line.member_name, under, state, until, "hold", "ok")
    place = _("place {n} in the queue").format(n=line.position)
    return RowWords(line.member_name, under, place, "", "clock", "text")


def past_row(line: LoanLine) -> RowWords:
    """Return a loan of a copy's history."""
    lent = _("lent {date}").format(date=short_date(line.lent_at.date()))
    ended = short_date(line.returned_at.date()) if line.returned_at else ""
    under = joined(line.card, lent)
    if line.end == "open":
        due = _("due {date}").format(date=short_date(line.due))
        return RowWords(line.member_name, under, _("on loan"), due, "lend", "accent")
    if line.end == "lost":
        return RowWords(line.member_name, under, _("lost"), ended, "warning", "bad")
    return RowWords(line.member_name, under, _("returned"), ended, faded=True)


def member_row(line: MemberLine) -> RowWords:
    """Return a member who may wait for the title."""
    return RowWords(line.name, joined(line.card, line.institution, line.phone))


def facts(card: TitleCard) -> list[tuple[str, str]]:
    """Return what is known of a title, label and value."""
    known = card.facts
    imprint = ", ".join(part for part in (known.place, known.publisher, known.year) if part)
    found = (
        (_("Published"), imprint),
        (_("Edition"), known.edition),
        (_("Extent"), known.extent),
        (_("Series"), known.series),
        ("ISBN", known.isbn.replace(" ", ", ")),
        (_("Classification"), known.classification),
        (_("Subjects"), known.subjects),
        (_("Other authors"), known.other_authors),
        (_("Language"), language(known.language)),
    )
    return [(label, value) for label, value in found if value]


def shelf(card: TitleCard) -> tuple[str, str, Tone]:
    """Return in one line whether the title can be had: icon, words, tone."""
    stock = [copy for copy in card.copies if copy.state is not CopyState.WITHDRAWN]
    if not stock:
        return "info", _("No copies"), "muted"
    words = _("{available} of {copies} on the shelf").format(
        available=card.available, copies=len(stock)
    )
    waiting = sum(hold.state == "waiting" for hold in card.holds)
    if waiting:
        queue = ngettext("{n} is waiting", "{n} are waiting", waiting).format(n=waiting)
        words = joined(words, queue)
    return ("check", words, "ok") if card.available else ("clock", words, "warn")


def marked(done: Done[Marked]) -> str:
    """Return what is said when a copy's condition was entered."""
    value = done.value
    return _(_CONDITIONS[value.condition]).format(barcode=value.barcode)


def placed(done: Done[HoldLine]) -> str:
    """Return what is said when a hold was placed."""
    line = done.value
    return _("{member} is waiting, place {n}").format(member=line.member_name, n=line.position)
