"""What the dashboard says."""

from __future__ import annotations

from datetime import date

from perpusdesk.common.formats import month_name, number, weekday_name
from perpusdesk.common.i18n import _, language, ngettext
from perpusdesk.services.figures.dashboard import ClassLine, Dashboard, PlaceLine, Tile, Wanted
from perpusdesk.services.wording.collection import class_name
from perpusdesk.services.wording.measures import hour_name
from perpusdesk.ui.kit.charts.share import percent

_MONDAY = date(2024, 1, 1).toordinal()


def short_month(month: str) -> str:
    """Return ``Nov``."""
    return month_name(int(month[5:]))[:3]


def short_weekday(weekday: int) -> str:
    """Return the name of a weekday (0 is Monday)."""
    return weekday_name(date.fromordinal(_MONDAY + weekday))


def compared(tile: Tile, month: str) -> tuple[str, str]:
    """Return how a figure compares with that of a year before: the change, and what it was."""
    when = f"{short_month(month)} {month[:4]}"
    if tile.before is None:
        return "", _("No figures of {month}").format(month=when)
    if tile.unequal:
        words = _("all of {month}: {n}")
        return "", words.format(month=when, n=number(tile.before))
    if tile.until is not None:
        when = f"1–{tile.until} {when}"
    said = change(tile.value, tile.before) if tile.before else ""
    return said, f"{when}: {number(tile.before)}"


def change(now: int, before: int) -> str:
    """Return a change in words and percent: never by sign or colour alone."""
    if now == before:
        return _("the same")
    if not before:
        return _("none before")
    share = percent(abs(now - before), before)
    return (
        _("up {percent}").format(percent=share)
        if now > before
        else _("down {percent}").format(percent=share)
    )


def place_said(line: PlaceLine) -> str:
    """Return the numbers of a branch or stop in one line."""
    return _("{visits} came · {loans} lent · {readings} read").format(
        visits=number(line.values["visits"]),
        loans=number(line.values["loans"]),
        readings=number(line.values["readings"]),
    )


def class_said(line: ClassLine) -> str:
    """Return how a class moves, in one line."""
    uses = decimal(line.uses_per_copy)
    still = percent(line.unused, line.copies) if line.copies else "–"
    return _("{uses}× · {still} still").format(uses=uses, still=still)


def hours_under(board: Dashboard) -> str:
    """Return what the heat map shows, and its quietest and busiest hour."""
    said = _("Visitors in an average hour of the last three months.")
    if not board.hours:
        return said
    quiet, busy = (
        min(board.hours, key=lambda at: (board.hours[at], at)),
        max(board.hours, key=lambda at: (board.hours[at], at)),
    )
    ends = _("Quietest: {quiet}. Busiest: {busy}.")
    return f"{said} {ends.format(quiet=hour_name(*quiet), busy=hour_name(*busy))}"


def classes_under(board: Dashboard) -> str:
    """Return what the bars of the classes show, and whose copies are used most."""
    said = _("Copies by class; hatched: not used for a year; ×: uses of a copy in the year.")
    busiest = max(board.classes, key=lambda line: line.uses_per_copy, default=None)
    if busiest is None or not busiest.used:
        return said
    most = _("Most used: {name}, {uses}× a copy.")
    told = most.format(name=class_name(busiest.key), uses=decimal(busiest.uses_per_copy))
    return f"{said} {told}"


def decimal(value: float) -> str:
    """Return a number with one place after the sign that the language has."""
    text = f"{value:.1f}"
    return text if language() == "en" else text.replace(".", ",")


def wanted_said(one: Wanted) -> str:
    """Return how many wait for how many copies."""
    words = ngettext("{n} waits, {copies} copies", "{n} wait, {copies} copies", one.holds)
    return words.format(n=number(one.holds), copies=number(one.copies))


def hour_said(value: float) -> str:
    """Return the visitors of an average hour."""
    return decimal(value) if value < 10 and value != int(value) else number(round(value))


def waiting_said(days: int) -> str:
    """Return how much is still to be counted."""
    words = ngettext("Counting: {n} day left", "Counting: {n} days left", days)
    return words.format(n=number(days))
