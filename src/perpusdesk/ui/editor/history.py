"""The history of a title as rows, and how an earlier value comes back into the form. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from perpusdesk.common.formats import date_and_time, long_date, rupiah
from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.marc.record import RawField, placed
from perpusdesk.services.cataloguing.title_changes import TitleChange
from perpusdesk.services.cataloguing.title_form import SHORT, TitleForm, set_raw, set_short
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.short_fields import field_label
from perpusdesk.ui.editor.raw_lines import line_of, read_lines
from perpusdesk.ui.editor.text import joined
from perpusdesk.ui.kit.record_list import RowWords

_MARC: Final = "marc/"
_TAGS: Final = {
    "title": "245",
    "subtitle": "245",
    "responsibility": "245",
    "author": "100 110 111",
    "other_authors": "700 710 711",
    "isbn": "020",
    "issn": "022",
    "publisher": "260 264",
    "place": "260 264",
    "year": "260 264 008",
    "edition": "250",
    "extent": "300",
    "series": "490 440",
    "subjects": "600 610 611 650 651 653 655",
    "classification": "082",
    "call_number": "090 852",
    "language": "041 008",
    "abstract": "520",
}
"""The fields of the record that say the same as a column does."""

_TELLING: Final = frozenset(
    {"title", "author", "publisher", "year", "isbn", "location", "source", "price", "name"}
)
_OTHER_LABELS: Final = {
    "access": N_("Lending"),
    "barcode": N_("Barcode"),
    "branch": N_("Branch"),
    "call_number": N_("Call number of the copy"),
    "condition": N_("Condition"),
    "copies": N_("Copies of each issue"),
    "date": N_("Date on the cover"),
    "expected": N_("Expected on"),
    "first_day": N_("From"),
    "frequency": N_("Frequency"),
    "inventory": N_("Inventory number"),
    "kind": N_("Collection"),
    "last_day": N_("Until"),
    "licence": N_("Licence or terms"),
    "link": N_("Link"),
    "location": N_("Location"),
    "media": N_("Kind of file"),
    "name": N_("Name"),
    "note": N_("Note"),
    "number": N_("Number"),
    "price": N_("Price"),
    "received": N_("Received on"),
    "source": N_("Source"),
    "supplier": N_("Supplier or donor"),
    "volume": N_("Volume or part"),
    "withdrawn_why": N_("Why withdrawn"),
}
_QUIET: Final = frozenset({"marc/005", "marc/001"})


def told(changes: Sequence[TitleChange]) -> list[TitleChange]:
    """Return the changes without those of the record that a column tells already."""
    said: dict[object, set[str]] = {}
    for change in changes:
        if change.record == "title" and change.field in _TAGS:
            said.setdefault(change.action, set()).update(_TAGS[change.field].split())
    return [
        change
        for change in changes
        if change.field not in _QUIET
        and change.field != "marc"
        and change.field.removeprefix(_MARC) not in said.get(change.action, ())
    ]


Group = tuple[TitleChange, ...]
"""One change, or all that was entered when a record was made."""


def grouped(changes: Sequence[TitleChange]) -> list[Group]:
    """Return the changes, those that made a record together."""
    found: dict[object, list[TitleChange]] = {}
    every = told(changes)
    first = {(one.record, one.barcode): one.action for one in every}
    for place, change in enumerate(every):
        of = (change.record, change.barcode)
        making = change.record not in ("title", "copy") or first[of] == change.action
        together = making and change.before == "" and bool(change.field)
        key = (change.action, *of) if together else place
        found.setdefault(key, []).append(change)
    return [tuple(group) for group in found.values()]


def group_row(group: Group) -> RowWords:
    """Return a change, or in one line what was entered together."""
    row = change_row(group[0])
    if len(group) == 1:
        return row
    entered = "; ".join(
        f"{_label(one)} {_shown(one, one.after)}"
        for one in group
        if one.after and one.field in (_TELLING if one.record == "title" else _TELLING - {"title"})
    )
    words = _("Entered: {facts}").format(facts=entered or _words(group[0].after))
    return RowWords(joined(_of(group[0]), words), row.under)


def change_row(change: TitleChange) -> RowWords:
    """Return one change: what was and what is, then when, who, where and why."""
    before, after = _shown(change, change.before), _shown(change, change.after)
    of = joined(_of(change), _label(change))
    if not change.field:
        what = joined(_of(change), _("removed"))
    elif change.field in ("image", "cover"):
        what = _("Cover kept") if change.after else _("Cover removed")
    elif not before:
        what = f"{of}: {after}"
    else:
        what = f"{of}: {before} → {after or '–'}"
    under = joined(
        date_and_time(change.at),
        change.staff_name,
        change.branch_name,
        action_name(change.verb),
        change.why,
    )
    if change.lost:
        return RowWords(what, under, _("replaced by another"), "", "exchange", "warn", faded=True)
    return RowWords(what, under)


def can_restore(change: TitleChange) -> bool:
    """Tell whether the earlier value of a change can be put back into the form."""
    if change.record != "title" or change.before == "":
        return False
    return change.field in SHORT or change.field.startswith(_MARC)


def restored(form: TitleForm, change: TitleChange) -> TitleForm:
    """Return the form with what stood there before a change."""
    if change.field in SHORT:
        text = str(change.before)
        parts = text.split() if change.field == "isbn" else text.split(";")
        value = tuple(part.strip() for part in parts) if SHORT[change.field].repeatable else text
        return set_short(form, change.field, value)
    tag = change.field.removeprefix(_MARC)
    now = set(_lines(tag, str(change.after)))
    fields: tuple[RawField, ...] = tuple(
        field for field in form.fields if field.tag != tag or line_of(field) not in now
    )
    for field in read_lines(_lines(tag, str(change.before)), ()).fields:
        fields = placed(fields, field)
    return set_raw(form, fields)


def _lines(tag: str, text: str) -> list[str]:
    """Return the lines of a change in the shape of the raw view."""
    control = tag.startswith("00")
    return [
        f"{tag}\t\t{line}" if control else f"{tag}\t{line[:2]}\t{line[3:]}"
        for line in text.splitlines()
    ]


def _of(change: TitleChange) -> str:
    return change.barcode if change.record == "copy" else ""


def _label(change: TitleChange) -> str:
    if change.record != "title" and change.field in _OTHER_LABELS:
        return _(_OTHER_LABELS[change.field])
    return field_label(change.field)


def _shown(change: TitleChange, value: object) -> str:
    if change.field == "price" and isinstance(value, int):
        return rupiah(value)
    return _words(value)


def _words(value: object) -> str:
    if isinstance(value, date):
        return long_date(value)
    return " ".join(str(value).split()) if value else ""
