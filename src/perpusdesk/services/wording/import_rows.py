"""Why a row did not go in, and what was noticed about others, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.exchange.import_rows import RowProblem
from perpusdesk.exchange.title_record import Note
from perpusdesk.services.transfer.import_report import BrokenFile

_PROBLEMS: Final[Mapping[str, str]] = {
    RowProblem.DAMAGED: N_("This record is damaged and could not be read."),
    RowProblem.NO_TITLE: N_("The title is missing."),
    RowProblem.NO_NAME: N_("The name is missing."),
    RowProblem.NO_BARCODE: N_("The barcode is missing."),
    RowProblem.NO_CARD: N_("The card number is missing."),
    RowProblem.NO_DATE: N_("The date is missing or makes no sense."),
    RowProblem.TITLE_UNKNOWN: N_("No title in the files or the library is called “{title}”."),
    RowProblem.COPY_UNKNOWN: N_("There is no copy with the barcode {barcode}."),
    RowProblem.MEMBER_UNKNOWN: N_("There is no member with the card number {card}."),
    RowProblem.BARCODE_TAKEN: N_("The number {barcode} belongs to a copy of another title."),
    RowProblem.ON_LOAN: N_("The copy {barcode} is on loan already."),
    RowProblem.NO_AMOUNT: N_("The amount is missing or makes no sense."),
    RowProblem.NO_NUMBERS: N_("This device has no free card numbers left."),
    RowProblem.CARD_TAKEN: N_("The card number {card} belongs to somebody with another name."),
}
_DAMAGE: Final[Mapping[str, str]] = {
    "columns": N_("The row has more or fewer cells than its header."),
    "no_columns": N_("No column of this table is known; name the columns in a mapping file."),
    "no_title": N_("The title is missing."),
    "too_long": N_("The record is longer than the format allows."),
    "too_short": N_("The record breaks off."),
    "torn": N_("The record breaks off."),
}
_NOTES: Final[Mapping[str, str]] = {
    Note.FRAME_REPAIRED: N_("records whose frame was put in order"),
    Note.FIELDS_LOST: N_("records with fields that were not there"),
    Note.TEXT_DAMAGED: N_("records with unreadable characters"),
    Note.ISBN_CHECK: N_("titles whose ISBN has a wrong check digit (kept)"),
    Note.CLASS_PROPOSED: N_("titles whose class is only a proposal"),
    Note.TEXT_REPAIRED: N_("rows with broken accents that were made whole"),
    Note.ISBN_RESTORED: N_("titles whose ISBN had lost digits (restored)"),
    Note.ISBN_LOST: N_("titles whose ISBN was rounded away (left out)"),
    Note.PICTURE_LOST: N_("pictures that could not be read (left out)"),
    Note.COPIES_UNCLEAR: N_("titles whose number of copies is unclear, or too high"),
}


def say_row(code: str, facts: Mapping[str, str]) -> str:
    """Return why a row did not go in."""
    text = _PROBLEMS.get(code, code)
    if code == RowProblem.DAMAGED and facts.get("problem") in _DAMAGE:
        text = _DAMAGE[facts["problem"]]
    known = {"title": "", "barcode": "", "card": "", **facts}
    return _(text).format(**known)


_NOTED: Final[Mapping[str, str]] = {
    Note.FRAME_REPAIRED: N_("The record's frame was damaged and was put in order."),
    Note.FIELDS_LOST: N_("Some fields of the record were not there."),
    Note.TEXT_DAMAGED: N_("Some characters could not be read."),
    Note.ISBN_CHECK: N_("The ISBN has a wrong check digit; it is kept as it is."),
    Note.CLASS_PROPOSED: N_("The class is only a proposal."),
    Note.TEXT_REPAIRED: N_("Broken accents were made whole."),
    Note.ISBN_RESTORED: N_("The ISBN had lost digits and was restored."),
    Note.ISBN_LOST: N_("The ISBN was rounded away by a spreadsheet and is left out."),
    Note.PICTURE_LOST: N_("The picture could not be read and is left out."),
    Note.COPIES_UNCLEAR: N_("The number of copies is unclear, or too high; check them."),
}
_DOUBLES: Final[Mapping[str, str]] = {
    "titles": N_("This title is there already."),
    "copies": N_("This copy is there already."),
    "members": N_("This member is there already."),
    "loans": N_("This loan is there already."),
    "holds": N_("This reservation is there already."),
    "money": N_("This fine or payment is there already."),
    "visits": N_("This visit is there already."),
    "photos": N_("This member has a photo already."),
}


def say_noted(code: str) -> str:
    """Return what was noticed about one row that goes in."""
    return _(_NOTED[code]) if code in _NOTED else code


def say_double(kind: str) -> str:
    """Return what is there already."""
    return _(_DOUBLES[kind]) if kind in _DOUBLES else kind


def say_broken(one: BrokenFile) -> str:
    """Say that a file could be read up to some place only."""
    text = ngettext(
        "{file} breaks off or is damaged. What could be read before that is in: {count} row.",
        "{file} breaks off or is damaged. What could be read before that is in: {count} rows.",
        one.rows,
    )
    return text.format(file=one.file, count=one.rows)


def say_note(code: str) -> str:
    """Return what was noticed, in the plural: a count stands before it."""
    return _(_NOTES[code]) if code in _NOTES else code
