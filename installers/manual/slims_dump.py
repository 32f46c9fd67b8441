"""A backup as SLiMS writes it, of the demo library: what the page on moving shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perpusdesk.storage.library import Library, Row

_TABLES = {
    "biblio": (
        "biblio_id title publish_year call_number classification",
        "select rowid, title, year, call_number, classification from title order by rowid",
    ),
    "item": (
        "item_id biblio_id item_code inventory_code received_date",
        "select c.rowid, t.rowid, c.barcode, c.inventory, c.received from copy c"
        " join title t on t.id = c.title order by c.rowid",
    ),
    "member": (
        "member_id member_name gender birth_date register_date expire_date",
        "select card, name, case sex when 'P' then 1 else 0 end, birth_date, registered, expires"
        " from member order by card",
    ),
    "loan": (
        "loan_id item_code member_id loan_date due_date renewed is_lent is_return",
        "select l.rowid, c.barcode, m.card, date(l.lent_at / 1000, 'unixepoch'), l.due, 0, 1, 0"
        " from loan l join copy c on c.id = l.copy join member m on m.id = l.member"
        ' where l."end" = 0 order by l.rowid',
    ),
}


def write_slims_dump(library: Library, file: Path) -> None:
    """Write titles, copies, members and loans of a library as the SQL of a SLiMS backup."""
    with file.open("w", encoding="utf-8") as out:
        for table, (columns, query) in _TABLES.items():
            names = ", ".join(f"`{name}`" for name in columns.split())
            for row in _good(library.rows(query)):
                out.write(f"INSERT INTO `{table}` ({names}) VALUES ({row});\n")


def _good(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        yield ", ".join(_value(one) for one in row)


def _value(one: object) -> str:
    if one is None:
        return "NULL"
    text = str(one).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"
