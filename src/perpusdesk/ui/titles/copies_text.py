"""The sentences of the form of copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from perpusdesk.common.formats import number, rupiah, short_date
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.items import Access, Condition
from perpusdesk.services.cataloguing.add_copies import AddedCopies
from perpusdesk.services.cataloguing.copy_story import Change, Event, StoryLine
from perpusdesk.services.cataloguing.edit_copies import EditedCopies
from perpusdesk.services.results import Done
from perpusdesk.services.wording.actions import action_name
from perpusdesk.ui.kit.record_list import RowWords

_FIELDS: Final = {
    "count": N_("How many"),
    "branch": N_("Branch"),
    "kind": N_("Collection"),
    "access": N_("Lending"),
    "source": N_("Source"),
    "supplier": N_("Supplier or donor"),
    "price": N_("Price each"),
    "received": N_("Received on"),
    "location": N_("Location"),
    "barcode": N_("Barcode"),
    "inventory": N_("Inventory number"),
    "call_number": N_("Call number of the copy"),
    "volume": N_("Volume or part"),
    "rfid": N_("RFID tag"),
    "note": N_("Note"),
    "condition": N_("Condition"),
    "withdrawn_on": N_("Withdrawn on"),
    "withdrawn_why": N_("Why withdrawn"),
    "withdrawn_paper": N_("Decision"),
    "removed_why": N_("Why removed"),
}
_ACCESSES: Final = {
    Access.LOAN: N_("May be borrowed"),
    Access.READING_ROOM: N_("Reading room only"),
}
_CONDITIONS: Final = {
    Condition.GOOD: N_("good"),
    Condition.DAMAGED: N_("damaged"),
    Condition.LOST: N_("lost"),
    Condition.MISSING: N_("missing"),
    Condition.WITHDRAWN: N_("withdrawn"),
}


def field_name(name: str) -> str:
    """Return what a field of a copy is called."""
    return _(_FIELDS[name]) if name in _FIELDS else name


def access_name(access: Access) -> str:
    """Return what a copy may be used for."""
    return _(_ACCESSES[access])


def copies(count: int) -> str:
    """Return so many copies in words."""
    return ngettext("{n} copy", "{n} copies", count).format(n=number(count))


def row_of_numbers(numbers: tuple[tuple[str, str], ...]) -> str:
    """Return the numbers that new copies will get."""
    if not numbers:
        return ""
    ends = [numbers[0], numbers[-1]] if len(numbers) > 1 else [numbers[0]]
    return "  ·  ".join(" – ".join(pair[which] for pair in ends) for which in (0, 1))


def added(done: Done[AddedCopies]) -> str:
    """Return what is said when copies were added."""
    value = done.value
    ends = dict.fromkeys((value.barcodes[0], value.barcodes[-1]))
    return _("{count} added: {barcodes}").format(
        count=copies(len(value.copies)), barcodes=" – ".join(ends)
    )


def edited(done: Done[EditedCopies]) -> str:
    """Return what is said when copies were changed."""
    return _("{count} changed").format(count=copies(len(done.value.copies)))


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One row of a copy's story: an event, or one of the fields that were changed with it."""

    line: StoryLine
    change: Change | None = None


def story_rows(lines: Iterable[StoryLine]) -> list[StoryRow]:
    """Return the rows of a story; its loans have a list of their own."""
    found = []
    for line in lines:
        if line.event is Event.CHANGED:
            found += [StoryRow(line, change) for change in line.changes]
        elif line.event is not Event.LOAN:
            found.append(StoryRow(line))
    return found


def story_row(row: StoryRow) -> RowWords:
    """Return a row of a copy's story."""
    line = row.line
    who = "  ·  ".join(part for part in (line.staff_name, line.branch_name) if part)
    day = short_date(line.at.date())
    if line.way is not None:
        what = f"{line.way.from_name} → {line.way.to_name}"
        ends = {"received": _("Received"), "cancelled": _("Cancelled")}
        state = ends.get(line.way.state, _("on its way"))
        return RowWords(what, line.way.paper, state, day, "exchange")
    if line.event is Event.REMOVED:
        return RowWords(_("Removed"), who, "", day, "trash", "bad")
    if line.event is Event.ENTERED:
        return RowWords(action_name(line.verb), who, "", day, "plus")
    told = _change(row.change) if row.change is not None else ""
    return RowWords(told, who, "", day, "edit")


def _change(change: Change) -> str:
    name = field_name(change.field)
    before, after = (_shown(change.field, one) for one in (change.before, change.after))
    if not before:
        return f"{name}: {after}"
    return f"{name}: {before} → {after or '–'}"


def _shown(field: str, value: object) -> str:
    if not value:
        return ""
    if field == "price" and isinstance(value, int):
        return rupiah(value)
    if field == "access" and value in list(Access):
        return access_name(Access(str(value)))
    if field == "condition" and value in list(Condition):
        return _(_CONDITIONS[Condition(str(value))])
    return short_date(value) if isinstance(value, date) else str(value)
