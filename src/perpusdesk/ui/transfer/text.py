"""What the screen for moving data in and out says."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from perpusdesk.common.formats import date_and_time, number
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.exchange.columns import TableKind
from perpusdesk.exchange.open_files import Format
from perpusdesk.exchange.strange_files import Strange
from perpusdesk.services.export_formats import ExportFormat
from perpusdesk.services.import_history import RunLine, RunState
from perpusdesk.services.import_lists import ListedRow
from perpusdesk.services.import_looks import FileLook, Maker, TableLook
from perpusdesk.services.import_report import (
    DOUBLE,
    MENDED,
    NOTED,
    REFUSED,
    BrokenFile,
    ImportReport,
)
from perpusdesk.services.import_run import Progress
from perpusdesk.services.import_undo import UndoneRun
from perpusdesk.services.wording.import_rows import say_broken, say_double, say_noted, say_row
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.transfer.figures import Figure

_COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    "records": lambda count: ngettext("{count} record", "{count} records", count),
    "titles": lambda count: ngettext("{count} title", "{count} titles", count),
    "copies": lambda count: ngettext("{count} copy", "{count} copies", count),
    "members": lambda count: ngettext("{count} member", "{count} members", count),
    "loans": lambda count: ngettext("{count} loan", "{count} loans", count),
    "holds": lambda count: ngettext("{count} hold", "{count} holds", count),
    "money": lambda count: ngettext("{count} fine or payment", "{count} fines or payments", count),
    "visits": lambda count: ngettext("{count} visit", "{count} visits", count),
    "covers": lambda count: ngettext("{count} cover", "{count} covers", count),
    "photos": lambda count: ngettext("{count} photo", "{count} photos", count),
}
_MAIN: Final = ("titles", "copies", "members", "loans")
KINDS: Final = (*_MAIN, "holds", "money", "visits", "covers", "photos")
_STRANGE: Final[Mapping[Strange, tuple[str, str]]] = {
    Strange.GONE: (N_("This file is no longer there."), N_("Plug the stick in, or choose again.")),
    Strange.FOLDER: (N_("This is a folder."), N_("Open it and choose the files in it.")),
    Strange.LOCKED: (
        N_("This file cannot be opened."),
        N_("Close it in the other program, or ask whether you may read it."),
    ),
    Strange.EMPTY: (N_("This file is empty."), N_("Export it anew from the other program.")),
    Strange.PICTURE: (
        N_("This is a picture, not a list."),
        N_("Choose the table or the backup that the other program wrote."),
    ),
    Strange.DOCUMENT: (
        N_("This is a document, not a table."),
        N_("Copy the table into Excel and save it there."),
    ),
    Strange.ARCHIVE: (N_("This is an archive."), N_("Unpack it first and choose the files in it.")),
    Strange.DATABASE: (
        N_("This is another program's database file."),
        N_("Export its data as SQL, CSV or MARC there."),
    ),
    Strange.BROKEN: (
        N_("This file is damaged, or not what its name says."),
        N_("Open it in Excel, save it anew and choose it again."),
    ),
    Strange.SHEET_UNNAMED: (
        N_("This is an Excel file whose name does not end in .xlsx."),
        N_("Rename it so that it ends in .xlsx and choose it again."),
    ),
}
_FORMATS: Final[Mapping[str, str]] = {
    Format.MARC: N_("MARC (.mrc)"),
    Format.MARCXML: N_("MARCXML"),
    Format.SLIMS: N_("SLiMS"),
    Format.INLISLITE: N_("INLISLite"),
    Format.XLSX: N_("List of books"),
    Format.CSV: N_("List of books"),
    Format.MEMBERS: N_("List of members"),
    "photos": N_("Members' photos"),
}
_TABLES: Final[Mapping[TableKind, str]] = {
    TableKind.TITLES: N_("List of books"),
    TableKind.COPIES: N_("List of copies"),
    TableKind.MEMBERS: N_("List of members"),
}
_STATES: Final[Mapping[RunState, tuple[str, str, Tone]]] = {
    RunState.DONE: (N_("Done"), "check", "ok"),
    RunState.STOPPED: (N_("Stopped"), "close", "warn"),
    RunState.INTERRUPTED: (N_("Interrupted"), "warning", "warn"),
    RunState.UNDONE: (N_("Undone"), "undo", "muted"),
}


def title() -> str:
    """The word in the rail."""
    return _("Import & export")


def count_of(kind: str, count: int) -> str:
    """Return a count with what it counts."""
    return _COUNTED[kind](count).format(count=number(count))


def counts_of(counts: Mapping[str, int], *, kinds: Sequence[str] = KINDS) -> str:
    """Return all counts that are not nought, in one line."""
    return ", ".join(count_of(kind, counts[kind]) for kind in kinds if counts.get(kind))


# -- what a file is -----------------------------------------------------------------------------


def strange(why: Strange) -> tuple[str, str]:
    """Return why a file is of no use, and what to do."""
    what, todo = _STRANGE[why]
    return _(what), _(todo)


def format_choices(look: FileLook) -> list[tuple[str, Format]]:
    """Return what a file may be said to be."""
    book = Format.XLSX if look.format is Format.XLSX else Format.CSV
    if look.path.suffix.lower() in (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"):
        offered = [Format.XLSX, Format.MEMBERS, Format.INLISLITE, Format.SLIMS]
    else:
        offered = [book, Format.MEMBERS, Format.SLIMS, Format.INLISLITE]
        offered += [Format.MARC, Format.MARCXML]
    said = look.said_format
    if said is not None and not look.tables and said not in offered:
        offered = [said]
    return [(_(_FORMATS[one]), one) for one in offered]


def recognised(look: FileLook) -> str:
    """Say what was recognised: whose file it is, and how much is in it."""
    what = _what(look)
    amount = counts_of(look.counts, kinds=("records", *KINDS))
    if look.tables and len(look.tables) == 1:
        rows = look.tables[0].rows
        amount = ngettext("{count} row", "{count} rows", rows).format(count=number(rows))
    if look.partial:
        amount = _("more than {amount}").format(amount=amount)
    return f"{what} · {amount}" if amount else what


def _what(look: FileLook) -> str:
    if look.dump:
        return _("SLiMS backup (SQL)")
    if not look.tables:
        return _(_FORMATS[look.format]) if look.format else ""
    first = look.tables[0]
    kind = _(_TABLES[first.kind])
    if first.maker is Maker.SLIMS:
        return _("SLiMS: {what}").format(what=kind)
    if first.maker is Maker.INLISLITE:
        return _("INLISLite: {what}").format(what=kind)
    if len(look.tables) > 1:
        kinds = dict.fromkeys(_(_TABLES[table.kind]) for table in look.tables)
        return ", ".join(kinds)
    return kind


def columns_known(table: TableLook, *, named: bool) -> str:
    """Say how many columns have a meaning; ``named`` says of which sheet."""
    known = sum(1 for meaning in table.meanings.values() if meaning)
    said = _("Columns: {known} of {of} understood")
    words = said.format(known=number(known), of=number(len(table.meanings)))
    return f"{table.name}. {words}" if named else words


def columns_hint(table: TableLook) -> str:
    """Say what is missing before the rows can go in, or where the meanings come from."""
    if not table.usable:
        if table.kind is TableKind.MEMBERS:
            return _("Say which column holds the member's name.")
        return _("Say which column holds the title.")
    if not table.named:
        return _("No line of column names was found; the first row stands here.")
    if table.remembered:
        return _("As you said the last time; correct what is wrong.")
    return _("Guessed from the names; correct what is wrong. It is remembered.")


def samples(values: Sequence[str]) -> str:
    """Return the first values of a column, short."""
    if not values:
        return _("(empty)")
    return " · ".join(value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
                      for value in values)  # fmt: skip


_LONGEST: Final = 28


def mend(broken: tuple[str, str]) -> str:
    """Say what the mending of letters does, by an example out of the file."""
    before, after = (_around(text) for text in broken)
    said = _("Make broken letters whole: “{before}” becomes “{after}”")
    return said.format(before=before, after=after)


def _around(text: str) -> str:
    place = next((at for at, letter in enumerate(text) if not letter.isascii()), 0)
    start = max(0, place - 12)
    return ("…" if start else "") + text[start : start + 32].strip()


# -- how far it is ------------------------------------------------------------------------------


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


# -- what came of it ----------------------------------------------------------------------------


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


# -- rows to look at ----------------------------------------------------------------------------


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


# -- runs ---------------------------------------------------------------------------------------


def run_row(line: RunLine, *, running: bool = False) -> RowWords:
    """Return a run: its files, when and by whom; its state and counts at the right."""
    who = f" · {line.who}" if line.who else ""
    when = f"{date_and_time(line.begun)}{who}"
    state, icon, tone = _STATES[line.state]
    if running:
        state, icon, tone = N_("Under way"), "clock", "accent"
    what = counts_of(line.added) or counts_of(line.updated) or _("nothing new")
    if line.refused:
        what += " · " + _("{count} not taken").format(count=number(line.refused))
    faded = line.state is RunState.UNDONE
    return RowWords(line.names, when, _(state), what, icon, tone, faded=faded)


# -- out ----------------------------------------------------------------------------------------

_EXPORTS: Final[Mapping[ExportFormat, tuple[str, str]]] = {
    ExportFormat.INLISLITE: (
        N_("INLISLite sheets"),
        N_("The sheets that the Dinas asks of every branch; INLISLite reads them as they are."),
    ),
    ExportFormat.XLSX: (
        N_("Excel (XLSX)"),
        N_("One row per copy, to read, sort and count in Excel."),
    ),
    ExportFormat.CSV: (N_("CSV"), N_("The same as plain text, for any other program.")),
    ExportFormat.MARC: (
        N_("MARC 21"),
        N_("For other library programs and union catalogues; nothing of a record is lost."),
    ),
    ExportFormat.MARCXML: (
        N_("MARCXML"),
        N_("The same records as XML, for programs that want it so."),
    ),
    ExportFormat.OAI_DC: (
        N_("Dublin Core (OAI)"),
        N_("Short descriptions for Indonesia OneSearch and other portals."),
    ),
    ExportFormat.SLIMS: (
        N_("SLiMS (CSV)"),
        N_("The files that SLiMS imports: titles, copies and, if you wish, members."),
    ),
    ExportFormat.MEMBERS: (
        N_("List of members"),
        N_("All members with address and telephone, as Excel or CSV."),
    ),
}


def export_name(format_: ExportFormat) -> str:
    """Return what a format is called."""
    return _(_EXPORTS[format_][0])


def export_use(format_: ExportFormat) -> str:
    """Say in one sentence what a format is for."""
    return _(_EXPORTS[format_][1])


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


def rows_saved(count: int, file: str) -> str:
    """Say that the list was saved."""
    text = ngettext("{count} row saved in {file}.", "{count} rows saved in {file}.", count)
    return text.format(count=number(count), file=file)


def export_file(format_: ExportFormat) -> str:
    """Return the usual name of a file that goes out."""
    names = {
        ExportFormat.MEMBERS: _("Members"),
        ExportFormat.INLISLITE: _("INLISLite sheet"),
        ExportFormat.SLIMS: "SLiMS",
    }
    return names.get(format_) or _("Catalogue")
