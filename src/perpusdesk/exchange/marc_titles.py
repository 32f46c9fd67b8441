"""Read titles out of MARC 21 files (ISO 2709), one record at a time.

A record that cannot be read is reported and passed over; it never hides the ones behind it.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.lc_classes import class_from_lc
from perpusdesk.domain.materials import material_of
from perpusdesk.exchange import marc_fields
from perpusdesk.exchange.marc_record import MarcRecord, of_pymarc, quick
from perpusdesk.exchange.marc_repair import Mended, Problem, mend
from perpusdesk.exchange.marc_stream import Piece, pieces
from perpusdesk.exchange.marc_text import parse
from perpusdesk.exchange.title_record import Note, TitleRecord


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that was not taken: its number in the file (from 1), its byte offset, its bytes."""

    number: int
    offset: int
    problem: Problem
    marc: bytes


def read_titles(stream: BinaryIO) -> Iterator[TitleRecord | BadRecord]:
    """Yield every record of a binary stream in order, good and bad; memory stays bounded.

    Records in UTF-8 and MARC-8 are understood whatever their leader says of the encoding.
    """
    for number, piece in enumerate(pieces(stream), start=1):
        read = _read(piece)
        yield read if isinstance(read, TitleRecord) else _bad(number, piece, read)


def read_titles_file(path: Path) -> Iterator[TitleRecord | BadRecord]:
    """Yield the records of a file, also one compressed with xz.

    Raises ``KnownError`` (UNREADABLE_FILE; DAMAGED for a broken compressed file), with the file.
    """
    try:
        with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
            yield from read_titles(cast(BinaryIO, stream))
    except (lzma.LZMAError, EOFError) as error:
        raise KnownError(Fault.DAMAGED, file=str(path)) from error
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error)) from error


def _bad(number: int, piece: Piece, problem: Problem) -> BadRecord:
    return BadRecord(number, piece.offset, problem, piece.data)


def _read(piece: Piece) -> TitleRecord | Problem:
    if piece.too_long:
        return Problem.TOO_LONG
    record = quick(piece.data)
    return title_of(record, piece.data, frozenset()) if record else thoroughly(piece)


def thoroughly(piece: Piece) -> TitleRecord | Problem:
    """Read a record of which something may be out of order (a long way for those in order)."""
    mended = mend(piece.data)
    if isinstance(mended, Problem):
        return mended
    if not piece.whole and mended.lost:
        return Problem.TORN
    notes = _frame_notes(mended)
    record, damaged = parse(mended.data)
    if record is None:
        return Problem.TEXT_UNREADABLE
    notes |= {Note.TEXT_DAMAGED} if damaged else set()
    return title_of(of_pymarc(record), mended.data, notes)


def _frame_notes(mended: Mended) -> frozenset[Note]:
    found = ((mended.repaired, Note.FRAME_REPAIRED), (mended.lost > 0, Note.FIELDS_LOST))
    return frozenset(note for is_so, note in found if is_so)


def title_of(record: MarcRecord, marc: bytes, notes: frozenset[Note]) -> TitleRecord | Problem:
    """Return what a record says; ``marc`` is kept with it as the whole record."""
    title, subtitle = marc_fields.title_and_subtitle(record)
    if not title:
        return Problem.NO_TITLE
    leader = marc[:24].decode("latin-1")
    author, corporate = marc_fields.author(record)
    place, publisher, year = marc_fields.publication(record)
    isbn, wrong_check = marc_fields.isbns(record)
    shelf, proposed = _classification(record)
    found = ((wrong_check, Note.ISBN_CHECK), (proposed, Note.CLASS_PROPOSED))
    return TitleRecord(
        title=title,
        subtitle=subtitle,
        responsibility=marc_fields.first(record, ("245",), "c"),
        author=author,
        author_is_corporate=corporate,
        other_authors=marc_fields.other_authors(record),
        publisher=publisher,
        place=place,
        year=year,
        isbn=isbn,
        language=marc_fields.language(record),
        classification=shelf,
        call_number_from_record=marc_fields.call_number(record),
        for_children=marc_fields.for_children(record),
        extent=marc_fields.extent(record),
        subjects=marc_fields.subjects(record),
        edition=marc_fields.first(record, ("250",), "a"),
        series=marc_fields.series(record),
        summary=marc_fields.summary(record),
        control_number=record.control("001").strip(),
        issn=marc_fields.first(record, ("022",), "a"),
        material=material_of(leader, record.control("007"), record.control("008")),
        marc=marc,
        notes=notes | {note for is_so, note in found if is_so},
    )


def _classification(record: MarcRecord) -> tuple[str, bool]:
    """Return the class and whether it is only a proposal from the LC number."""
    if said := marc_fields.classification(record):
        return said, False
    language = marc_fields.language(record)
    proposed = class_from_lc(marc_fields.first(record, ("050",), "a"), language)
    return proposed, bool(proposed)
