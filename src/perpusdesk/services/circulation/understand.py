"""What did somebody scan or type? One answer where it is clear, candidates where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import suggest
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import lookup
from perpusdesk.storage.queries.lookup import CopyHit, MemberHit, TitleHit

MAX_LENGTH = 200


class Meaning(StrEnum):
    """What the text turned out to be."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    COMMAND = "command"
    MEMBER = "member"
    COPY = "copy"
    BOTH = "both"
    COPIES = "copies"
    FOUND = "found"
    ISBN_UNKNOWN = "isbn_unknown"
    CODE_UNKNOWN = "code_unknown"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Understood:
    """The meaning of a text and what it names.

    ``member`` and ``copy`` are set where there is exactly one; ``BOTH`` when a card and a copy
    share the number (the screen asks once). ``members``, ``titles`` and ``copies`` are candidates,
    with what tells them apart.
    """

    meaning: Meaning
    text: str
    member: UUID | None = None
    copy: UUID | None = None
    members: tuple[MemberHit, ...] = ()
    titles: tuple[TitleHit, ...] = ()
    copies: tuple[CopyHit, ...] = ()


def understand(desk: Desk, text: str, *, scanned: bool = False) -> Understood:
    """Find out what ``text`` names; ``scanned`` tells that a machine read it.

    Tried in this order: command (``>``), member card, copy barcode or inventory number, ISBN,
    phone number, then words in names and titles. Card and barcode match whatever their case.
    """
    cleaned = _clean(text)
    if not cleaned:
        return Understood(Meaning.EMPTY, "")
    if len(cleaned) > MAX_LENGTH:
        return Understood(Meaning.TOO_LONG, cleaned[:MAX_LENGTH])
    if cleaned.startswith(">"):
        return Understood(Meaning.COMMAND, cleaned[1:].strip())
    return _by_code(desk, cleaned) or _by_isbn(desk, cleaned) or _by_words(desk, cleaned, scanned)


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _by_code(desk: Desk, text: str) -> Understood | None:
    for candidate in dict.fromkeys((text, text.upper())):
        members = find.members_by_card(desk.library, candidate)
        copies = find.copies_by_code(desk.library, candidate)
        if members or copies:
            return _named(desk, text, [m.id for m in members], [c.id for c in copies])
    return None


def _named(desk: Desk, text: str, members: list[UUID], copies: list[UUID]) -> Understood:
    """Return what a code means that belongs to these members and copies (not to none)."""
    if len(members) + len(copies) == 1:
        if members:
            return Understood(Meaning.MEMBER, text, member=members[0])
        return Understood(Meaning.COPY, text, copy=copies[0])
    hits = lookup.members_by_ids(desk.library, members)
    items = lookup.copies_by_ids(desk.library, copies)
    if members and copies:
        return Understood(Meaning.BOTH, text, members[0], copies[0], members=hits, copies=items)
    return Understood(Meaning.FOUND if hits else Meaning.COPIES, text, members=hits, copies=items)


def _by_isbn(desk: Desk, text: str) -> Understood | None:
    isbn = lookup.normal_isbn(text)
    if isbn is None:
        return None
    titles = lookup.titles_by_isbn(desk.library, isbn)
    meaning = Meaning.FOUND if titles else Meaning.ISBN_UNKNOWN
    return Understood(meaning, text, titles=titles)


def _by_words(desk: Desk, text: str, scanned: bool) -> Understood:
    members = lookup.members_by_words(desk.library, text)
    titles = suggest(desk, text)
    if members or titles:
        return Understood(Meaning.FOUND, text, members=members, titles=titles)
    looks_like_code = scanned or (" " not in text and any(c.isdigit() for c in text))
    return Understood(Meaning.CODE_UNKNOWN if looks_like_code else Meaning.NOTHING, text)
