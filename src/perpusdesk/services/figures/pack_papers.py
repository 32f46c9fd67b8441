"""A pack as an official document: letterhead, the form's rows, what is to be known, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _
from perpusdesk.printing.document import Block, Document, Facts, Grid, Heading, Paragraph
from perpusdesk.printing.official import Signature
from perpusdesk.printing.table import Column
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.pack_table import PackTable, TableLine, lacking, shown
from perpusdesk.storage.queries.names import staff_name

_UPRIGHT = 170.0
_ACROSS = 257.0
_CODE, _UNIT, _VALUE = 18.0, 22.0, 26.0


def pack_document(desk: Desk, table: PackTable) -> Document:
    """Return the paper that is signed; ``printing.document.document_pages`` draws it."""
    head = signature(desk)
    clerk = Signature(_("Librarian"), staff_name(desk.library, desk.staff))
    many = len(table.columns) > 2
    return Document(
        head=letterhead(desk),
        title=table.title,
        number=table.subtitle,
        blocks=tuple(_blocks(table, many)),
        dated=f"{place_of(desk)}, {long_date(desk.today())}",
        foot=_("Proof code {seal}").format(seal=table.seal),
        signatures=(
            clerk,
            Signature(head.office, head.name, head.staff_number, _("Approved by")),
        ),
        across=many,
        annex=tuple(_annex(table)),
    )


def _blocks(table: PackTable, many: bool) -> Iterator[Block]:
    codes = any(line.code for line in table.lines)
    remarks = any(line.remark for line in table.lines)
    yield Grid(
        _columns(table, many, codes=codes, remarks=remarks), tuple(_rows(table, codes, remarks))
    )
    notes = [note for note in (*table.notes, lacking(table.filled)) if note]
    if notes:
        yield Heading(_("To be known of these figures"))
    for note in notes:
        yield Paragraph(note)


def _columns(table: PackTable, many: bool, *, codes: bool, remarks: bool) -> tuple[Column, ...]:
    wide = _ACROSS if many else _UPRIGHT
    fixed = (_CODE if codes else 0) + _UNIT + _VALUE * len(table.columns)
    left = wide - fixed
    label = left * 0.62 if remarks else left
    columns = [Column(_("Code"), _CODE)] if codes else []
    columns.append(Column(_("What is counted"), label, lines=4))
    columns += [Column(head, _VALUE, "right") for head in table.columns]
    columns.append(Column(_("Unit"), _UNIT))
    if remarks:
        columns.append(Column(_("Remark"), left - label, lines=6))
    return tuple(columns)


def _rows(table: PackTable, codes: bool, remarks: bool) -> Iterator[tuple[str, ...]]:
    for line in table.lines:
        values = [shown(value) for value in line.values] or [""] * len(table.columns)
        cells = [line.code] if codes else []
        cells += [_label(line), *values, line.unit]
        yield (*cells, line.remark) if remarks else tuple(cells)


def _label(line: TableLine) -> str:
    if line.level == 0:
        return line.label.upper()
    return f"– {line.label}" if line.level == 2 else line.label


def _annex(table: PackTable) -> Iterator[Block]:
    yield Heading(_("Where these figures come from"))
    yield Facts(((_("Form used"), table.filled.pack.source), (_("Proof code"), table.seal)))
    columns = (
        Column(_("Figure"), 50.0, lines=3),
        Column(_("Value"), 26.0, "right"),
        Column(_("Counted as"), 94.0, lines=6),
    )
    rows = tuple((one.figure, one.value, one.meaning) for one in table.proofs)
    yield Grid(columns, rows, size=7.5)
