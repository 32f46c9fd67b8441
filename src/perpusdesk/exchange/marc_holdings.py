"""The fields of a record that tell of copies (852, 990): what still holds stays as it came."""

from __future__ import annotations

from pymarc import Field, Indicators, Subfield

from perpusdesk.exchange.export_rows import ExportCopy, ExportTitle
from perpusdesk.exchange.isbd import clean

_Place = tuple[str, str, str]
"""Barcode, inventory number, location."""


def held(fields: list[Field], title: ExportTitle) -> tuple[list[Field], list[Field]]:
    """Return the fields without those of copies that are gone, and new ones for all others.

    The field 852 of a copy that says what it is now, and the 990 of its inventory number, stay
    byte for byte.
    """
    if not title.copies:
        return fields, []
    shelves = {_call_number(field) for field in fields if field.tag == "852"} - {""}
    same_shelf = not shelves or title.call_number in shelves
    there = {_said_of(field) for field in fields if field.tag == "852"} if same_shelf else set()
    numbers = {copy.inventory for copy in title.copies}
    places = {_is_now(copy) for copy in title.copies} & there
    kept = [field for field in fields if not _is_gone(field, places, numbers)]
    known = {_value(field, "a") for field in kept if field.tag == "990"}
    made = [_holding(copy, title) for copy in title.copies if _is_now(copy) not in places]
    made += [_number(number) for number in sorted(numbers - known - {""})]
    return kept, made


def _is_gone(field: Field, places: set[_Place], numbers: set[str]) -> bool:
    if field.tag == "990":
        return _value(field, "a") not in numbers
    return field.tag == "852" and "p" in field and _said_of(field) not in places


def _said_of(field: Field) -> _Place:
    return _value(field, "p"), _value(field, "j"), _value(field, "c")


def _is_now(copy: ExportCopy) -> _Place:
    return copy.barcode, copy.inventory, copy.location


def _value(field: Field, code: str) -> str:
    return str(field.get(code) or "").strip()


def _call_number(field: Field) -> str:
    """Return the call number of a field 852 as reading takes it."""
    return " ".join(said for text in field.get_subfields("h", "i") if (said := clean(text)))


def _holding(copy: ExportCopy, title: ExportTitle) -> Field:
    said = {
        "b": copy.branch_code,
        "c": copy.location,
        "h": title.call_number,
        "j": copy.inventory,
        "p": copy.barcode,
    }
    subfields = [Subfield(code, value) for code, value in said.items() if value]
    return Field("852", Indicators(" ", " "), subfields)


def _number(inventory: str) -> Field:
    return Field("990", Indicators(" ", " "), [Subfield("a", inventory)])
