"""What a catalogue record says about a title, in the words of the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Note(StrEnum):
    """What a librarian should know about a record that was taken."""

    FRAME_REPAIRED = "frame_repaired"
    FIELDS_LOST = "fields_lost"
    TEXT_DAMAGED = "text_damaged"
    ISBN_CHECK = "isbn_check"
    CLASS_PROPOSED = "class_proposed"
    TEXT_REPAIRED = "text_repaired"
    ISBN_RESTORED = "isbn_restored"
    ISBN_LOST = "isbn_lost"
    PICTURE_LOST = "picture_lost"
    COPIES_UNCLEAR = "copies_unclear"


@dataclass(frozen=True, slots=True)
class TitleRecord:
    """One title; texts are free of card punctuation and empty where the record is silent.

    ``author`` is the heading as the record has it (``Hirata, Andrea``), ``author_is_corporate``
    tells an organisation or meeting. ``isbn`` are 10 or 13 characters without hyphens, also those
    with a wrong check digit (then ``Note.ISBN_CHECK``). ``language`` is a MARC code. ``year`` is
    the first year of publication. ``classification`` is the record's DDC, or a coarse class
    derived from its LC number (then ``Note.CLASS_PROPOSED``). ``call_number_from_record`` is a
    local one (fields 852, 090, 099), never LC's. ``marc`` is the whole record, its frame put in
    order, its fields untouched. ``issn`` is the first, as written; ``material`` a kind of
    ``domain.materials``.
    """

    title: str
    subtitle: str = ""
    responsibility: str = ""
    author: str = ""
    author_is_corporate: bool = False
    other_authors: tuple[str, ...] = ()
    publisher: str = ""
    place: str = ""
    year: int | None = None
    isbn: tuple[str, ...] = ()
    language: str = ""
    classification: str = ""
    call_number_from_record: str = ""
    for_children: bool = False
    extent: str = ""
    subjects: tuple[str, ...] = ()
    edition: str = ""
    series: str = ""
    summary: str = ""
    control_number: str = ""
    issn: str = ""
    material: str = "book"
    marc: bytes = b""
    notes: frozenset[Note] = frozenset()
