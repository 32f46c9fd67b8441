"""What is said of files: what they are, what is in them, and what their columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.exchange.columns import TableKind
from perpusdesk.exchange.open_files import Format
from perpusdesk.exchange.strange_files import Strange
from perpusdesk.services.transfer.import_looks import FileLook, Maker, TableLook
from perpusdesk.ui.transfer.counts import KINDS, counts_of

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
