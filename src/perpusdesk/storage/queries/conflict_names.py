"""What the records of a conflict are called, those that are gone too."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library

_NAME_OF: Final = {
    "member": "name",
    "title": "title",
    "branch": "name",
    "staff": "name",
    "setting": "name",
    "loan_rule": "name",
    "member_category": "name",
    "collection_kind": "name",
    "heading": "heading",
    "closure": "name",
    "kit": "name",
    "title_template": "name",
    "attachment": "name",
    "device": "name",
}
_NAMED: Final = ("branch", "collection_kind", "member_category", "staff", "member", "title")


def copy_name(library: Library, copy: UUID) -> str:
    """Return a copy as its title and barcode: ``“Pelaut Kertas” (B0001)``."""
    row = library.row(
        "select t.title, c.barcode, c.inventory from copy c left join title t on t.id = c.title"
        " where c.id = ?",
        copy.bytes,
    )
    title, barcode, inventory = row or ("", "", "")
    number = barcode or inventory or ""
    return f"“{title}” ({number})" if title else number or "…"


def member_name(library: Library, member: UUID) -> str:
    """Return a member's name."""
    return str(library.value("select name from member where id = ?", member.bytes) or "…")


def title_name(library: Library, title: UUID) -> str:
    """Return a title in quotation marks."""
    return f"“{library.value('select title from title where id = ?', title.bytes) or '…'}”"


def device_name(library: Library, device: bytes) -> str:
    """Return the name of a device, or the beginning of its number."""
    return str(library.value("select name from device where id = ?", device) or device.hex()[:8])


def kind_of_decision(library: Library, decision: UUID) -> str:
    """Return the kind of the conflict that a decision is about."""
    key = library.value("select conflict from decision where id = ?", decision.bytes)
    return str(key or "").partition("/")[0]


def record_name(library: Library, record: str, entity: UUID) -> str:
    """Return the name of a record of any type; empty where it has none."""
    if record == "copy":
        return copy_name(library, entity)
    column = _NAME_OF.get(record)
    if column is None:
        return ""
    return str(library.value(f'select {column} from "{record}" where id = ?', entity.bytes) or "")


def record_number(library: Library, record: str, entity: UUID) -> str:
    """Return the number by which people know a copy or a member; else empty text."""
    if record == "member":
        return str(library.value("select card from member where id = ?", entity.bytes) or "")
    if record == "copy":
        row = library.row("select inventory, barcode from copy where id = ?", entity.bytes)
        return str(row[0] or row[1] or "") if row else ""
    return ""


def name_of_id(library: Library, value: bytes) -> str:
    """Return the name of whatever record has this id."""
    for table in _NAMED:
        column = _NAME_OF[table]
        found = library.value(f'select {column} from "{table}" where id = ?', value)
        if found:
            return str(found)
    return "…"


def record_lines(library: Library, record: str, entity: UUID) -> tuple[str, ...]:
    """Return in lines what tells one record from another that is like it."""
    if record == "member":
        query = "select card, birth_date, phone, address, institution from member where id = ?"
    elif record == "title":
        query = "select author, publisher, year, isbn, call_number from title where id = ?"
    else:
        query = (
            "select c.inventory, c.barcode, b.name, c.location from copy c"
            " left join branch b on b.id = c.branch where c.id = ?"
        )
    row = library.row(query, entity.bytes)
    return tuple(str(value) for value in row or () if value)
