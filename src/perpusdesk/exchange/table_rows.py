"""Rows of a table, once its columns are known, as titles, copies and members."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from perpusdesk.domain.codes import ean_digit
from perpusdesk.exchange import plain_text
from perpusdesk.exchange.columns import Columns, TableKind
from perpusdesk.exchange.import_rows import (
    BadRow,
    CopyRow,
    MemberRow,
    Picture,
    Row,
    RowProblem,
    TitleRow,
)
from perpusdesk.exchange.isbn_repair import isbns_in
from perpusdesk.exchange.material_words import material_called
from perpusdesk.exchange.pictures import COVERS, PHOTOS, picture_of
from perpusdesk.exchange.tables import Table
from perpusdesk.exchange.title_record import Note, TitleRecord

_BRACKETED: Final = re.compile(r"<([^<>]*)>")
_SOURCES: Final = {"1": "Pembelian", "2": "Hibah"}
_FEMALE: Final = frozenset({"p", "perempuan", "wanita", "female", "f", "0"})
_MALE: Final = frozenset({"l", "laki-laki", "laki laki", "pria", "male", "m", "1"})
_MOST_COPIES: Final = 500
_COUNT: Final = re.compile(r"([0-9]{1,9})(?:[.,]00?)?\s*(?:[^\W\d_][^\d]*)?")
"""A number of copies, with or without the word for them behind it."""


class Cells:
    """One row by the names of its fields."""

    def __init__(
        self,
        row: int,
        cells: list[str],
        columns: Columns,
        *,
        mend: bool,
        source: Path | None = None,
    ) -> None:
        self.row = row
        self._source = source
        self.cells = cells
        self._columns = columns
        self.notes: set[Note] = set()
        if mend and any(not cell.isascii() for cell in cells):
            whole = [plain_text.mended(cell) for cell in cells]
            if whole != cells:
                self.cells = whole
                self.notes.add(Note.TEXT_REPAIRED)

    def every(self, field: str) -> list[str]:
        """Return what stands in the columns of a field, empty ones left out."""
        places = self._columns.get(field, ())
        return [self.cells[at] for at in places if at < len(self.cells) and self.cells[at]]

    def __getitem__(self, field: str) -> str:
        return next(iter(self.every(field)), "")

    def picture(self, folders: tuple[str, ...], name: str) -> Picture | None:
        """Return the picture that a cell names, where it lies beside the file of the row."""
        return picture_of(self._source, folders, name) if self._source and name else None

    def text(self) -> str:
        """Return the whole row for a person to recognise."""
        return " | ".join(cell for cell in self.cells if cell)[:500]


def rows_of(
    table: Table,
    kind: TableKind,
    columns: Columns,
    *,
    mend: bool = True,
    source: Path | None = None,
) -> Iterator[Row]:
    """Yield the rows of a table; one with more cells than the header has is not guessed at.

    ``source`` is the file that it comes from: pictures that rows name lie beside it.
    """
    make: Mapping[TableKind, Callable[[Cells], Row]] = {
        TableKind.TITLES: title_row,
        TableKind.COPIES: copy_row,
        TableKind.MEMBERS: member_row,
    }
    width = len(table.header)
    for number, row in table.rows:
        cells = Cells(number, row, columns, mend=mend, source=source)
        if (width and any(row[width:])) or row == ["\ufffd"]:
            facts = {"problem": "columns"}
            yield BadRow(number, RowProblem.DAMAGED, facts, cells.text())
        elif not _is_heading(row):
            yield make[kind](cells)


def _is_heading(row: list[str]) -> bool:
    """Whether a row only numbers the columns, as the second line of some forms does."""
    said = [cell for cell in row if cell]
    return len(said) > 5 and said == [str(number) for number in range(1, len(said) + 1)]


# -- titles -------------------------------------------------------------------------------------


def title_row(cells: Cells) -> Row:
    """Return a title with its copies."""
    title, subtitle = _parted_title(cells["title"], cells["subtitle"])
    if not title:
        return BadRow(cells.row, RowProblem.NO_TITLE, text=cells.text())
    isbn, notes = _isbn(cells.every("isbn"))
    copies, (wanted, unclear) = _copies(cells), _count(cells["count"])
    author, others, corporate = _authors(cells)
    record = TitleRecord(
        title=title,
        subtitle=subtitle,
        responsibility=cells["responsibility"],
        author=author,
        author_is_corporate=corporate,
        other_authors=others,
        publisher=cells["publisher"],
        place=cells["place"],
        year=plain_text.as_year(cells["year"]),
        isbn=isbn,
        language=plain_text.language_code(cells["language"]),
        classification=cells["classification"],
        call_number_from_record=cells["call_number"] or cells["copy_call_number"],
        issn=cells["issn"],
        material=material_called(cells["material"]),
        extent=_extent(cells["extent"], cells["dimensions"]),
        subjects=tuple(_list(cells["subjects"])),
        edition=cells["edition"],
        series=cells["series"],
        summary=cells["summary"],
        notes=frozenset(cells.notes) | notes | unclear,
    )
    return TitleRow(
        cells.row,
        record,
        copies,
        max(0, wanted - len(copies)),
        cells.picture(COVERS, cells["cover"]),
    )


def _parted_title(title: str, subtitle: str) -> tuple[str, str]:
    if subtitle or " : " not in title:
        return title, subtitle
    head, _, rest = title.partition(" : ")
    return (head.strip(), rest.strip()) if head.strip() else (rest.strip(), "")


def _isbn(texts: list[str]) -> tuple[tuple[str, ...], frozenset[Note]]:
    """Return every ISBN once, whether it has 10 or 13 digits."""
    found: dict[str, str] = {}
    notes: frozenset[Note] = frozenset()
    for text in texts:
        numbers, what = isbns_in(text)
        notes |= what
        for number in numbers:
            body = "978" + number[:9]
            found.setdefault(body + ean_digit(body) if len(number) == 10 else number, number)
    if found:
        notes -= {Note.ISBN_LOST}
    return tuple(found.values()), notes


def _authors(cells: Cells) -> tuple[str, tuple[str, ...], bool]:
    people = _list(cells["author"], names=True)
    bodies = _list(cells["corporate"])
    others = _list(cells["other_authors"], names=True) + _list(cells["other_bodies"])
    corporate = not people and bool(bodies)
    first, *rest = [*people, *bodies, *others] or [""]
    return first, tuple(dict.fromkeys(rest)), corporate


def _list(text: str, *, names: bool = False) -> list[str]:
    """Return the values of ``<A><B>``, of ``A; B``, and of names in their usual order ``A B, C D``.

    A comma in a name parts family name and given names, unless both sides have several words.
    """
    if _BRACKETED.search(text):
        return [value.strip() for value in _BRACKETED.findall(text) if value.strip()]
    parts = [part.strip() for part in text.split(";")]
    if names and len(parts) == 1 and "," in text:
        by_comma = [part.strip() for part in text.split(",")]
        if all(" " in part for part in by_comma if part):
            parts = by_comma
    return [part for part in parts if part]


def _extent(extent: str, dimensions: str) -> str:
    pages = f"{extent} hlm." if extent.isdigit() else extent
    size = f"{dimensions} cm" if dimensions.isdigit() else dimensions
    return " ; ".join(part for part in (pages, size) if part)


def _copies(cells: Cells) -> tuple[CopyRow, ...]:
    """Return the copies that have a number."""
    barcodes = _list(cells["barcode"]) or [""]
    numbers = _list(cells["inventory"]) or [""]
    numbers += [""] * (len(barcodes) - len(numbers))
    barcodes += [""] * (len(numbers) - len(barcodes))
    pairs = [pair for pair in zip(barcodes, numbers, strict=True) if any(pair)]
    return tuple(_copy(cells, barcode, number) for barcode, number in pairs)


def _count(text: str) -> tuple[int, frozenset[Note]]:
    """Return how many copies a cell says (``3``, ``3.0``, ``3 eks.``), with a note: unclear."""
    unclear = frozenset({Note.COPIES_UNCLEAR})
    found = _COUNT.fullmatch(text)
    if not found:
        return 0, unclear if text.strip("-– ") else frozenset()
    count = int(found[1])
    return (count, frozenset()) if count <= _MOST_COPIES else (_MOST_COPIES, unclear)


def _copy(cells: Cells, barcode: str, inventory: str, title: str = "") -> CopyRow:
    source = cells["source"]
    own_number = cells["copy_call_number"]
    return CopyRow(
        row=cells.row,
        barcode=barcode,
        inventory=inventory,
        title=title,
        kind=cells["kind"],
        branch=cells["branch"],
        location=cells["location"],
        source=_SOURCES.get(source, "" if source == "0" else source),
        received=plain_text.as_day(cells["received"]),
        access=cells["access"],
        condition=cells["condition"],
        price=plain_text.as_price(cells["price"]),
        note="; ".join(filter(None, (cells["with_it"], cells["copy_note"]))),
        supplier=cells["supplier"],
        call_number="" if own_number == cells["call_number"] else own_number,
        rfid=cells["rfid"],
        volume=cells["volume"],
        issue_day=plain_text.as_day(cells["issue_day"]),
    )


def copy_row(cells: Cells) -> Row:
    """Return a copy that names its title."""
    if not cells["barcode"]:
        return BadRow(cells.row, RowProblem.NO_BARCODE, text=cells.text())
    copy = _copy(cells, cells["barcode"], cells["inventory"], cells["title"])
    return replace(copy, call_number=cells["call_number"] or copy.call_number)


# -- members ------------------------------------------------------------------------------------


def member_row(cells: Cells) -> Row:
    """Return a member."""
    name = cells["name"]
    if not name:
        return BadRow(cells.row, RowProblem.NO_NAME, text=cells.text())
    plain = ("email", "address", "guardian_name", "guardian_phone", "guardian_relation", "note")
    fields = {field: cells[field] for field in plain}
    for field in ("registered", "expires", "birth_date", "photo_consent"):
        fields[field] = plain_text.as_day(cells[field])
    sex = cells["sex"].lower()
    fields["sex"] = "P" if sex in _FEMALE else "L" if sex in _MALE else ""
    fields["phone"] = ", ".join(dict.fromkeys(cells.every("phone")))
    fields["institution"] = " ".join(filter(None, (cells["institution"], cells["class"])))
    said = {field: value for field, value in fields.items() if value}
    photo = cells.picture(PHOTOS, cells["photo"])
    return MemberRow(cells.row, cells["card"], name, cells["category"], said, photo)
