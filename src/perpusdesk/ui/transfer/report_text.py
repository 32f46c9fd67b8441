"""What is said of an import: how far it is, what came of it, which rows are to be looked at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from perpusdesk.common.formats import date_and_time, number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.transfer.import_history import RunLine, RunState
from perpusdesk.services.transfer.import_lists import ListedRow
from perpusdesk.services.transfer.import_report import (
    DOUBLE,
    MENDED,
    NOTED,
    REFUSED,
    BrokenFile,
    ImportReport,
)
from perpusdesk.services.transfer.import_run import Progress
from perpusdesk.services.transfer.import_undo import UndoneRun
from perpusdesk.services.wording.import_rows import say_broken, say_double, say_noted, say_row
from perpusdesk.services.wording.import_runs import say_state
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.transfer.counts import KINDS, counts_of
from perpusdesk.ui.transfer.figures import Figure

_SIGNS: Final[Mapping[RunState, tuple[str, Tone]]] = {
    RunState.DONE: ("check", "ok"),
    RunState.STOPPED: ("close", "warn"),
    RunState.INTERRUPTED: ("warning", "warn"),
    RunState.UNDONE: ("undo", "muted"),
}


def far(progress: Progress) -> str:
    """Say how many rows were read and how long it takes still."""
    said = _("{done} of about {of} rows").format(done=number(progress.done), of=number(progress.of))
    return f"{said} · {time_left(progress.seconds_left)}"


def time_left(seconds: float | None) -> str:
    """Say how long it takes still, roughly."""
    if seconds is None:
        return _("time left: not known yet")
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 90:
        count = 10 * math.ceil(seconds / 10)
        return _("about {count} seconds left").format(count=count)
    minutes = math.ceil(seconds / 60)
    text = ngettext("about {count} minute left", "about {count} minutes left", minutes)
    return text.format(count=number(minutes))


def figures(report: ImportReport) -> list[Figure]:
    """Return the counts of a report; nothing new is told as such."""
    added = report.added
    names = {
        "titles": _("new titles"),
        "copies": _("new copies"),
        "members": _("new members"),
        "loans": _("loans"),
        "holds": _("holds"),
        "money": _("fines and payments"),
        "visits": _("visits"),
        "covers": _("covers"),
        "photos": _("photos"),
    }
    nothing = not any(added.values())
    found = [
        Figure(added[kind], names[kind], "ok", always=nothing and kind == "titles")
        for kind in KINDS
    ]
    found += [
        Figure(sum(report.updated.values()), _("filled in")),
        Figure(report.merged, _("copies for titles here")),
        Figure(report.duplicates, _("there already")),
        Figure(report.mended, _("put in order")),
        Figure(report.doubtful, _("to be looked at"), "warn"),
        Figure(report.refused_rows, _("not taken"), "bad"),
    ]
    return found


def tried(report: ImportReport) -> str:
    """Say what the dry run showed."""
    if not report.read:
        return _("There are no rows in these files.")
    if not any(report.added.values()) and not any(report.updated.values()):
        return _("Nothing in these files is new.")
    return _("This is what the import would do")


def took_in(report: ImportReport) -> str:
    """Say what was taken in."""
    what = counts_of(report.added)
    if report.stopped:
        if what:
            return _("Stopped. Taken in so far: {what}").format(what=what)
        return _("Stopped before anything was taken in.")
    return _("Taken in: {what}").format(what=what) if what else _("Nothing in it was new.")


def library_now(report: ImportReport) -> str:
    """Say what the library holds now, counted in it."""
    what = counts_of(report.library)
    said = _("Counted in the library just now: {what}.")
    return said.format(what=what) if what else _("The library is empty.")


def taken_back(undone: UndoneRun) -> str:
    """Say what the undoing of an import did."""
    what = counts_of(undone.removed) or counts_of(undone.restored) or _("nothing")
    said = _("Taken back: {what}.").format(what=what)
    if kept := counts_of(undone.kept):
        stays = _("Used or changed since, so it stays: {what}.")
        said = f"{said} {stays.format(what=kept)}"
    return said


def nothing_new() -> str:
    """Say that there is no use in an import."""
    return _("Bringing these files in would change nothing.")


def stays(report: ImportReport) -> str:
    """Say where the rows lie that were not taken, and what a stop means."""
    said = []
    if report.stopped:
        said.append(_("What is in stays. Go on now or later from the history, or undo it."))
    said += map(say_broken, report.broken)
    if report.set_aside is not None:
        rows = report.refused_rows
        text = ngettext(
            "{count} row that was not taken is kept in a file of its own.",
            "{count} rows that were not taken are kept in a file of their own.",
            rows,
        )
        said.append(text.format(count=number(rows)))
    return " ".join(said)


def breaks_off(one: BrokenFile) -> str:
    """Say that a file can be read up to some place only."""
    said = _("{file} breaks off or is damaged; only what stands before that place can be read.")
    return said.format(file=one.file)


def records_done(done: int, of: int) -> str:
    """Say how many records were taken back."""
    return _("{done} of {of} records").format(done=number(done), of=number(of))


_ANY: Final = dict.fromkeys(("title", "barcode", "card"), "…")


def reason_choice(what: str, code: str, count: int) -> str:
    """Return one reason with its count, for the filter."""
    if what == REFUSED:
        state, why = _("not taken"), say_row(code, _ANY)
    elif what == DOUBLE:
        state, why = _("there already"), say_double(code)
    else:
        state = _("put in order") if what == MENDED else _("to be looked at")
        why = say_noted(code)
    return f"{state}: {why} ({number(count)})"


def list_row(one: ListedRow) -> RowWords:
    """Return a row that is to be looked at: what stands in it, why, and in which file."""
    row = one.row
    place = _("row {row}").format(row=number(row.row))
    content = row.text or place
    under = one.reason
    if row.what == DOUBLE:
        under = f"{one.reason} {_same(one)}"
    states: dict[str, tuple[str, str, Tone]] = {
        REFUSED: (_("not taken"), "blocked", "bad"),
        DOUBLE: (_("there already"), "copy", "muted"),
        NOTED: (_("to be looked at"), "warning", "warn"),
        MENDED: (_("put in order"), "check", "muted"),
    }
    state, icon, tone = states[row.what]
    return RowWords(content, under, state, f"{row.file} · {place}", icon, tone)


def _same(one: ListedRow) -> str:
    if one.same:
        return _("Equal to: {record}").format(record=one.same)
    if one.row.from_file:
        said = _("Equal to row {row} of {file}.")
        return said.format(row=number(one.row.from_row), file=one.row.from_file)
    return ""


def run_row(line: RunLine, *, running: bool = False) -> RowWords:
    """Return a run: its files, when and by whom; its state and counts at the right."""
    who = f" · {line.who}" if line.who else ""
    when = f"{date_and_time(line.begun)}{who}"
    state, (icon, tone) = say_state(line.state), _SIGNS[line.state]
    if running:
        state, icon, tone = _("Under way"), "clock", "accent"
    what = counts_of(line.added) or counts_of(line.updated) or _("nothing new")
    if line.refused:
        what += " · " + _("{count} not taken").format(count=number(line.refused))
    faded = line.state is RunState.UNDONE
    return RowWords(line.names, when, state, what, icon, tone, faded=faded)
