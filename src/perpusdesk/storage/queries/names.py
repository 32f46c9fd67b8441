"""Short looks at one record: what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.storage.library import Library


@dataclass(frozen=True, slots=True)
class TitleBrief:
    """A title in one line; all texts may be empty."""

    id: UUID
    title: str = ""
    author: str = ""
    call_number: str = ""


def title_brief(library: Library, id_: UUID) -> TitleBrief:
    """Return a title's names; a title that is not known here yet has empty ones."""
    row = library.row("select title, author, call_number from title where id = ?", id_.bytes)
    return TitleBrief(id_, *(text or "" for text in row)) if row else TitleBrief(id_)


def member_name(library: Library, id_: UUID) -> str:
    """Return a member's name, or empty text."""
    return str(library.value("select name from member where id = ?", id_.bytes) or "")


def staff_name(library: Library, id_: UUID | None) -> str:
    """Return a person's name, also of one who left; empty when nobody was signed in."""
    if id_ is None:
        return ""
    return str(library.value("select name from staff where id = ?", id_.bytes) or "")
