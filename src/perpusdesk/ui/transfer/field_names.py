"""What the fields of a table mean, in the words of the staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.exchange.columns import FIELDS, TableKind

_TITLE: Final[Mapping[str, str]] = {
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "author": N_("Author"),
    "corporate": N_("Author: an organisation"),
    "other_authors": N_("Other authors"),
    "other_bodies": N_("Other organisations"),
    "responsibility": N_("Statement of responsibility"),
    "isbn": N_("ISBN"),
    "publisher": N_("Publisher"),
    "place": N_("Place of publication"),
    "year": N_("Year of publication"),
    "edition": N_("Edition"),
    "extent": N_("Number of pages"),
    "dimensions": N_("Size"),
    "series": N_("Series"),
    "language": N_("Language"),
    "classification": N_("Class number"),
    "call_number": N_("Call number"),
    "subjects": N_("Subjects"),
    "summary": N_("Summary or note"),
    "barcode": N_("Barcode"),
    "inventory": N_("Inventory number"),
    "count": N_("Number of copies"),
    "price": N_("Price"),
    "source": N_("Source (purchase, gift)"),
    "location": N_("Shelf or room"),
    "branch": N_("Branch"),
    "kind": N_("Collection kind"),
    "access": N_("May be lent or not"),
    "condition": N_("Condition"),
    "received": N_("Received on"),
    "issn": N_("ISSN"),
    "material": N_("Kind of material"),
    "rfid": N_("RFID number"),
    "supplier": N_("Supplier"),
    "copy_call_number": N_("Call number of the copy"),
    "volume": N_("Volume or issue"),
    "issue_day": N_("Date of the issue"),
    "with_it": N_("Accompanying material"),
    "copy_note": N_("Note on the copy"),
    "cover": N_("Cover picture file"),
}
_MEMBER: Final[Mapping[str, str]] = {
    "card": N_("Card number"),
    "name": N_("Name"),
    "category": N_("Member category"),
    "sex": N_("Sex"),
    "birth_date": N_("Date of birth"),
    "phone": N_("Telephone"),
    "email": N_("Email"),
    "address": N_("Address"),
    "institution": N_("School or workplace"),
    "class": N_("School class"),
    "registered": N_("Member since"),
    "expires": N_("Valid until"),
    "guardian_name": N_("Guardian's name"),
    "guardian_phone": N_("Guardian's telephone"),
    "guardian_relation": N_("Guardian is"),
    "note": N_("Note"),
    "photo": N_("Photo file"),
    "photo_consent": N_("Consent to the photo given on"),
}


def field_name(field: str, kind: TableKind) -> str:
    """Return what a field is called; an empty one is not used."""
    if not field:
        return _("– not used –")
    names = _MEMBER if kind is TableKind.MEMBERS else _TITLE
    return _(names[field]) if field in names else field.replace("_", " ")


def field_choices(kind: TableKind) -> list[tuple[str, str]]:
    """Return all that a column may mean, nothing first: (words, field)."""
    return [(field_name(field, kind), field) for field in ("", *FIELDS[kind])]
