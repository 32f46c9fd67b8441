"""A SLiMS database dump: what stands in its tables, joined in a scratch database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from perpusdesk.exchange import plain_text
from perpusdesk.exchange.columns import TableKind, guess
from perpusdesk.exchange.import_rows import (
    BadRow,
    CopyRow,
    HoldRow,
    LoanRow,
    MoneyRow,
    Row,
    RowProblem,
    TitleRow,
    VisitRow,
)
from perpusdesk.exchange.record_files import BROKEN
from perpusdesk.exchange.slims_csv import BIBLIO, ITEM, MEMBER
from perpusdesk.exchange.sql_dump import DumpReader, DumpRow, TextSource
from perpusdesk.exchange.table_rows import Cells, copy_row, member_row, title_row

TABLES: Final = {
    "biblio": "biblio_id gmd_id title edition isbn_issn publisher_id publish_year collation"
    " series_title call_number language_id publish_place_id classification notes image sor",
    "biblio_author": "biblio_id author_id",
    "biblio_topic": "biblio_id topic_id",
    "mst_author": "author_id author_name",
    "mst_topic": "topic_id topic",
    "mst_publisher": "publisher_id publisher_name",
    "mst_place": "place_id place_name",
    "mst_language": "language_id language_name",
    "mst_gmd": "gmd_id gmd_code gmd_name",
    "mst_coll_type": "coll_type_id coll_type_name",
    "mst_location": "location_id location_name",
    "mst_item_status": "item_status_id item_status_name",
    "mst_member_type": "member_type_id member_type_name",
    "item": "item_id biblio_id call_number coll_type_id item_code inventory_code received_date"
    " supplier_id location_id item_status_id source price",
    "member": "member_id member_name gender birth_date member_type_id member_address member_email"
    " inst_name member_image member_phone member_since_date register_date expire_date member_notes",
    "loan": "loan_id item_code member_id loan_date due_date renewed is_lent is_return return_date"
    " input_date last_update",
    "mst_supplier": "supplier_id supplier_name",
    "visitor_count": "visitor_id member_id member_name institution room_code checkin_date",
    "fines": "fines_id fines_date member_id debet credit description",
    "reserve": "reserve_id member_id biblio_id item_code reserve_date",
}
_USUAL: Final = {table: text.split() for table, text in TABLES.items() if table[:4] == "mst_"}
"""How these tables begin in every version, for dumps that do not say it."""
_BATCH: Final = 2000
_OPENS, _CLOSES = time(9), time(12)
_MOST_MONEY, _MOST_DIGITS = 1_000_000_000, 20

_TITLES: Final = """
select b.rowid, b.title, g.gmd_name, b.edition, b.isbn_issn, p.publisher_name, b.publish_year,
  b.collation, b.series_title, b.call_number, coalesce(l.language_name, b.language_id),
  c.place_name,
  b.classification, b.notes, b.image, b.sor,
  (select group_concat('<' || replace(replace(a.author_name, '<', ''), '>', '') || '>', '')
     from biblio_author x join mst_author a on a.author_id = x.author_id
    where x.biblio_id = b.biblio_id),
  (select group_concat('<' || replace(replace(t.topic, '<', ''), '>', '') || '>', '')
     from biblio_topic y join mst_topic t on t.topic_id = y.topic_id
    where y.biblio_id = b.biblio_id),
  '', b.biblio_id
from biblio b left join mst_publisher p on p.publisher_id = b.publisher_id
  left join mst_gmd g on g.gmd_id = b.gmd_id
  left join mst_place c on c.place_id = b.publish_place_id
  left join mst_language l on l.language_id = b.language_id order by b.rowid
"""
_ITEMS: Final = """
select i.rowid, i.item_code, i.call_number, k.coll_type_name, i.inventory_code, i.received_date,
  u.supplier_name, '', coalesce(o.location_name, i.location_id), '',
  coalesce(s.item_status_name, i.item_status_id),
  '', i.source, '', i.price, '', '', '', '', ''
