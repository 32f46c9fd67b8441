"""Titles with their copies out of MARC 21, in ISO 2709 and as MARCXML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perpusdesk.exchange.import_rows import BadRow, CopyRow, Row, RowProblem, TitleRow
from perpusdesk.exchange.marc_titles import BadRecord
from perpusdesk.exchange.title_record import TitleRecord

_FIELD_END = b"\x1e"
_SUBFIELD = b"\x1f"


def rows_of(records: Iterable[TitleRecord | BadRecord]) -> Iterator[Row]:
    """Yield records as rows; their copies are in fields 852 (p, j) and 990 (a)."""
    for number, record in enumerate(records, start=1):
        if isinstance(record, BadRecord):
            facts = {"problem": record.problem.value}
            yield BadRow(number, RowProblem.DAMAGED, facts, marc=record.marc)
        else:
            yield TitleRow(number, record, copies_in(number, record.marc))


def copies_in(row: int, marc: bytes) -> tuple[CopyRow, ...]:
    """Return the copies that a well-framed record names; reads only these two fields."""
    if b"\x1fp" not in marc and b"990" not in marc[24:4000]:
        return ()
    holdings = fields(marc, b"852")
    places = [(of(field, "p"), of(field, "j"), of(field, "c")) for field in holdings]
    copies = [
        CopyRow(row, barcode=barcode, inventory=inventory, location=location)
        for barcode, inventory, location in places
        if barcode
    ]
    known = {copy.inventory for copy in copies}
    numbers = [of(field, "a") for field in fields(marc, b"990")]
    copies += [CopyRow(row, inventory=text) for text in numbers if text and text not in known]
    return tuple(copies)


def fields(marc: bytes, tag: bytes) -> list[bytes]:
    """Return the contents of the fields with this tag."""
    base = int(marc[12:17])
    found = []
    for at in range(24, base - 1, 12):
        if marc[at : at + 3] == tag:
            length, start = int(marc[at + 3 : at + 7]), int(marc[at + 7 : at + 12])
            found.append(marc[base + start : base + start + length].rstrip(_FIELD_END))
    return found


def of(field: bytes, code: str) -> str:
    """Return the first subfield with this code, or an empty text."""
    for part in field.split(_SUBFIELD)[1:]:
        if part[:1] == code.encode():
            return part[1:].decode(errors="replace").strip()
    return ""


def control_key(marc: bytes) -> str:
    """Return what names a record for good: its agency (003) and control number (001).

    Empty without an agency: then numbers of several libraries would be mixed up.
    """
    if marc[24:27] != b"001":
        return ""
    number, agency = fields(marc, b"001"), fields(marc, b"003")
    if not number or not agency:
        return ""
    return (agency[0].strip() + b"|" + number[0].strip()).decode(errors="replace")
