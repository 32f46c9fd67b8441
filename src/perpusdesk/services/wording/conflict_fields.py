"""Records, their fields and values in words, where two people changed one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.formats import long_date, rupiah
from perpusdesk.common.i18n import N_, _
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.branches import kind_name, zone_name
from perpusdesk.services.wording.short_fields import field_label
from perpusdesk.storage.queries import conflict_names as names

_RECORDS: Final = {
    "member": N_("Member {name}"),
    "title": N_("Title {name}"),
    "copy": N_("Copy {name}"),
    "branch": N_("Branch {name}"),
    "staff": N_("Staff member {name}"),
    "setting": N_("Setting {name}"),
    "loan_rule": N_("Loan rule {name}"),
    "member_category": N_("Member category {name}"),
    "collection_kind": N_("Collection {name}"),
    "heading": N_("Heading {name}"),
    "closure": N_("Closed day {name}"),
}
_OF_BRANCH: Final = {"kind": N_("Building or van"), "code": N_("Code"), "zone": N_("Time zone")}
_LABELS: Final = {
    "name": N_("Name"),
    "card": N_("Card number"),
    "category": N_("Category"),
    "branch": N_("Branch"),
    "registered": N_("Registered"),
    "expires": N_("Valid until"),
    "birth_date": N_("Date of birth"),
    "sex": N_("Sex"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "institution": N_("School or office"),
    "guardian_name": N_("Guardian"),
    "guardian_relation": N_("Relation"),
    "guardian_phone": N_("Guardian's phone"),
    "guardian_consent": N_("Consent of the guardian"),
    "photo_consent": N_("Consent to the photo"),
    "restricted": N_("Use restricted since"),
    "note": N_("Note"),
    "barcode": N_("Barcode"),
    "inventory": N_("Inventory number"),
    "condition": N_("Condition"),
    "location": N_("Location"),
    "price": N_("Price"),
    "kind": N_("Collection"),
    "access": N_("Use"),
    "source": N_("Source"),
    "supplier": N_("Supplier"),
    "received": N_("Received"),
    "volume": N_("Volume"),
    "value": N_("Value"),
    "role": N_("Role"),
    "rights": N_("Rights"),
    "active": N_("Active"),
}


def say_record(record: str, entity: UUID, desk: Desk) -> str:
    """Return what kind of record it is, and its name."""
    name = names.record_name(desk.library, record, entity)
    if record not in _RECORDS:
        return name or record.replace("_", " ")
    return _(_RECORDS[record]).format(name=f"“{name}”" if name else "")


def say_field(record: str, name: str) -> str:
    """Return the label of a field."""
    if record == "branch" and name in _OF_BRANCH:
        return _(_OF_BRANCH[name])
    if name in _LABELS and not (record == "title" and name == "place"):
        return _(_LABELS[name])
    return field_label(name)


def say_value(record: str, name: str, value: Any, desk: Desk) -> str:
    """Return a value as people write it; nothing at all as a dash."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bytes):
        return names.name_of_id(desk.library, value) if len(value) == 16 else "…"
    if record == "branch" and name == "zone":
        return zone_name(int(value))
    if record == "branch" and name == "kind":
        return kind_name(str(value))
    if name == "price":
        return rupiah(int(value)) if isinstance(value, int) else str(value)
    if isinstance(value, str):
        try:
            return long_date(date.fromisoformat(value)) if len(value) == 10 else value
        except ValueError:
            return value
    return str(value)