from item i left join mst_supplier u on u.supplier_id = i.supplier_id
  left join mst_coll_type k on k.coll_type_id = i.coll_type_id
  left join mst_location o on o.location_id = i.location_id
  left join mst_item_status s on s.item_status_id = i.item_status_id
where i.biblio_id = ? order by i.rowid
"""
_MEMBERS: Final = """
select m.rowid, m.member_id, m.member_name, m.gender, t.member_type_name, m.member_email,
  m.member_address, '', m.inst_name, '', m.member_image, '', m.member_phone, '',
  m.member_since_date, m.register_date, m.expire_date, m.birth_date, m.member_notes
from member m left join mst_member_type t on t.member_type_id = m.member_type_id order by m.rowid
"""
_LOANS: Final = """
select rowid, item_code, member_id, loan_date, due_date, renewed, is_return, return_date,
  input_date, last_update from loan order by loan_date, rowid
"""
_HOLDS: Final = "select rowid, reserve_id, member_id, item_code, reserve_date from reserve"
_FINES: Final = (
    "select rowid, fines_id, fines_date, member_id, debet, credit, description from fines"
)
_VISITS: Final = "select rowid, visitor_id, member_id, institution, checkin_date from visitor_count"
_ORPHANS: Final = """
select rowid, item_code from item
where biblio_id is null or biblio_id not in (select biblio_id from biblio)
"""


class Scratch:
    """The tables of a dump in a temporary file of their own, gone when it is closed."""

    def __init__(self) -> None:
        self.broken: BaseException | None = None
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("pragma cache_size = -16000")
        self._database.execute("begin")
        for table, columns in TABLES.items():
            names = ", ".join(f"{name} text" for name in columns.split())
            self._database.execute(" ".join(("create table", table, "(", names, ")")))

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def load(self, source: TextSource) -> Iterator[BadRow]:
        """Read the dump; yield the rows that could not be read.

        Of a compressed one that is broken, all before the break is taken: see ``broken``.
        """
        waiting: dict[str, list[list[str | None]]] = {}
        for number, row in enumerate(self._read(source), start=1):
            if not row.values:
                facts = {"problem": "columns"}
                yield BadRow(number, RowProblem.DAMAGED, facts, row.text)
                continue
            rows = waiting.setdefault(row.table, [])
            rows.append([row.values.get(name) for name in TABLES[row.table].split()])
            if len(rows) >= _BATCH:
                self._insert(row.table, rows)
        for table, rows in waiting.items():
            self._insert(table, rows)
        self._index()

    def _read(self, source: TextSource) -> Iterator[DumpRow]:
        try:
            yield from DumpReader(source, TABLES, _USUAL).rows()
        except BROKEN as error:
            self.broken = error

    def _insert(self, table: str, rows: list[list[str | None]]) -> None:
        marks = ", ".join("?" * len(TABLES[table].split()))
        self._database.executemany(
            " ".join(("insert into", table, "values", "(", marks, ")")), rows
        )
        rows.clear()

    def _index(self) -> None:
        for table, columns in TABLES.items():
            key = "biblio_id" if table == "item" else columns.split()[0]
            words = ("create index", f"{table}_key", "on", table, "(", key, ")")
            self._database.execute(" ".join(words))

    def row_counts(self) -> dict[str, int]:
        """Return how many rows there are of what will be yielded."""
        return {
            table: self._database.execute(" ".join(("select count(*) from", table))).fetchone()[0]
            for table in ("biblio", "item", "member", "loan", "reserve", "fines", "visitor_count")
        }

    def rows(self, *, mend: bool = True, source: Path | None = None) -> Iterator[Row]:
        """Yield titles with their copies, then members, then what they did.

        Covers and photos are looked for beside ``source``, in the folders of a SLiMS.
        """
        yield from self._titles(mend, source)
        for number, code in self._database.execute(_ORPHANS):
            yield BadRow(number, RowProblem.TITLE_UNKNOWN, {"title": ""}, code or "")
        columns = guess(MEMBER, TableKind.MEMBERS)
        for number, *cells in self._database.execute(_MEMBERS):
            yield member_row(Cells(number, _tidy(cells), columns, mend=mend, source=source))
        for query, made in ((_LOANS, _loan), (_HOLDS, _hold), (_FINES, _fine), (_VISITS, _visit)):
            for row in self._database.execute(query):
                yield made(row)

    def _titles(self, mend: bool, source: Path | None) -> Iterator[Row]:
        columns, copies = guess(BIBLIO, TableKind.TITLES), guess(ITEM, TableKind.COPIES)
        for number, *cells, biblio in self._database.execute(_TITLES):
            title = title_row(Cells(number, _tidy(cells), columns, mend=mend, source=source))
            if not isinstance(title, TitleRow):
                yield title
                continue
            found = [
                copy_row(Cells(place, _tidy(values), copies, mend=mend))
                for place, *values in self._database.execute(_ITEMS, (biblio,))
            ]
            yield from (row for row in found if isinstance(row, BadRow))
            shelf = title.record.call_number_from_record
            whole = tuple(_own(row, shelf) for row in found if isinstance(row, CopyRow))
            yield replace(title, copies=whole)


def _tidy(cells: list[str | None]) -> list[str]:
    return [plain_text.tidy(cell or "") for cell in cells]


def _own(copy: CopyRow, shelf: str) -> CopyRow:
    """Return a copy without a call number that is only its title's."""
    return replace(copy, call_number="") if copy.call_number == shelf else copy


