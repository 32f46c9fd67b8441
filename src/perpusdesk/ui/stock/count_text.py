"""The sentences of the stock-take."""

from __future__ import annotations

from perpusdesk.common.formats import date_and_time, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.stock_take import Figures, Outcome, StockCount
from perpusdesk.services.results import Done, NoticeKind, Returned
from perpusdesk.services.stock.stock_counts import CountState
from perpusdesk.services.stock.stock_end import Ended
from perpusdesk.services.stock.stock_file import FileCounted
from perpusdesk.services.wording.stock import outcome_name
from perpusdesk.storage.queries.stock_lines import StockLine
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone

LOOKS: dict[Outcome, tuple[str, Tone]] = {
    Outcome.FOUND: ("check", "ok"),
    Outcome.MISPLACED: ("warning", "warn"),
    Outcome.WRONG_BRANCH: ("exchange", "warn"),
    Outcome.ON_ITS_WAY: ("exchange", "accent"),
    Outcome.ON_LOAN: ("return", "accent"),
    Outcome.LOST: ("search", "accent"),
    Outcome.WITHDRAWN: ("trash", "warn"),
    Outcome.UNKNOWN: ("help", "bad"),
    Outcome.MISSING: ("clock", "muted"),
}
"""The icon and tone of each outcome."""


def title() -> str:
    """Return the word on the tab."""
    return _("Stock-take")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def copies(count: int) -> str:
    """Return so many copies in words."""
    return ngettext("{n} copy", "{n} copies", count).format(n=number(count))


def list_name(outcome: Outcome | None, *, ended: bool = False) -> str:
    """Return the name of a list; what is missing may still be found until the end."""
    if outcome is None:
        return _("All scans")
    if outcome is Outcome.MISSING and not ended:
        return _("Not found yet")
    return outcome_name(outcome)


def taken_back(done: Done[Returned]) -> str:
    """Return what is said after a return from the shelf."""
    return _("Taken back: {title}").format(title=done.value.title or done.value.barcode)


def goes_where(done: Done[Returned]) -> str:
    """Return where a copy goes that was taken back from the shelf."""
    value, kinds = done.value, {notice.kind for notice in done.notices}
    if NoticeKind.HOLD_READY_HERE in kinds:
        return _("Keep it for {member}.").format(member=value.hold_member)
    if value.transit_to:
        return _("Send it to {branch}.").format(branch=value.transit_to)
    return _("Leave it on the shelf.")


def restored(done: Done[int]) -> str:
    """Return what is said when finds were recorded at once."""
    return _("{copies} recorded as found").format(copies=copies(done.value))


# -- lists --------------------------------------------------------------------------------------


def row(line: StockLine) -> RowWords:
    """Return one row of a list."""
    icon, tone = LOOKS[line.outcome]
    under = joined(line.code if line.title else "", line.call_number, *_more(line))
    if line.outcome is Outcome.MISSING:
        state = _("found since") if line.settled else ""
        return RowWords(line.title or line.code, under, state, "", "check", "ok")
    what = outcome_name(line.outcome)
    if line.settled:
        icon, tone, what = "check", "ok", _("{outcome}, settled").format(outcome=what)
    at = date_and_time(line.at) if line.at else ""
    who = joined(line.place, line.device, at)
    return RowWords(line.title or line.code, under, what, who, icon, tone)


def _more(line: StockLine) -> tuple[str, ...]:
    """Return what else tells where a copy belongs, or who has it."""
    if line.member and line.due:
        until = _("due {date}").format(date=short_date(line.due))
        return line.location, line.member, until
    other = line.outcome is Outcome.WRONG_BRANCH
    return line.location, line.branch if other else ""


def count_row(count: StockCount) -> RowWords:
    """Return one count of the history."""
    began = short_date(count.started.date())
    if count.ended is None:
        return RowWords(
            count.name, _("begun {date}").format(date=began), _("Under way"), "", "stock", "accent"
        )
    figures = count.figures or Figures()
    last = short_date(count.ended.date())
    span = began if began == last else _("{first} to {last}").format(first=began, last=last)
    found = _("{found} of {expected} found").format(
        found=number(figures.found), expected=number(figures.expected)
    )
    state = f"{figures.percent} %"
    tone: Tone = "ok" if not figures.missing else "warn"
    return RowWords(count.name, span, state, found, "check" if tone == "ok" else "info", tone)


# -- beginning and ending -----------------------------------------------------------------------


def explained() -> str:
    """Return in two sentences what a stock-take is."""
    return _(
        "Scan the copies on a shelf: PerpusDesk tells at once what stands in the wrong place, is"
        " recorded as on loan, or is not known. At the end it lists what is missing; several"
        " devices may count at the same time, also without a network."
    )


def expected(number_: int) -> str:
    """Return how many copies a count would have to find."""
    if not number_:
        return _("No copy is expected there, so there is nothing to count.")
    return _("{copies} should be there.").format(copies=copies(number_))


def begun(done: Done[CountState]) -> str:
    """Return what is said when a count began."""
    return _("Stock-take begun: {copies} expected").format(
        copies=copies(done.value.figures.missing)
    )


def end_heading(figures: Figures) -> str:
    """Return the question before the end."""
    if not figures.missing:
        return _("Everything was found. End the stock-take?")
    return _("End the stock-take and record {copies} as missing?").format(
        copies=copies(figures.missing)
    )


def end_why(state: CountState) -> str:
    """Return what is good to know before the end."""
    parts = []
    if state.figures.missing:
        parts.append(_("They are listed below."))
    if state.figures.away:
        away = _("{copies} on loan, on the way or used since the beginning are not among them.")
        parts.append(away.format(copies=copies(state.figures.away)))
    others = [one for one in state.counters if not one.own]
    if others:
        who = ", ".join(f"{one.device} ({date_and_time(one.last)})" for one in others)
        parts.append(
            _("Counted on other devices too: {devices}. Let them exchange first.").format(
                devices=who
            )
        )
    if not state.figures.found:
        parts.append(_("Nothing was found yet: if it was begun by mistake, discard it instead."))
    return " ".join(parts)


def ended(done: Done[Ended]) -> str:
    """Return what is said after the end."""
    if not done.value.marked:
        return _("Stock-take ended; nothing is missing")
    return _("Stock-take ended; {copies} recorded as missing").format(
        copies=copies(done.value.marked)
    )


def reopened(done: Done[Ended]) -> str:
    """Return what is said when a count goes on."""
    return _("Opened again; {copies} are expected again").format(copies=copies(done.value.marked))


def from_file(done: Done[FileCounted]) -> str:
    """Return what a file of codes came to."""
    told_ = done.value
    new = sum(told_.by_outcome.values())
    parts = [
        _("{n} codes read").format(n=number(told_.read)),
        _("{n} new").format(n=number(new)),
        _("{n} counted already").format(n=number(told_.again)) if told_.again else "",
        _("{n} not usable").format(n=number(len(told_.refused))) if told_.refused else "",
    ]
    return ", ".join(part for part in parts if part)


def progress(figures: Figures) -> str:
    """Return what stands behind the number found."""
    return _("of {expected} found").format(expected=number(figures.expected))


def compared(now: Figures, before: StockCount | None) -> str:
    """Return how a count stands to the last one of the same shelves."""
    if before is None or before.figures is None:
        return ""
    return _("Last time ({date}): {percent} %, {missing} not found").format(
        date=short_date(before.started.date()),
        percent=before.figures.percent,
        missing=number(before.figures.missing),
    )


def nothing_open() -> str:
    """Return what is said of a scan while no count is open here."""
    return _("Begin a stock-take or go on with one; then scan.")
