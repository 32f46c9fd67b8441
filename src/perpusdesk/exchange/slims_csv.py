"""SLiMS' three CSV files, also without their header: the columns that it always writes."""

from __future__ import annotations

from typing import Final

from perpusdesk.exchange.columns import TableKind

BIBLIO: Final = [
    "title",
    "gmd_name",
    "edition",
    "isbn_issn",
    "publisher_name",
    "publish_year",
    "collation",
    "series_title",
    "call_number",
    "language_name",
    "place_name",
    "classification",
    "notes",
    "image",
    "sor",
    "authors",
    "topics",
    "item_code",
]
ITEM: Final = [
    "item_code",
    "call_number",
    "coll_type_name",
    "inventory_code",
    "received_date",
    "supplier_name",
    "order_no",
    "location_name",
    "order_date",
    "item_status_name",
    "site",
    "source",
    "invoice",
    "price",
    "price_currency",
    "invoice_date",
    "input_date",
    "last_update",
    "title",
]
MEMBER: Final = [
    "member_id",
    "member_name",
    "gender",
    "member_type_name",
    "member_email",
    "member_address",
    "postal_code",
    "inst_name",
    "is_new",
    "member_image",
    "pin",
    "member_phone",
    "member_fax",
    "member_since_date",
    "register_date",
    "expire_date",
    "birth_date",
    "member_notes",
]


def header_of(cells: list[str]) -> tuple[list[str], TableKind] | None:
    """Return the header that a row of a file without one must have had, and what its rows are."""
    while len(cells) > len(BIBLIO) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) >= len(ITEM):
        return ITEM, TableKind.COPIES
    if len(cells) != len(BIBLIO):
        return None
    if cells[2] in ("0", "1") and not cells[15].startswith("<"):
        return MEMBER, TableKind.MEMBERS
    return BIBLIO, TableKind.TITLES