def _hold(row: tuple[str | None, ...]) -> Row:
    number, card, barcode, placed = ((text or "").strip() for text in row[1:])
    at = _when(placed)
    if at is None:
        return BadRow(int(row[0] or 0), RowProblem.NO_DATE, text=" | ".join((card, barcode)))
    return HoldRow(int(row[0] or 0), card, barcode, at, number)


def _fine(row: tuple[str | None, ...]) -> Row:
    number, day, card, owed, paid, note = ((text or "").strip() for text in row[1:])
    at, text = _when(day, _CLOSES), " | ".join((card, day, owed, paid, note))
    if at is None:
        return BadRow(int(row[0] or 0), RowProblem.NO_DATE, text=text)
    due, given = _amount(owed), _amount(paid)
    if not due and not given:
        return BadRow(int(row[0] or 0), RowProblem.NO_AMOUNT, text=text)
    return MoneyRow(int(row[0] or 0), card, at, due, given, note, number)


def _amount(text: str) -> int:
    amount = int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else 0
    return amount if amount <= _MOST_MONEY else 0


def _visit(row: tuple[str | None, ...]) -> Row:
    number, card, institution, entered = ((text or "").strip() for text in row[1:])
    at = _when(entered)
    if at is None:
        return BadRow(int(row[0] or 0), RowProblem.NO_DATE, text=" | ".join((card, institution)))
    return VisitRow(int(row[0] or 0), at, card, institution, number)


def _when(text: str, otherwise: time = _OPENS) -> datetime | None:
    """Return a moment, or that time of a day."""
    day = plain_text.as_day(text)
    return _moment(day, text, otherwise) if day else None


def _loan(row: tuple[str | None, ...]) -> Row:
    number = int(row[0] or 0)
    barcode, card, lent, due, renewed, back, returned, entered, changed = (
        (text or "").strip() for text in row[1:]
    )
    first, last = plain_text.as_day(lent), plain_text.as_day(due)
    text = " | ".join((barcode, card, lent, due))
    if not first:
        return BadRow(number, RowProblem.NO_DATE, text=text)
    lent_at = _moment(first, entered, _OPENS)
    end = plain_text.as_day(returned) or plain_text.as_day(changed) or first
    return LoanRow(
        row=number,
        barcode=barcode,
        card=card,
        lent=lent_at,
        due=date.fromisoformat(last or first),
        returned=max(lent_at, _moment(end, changed, _CLOSES)) if back == "1" else None,
        renewals=int(renewed) if renewed.isdigit() else 0,
    )


def _moment(day: str, noted: str, otherwise: time) -> datetime:
    """Return when it was: as the row was noted if that was on this day, else a time of day."""
    moment = plain_text.as_moment(noted)
    wanted = date.fromisoformat(day)
    return moment if moment and moment.date() == wanted else datetime.combine(wanted, otherwise)
