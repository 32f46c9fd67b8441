"""The sentences of the history."""

from __future__ import annotations

from datetime import date, timedelta

from perpusdesk.common.formats import date_and_time, long_date, number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.conflicts.conflict_links import Link
from perpusdesk.services.history.history import HistoryLine
from perpusdesk.services.history.history_details import Change, HistoryDetails, Touched
from perpusdesk.services.history.history_sheet import say_overridden
from perpusdesk.services.wording.actions import action_name
from perpusdesk.ui.kit.record_list import RowWords

_LAST_WEEK = timedelta(days=6)
_LAST_MONTH = timedelta(days=29)


def row(line: HistoryLine) -> RowWords:
    """Return the two lines of an action, and who did it where."""
    state, icon, tone = _state(line)
    by = joined(line.staff_name, line.branch_name or line.device_name)
    return RowWords(
        title=joined(action_name(line.verb), line.thing, line.person),
        under=joined(date_and_time(line.at), by),
        state=state,
        state_under=line.why,
        icon=icon,
        tone="warn" if tone else "muted",
        faded=line.undone,
    )


def _state(line: HistoryLine) -> tuple[str, str, bool]:
    """Return the word at the right, its icon, and whether it is worth a look."""
    if line.undone:
        return _("Undone"), "undo", False
    if line.overridden:
        return _("Exception"), "warning", True
    if line.in_doubt:
        return _("Clock in doubt"), "clock", True
    if line.backdated:
        return _("Entered later"), "clock", False
    return "", "", False


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return " · ".join(part for part in parts if part)


def count(shown: int, *, more: bool) -> str:
    """Return how many actions are shown, and whether there are older ones."""
    words = ngettext("{n} action", "{n} actions", shown).format(n=number(shown))
    return _("The latest {actions}").format(actions=words) if more else words


def looking(reached: date | None) -> str:
    """Return up to which day was looked."""
    return (
        _("Looking back to {day} …").format(day=long_date(reached)) if reached else _("Looking …")
    )


def periods(today: date) -> list[tuple[str, tuple[date | None, date | None] | None]]:
    """Return the periods to choose from; the last one, ``None``, is told by two dates."""
    return [
        (_("All times"), (None, None)),
        (_("Today"), (today, today)),
        (_("Last 7 days"), (today - _LAST_WEEK, today)),
        (_("Last 30 days"), (today - _LAST_MONTH, today)),
        (_("This year"), (date(today.year, 1, 1), today)),
        (_("From … to …"), None),
    ]


def facts(details: HistoryDetails) -> list[tuple[str, str]]:
    """Return who did it, where and when, each with its label."""
    line = details.line
    found = [
        (_("When"), date_and_time(line.at)),
        (_("Who"), line.staff_name or _("Nobody was signed in")),
        (_("Where"), joined(line.branch_name, line.device_name)),
    ]
    if line.backdated:
        found.append((_("Entered"), date_and_time(line.written)))
    if line.in_doubt:
        found.append((_("Clock"), _("It ran ahead; the library set the time right.")))
    if line.overridden:
        found.append((_("Exception to"), say_overridden(line)))
    if line.why:
        found.append((_("Reason"), line.why))
    if details.undone_at:
        found.append((_("Undone"), joined(date_and_time(details.undone_at), details.undone_by)))
    return found


def touched(one: Touched) -> str:
    """Return the heading of a record, and what became of it."""
    became = {"deleted": _("removed"), "taken_back": _("taken back")}.get(one.what, "")
    return joined(one.name, became)


def change(one: Change) -> str:
    """Return the values of a field, before and after."""
    return f"{one.before} → {one.after}" if one.before else one.after


def more(count_: int) -> str:
    """Return how many further records an action touched."""
    return ngettext("and {n} record more", "and {n} records more", count_).format(n=number(count_))


def link(one: Link) -> str:
    """Return the words of the button that leads to a record."""
    words = _("Member: {name}") if one.record == "member" else _("Title: {name}")
    name = one.label if len(one.label) <= 40 else one.label[:39].rstrip() + "…"
    return words.format(name=name)


def about(name: str) -> str:
    """Return what the list is narrowed to."""
    return _("About {name}").format(name=name)
