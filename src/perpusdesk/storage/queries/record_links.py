"""Which member or title a record of any type belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id

_OF_COPY: Final = "select title from copy where id = x.copy"
_WAYS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "copy": (("title", "x.title"),),
    "loan": (("member", "x.member"), ("title", f"({_OF_COPY})")),
    "hold": (("member", "x.member"), ("title", "x.title")),
    "sighting": (("title", f"({_OF_COPY})"),),
    "transfer": (("title", f"({_OF_COPY})"),),
    "block": (("member", "x.member"),),
    "kit": (("member", "x.member"),),
    "photo": (("member", "x.member"),),
    "identity": (("member", "x.member"),),
    "consent": (("member", "x.member"),),
    "data_request": (("member", "x.member"),),
    "money": (("member", "x.member"),),
    "reading": (("member", "x.member"), ("title", "x.title")),
    "attachment": (("title", "x.title"),),
    "cover": (("title", "x.title"),),
    "issue": (("title", "x.title"),),
    "subscription": (("title", "x.title"),),
}


def belongs_to(library: Library, record: str, id_: UUID) -> list[tuple[str, UUID]]:
    """Return the members and titles (``"member"`` or ``"title"``, id) that a record is about."""
    if record in ("member", "title"):
        return [(record, id_)]
    ways = _WAYS.get(record, ())
    found = []
    for kind, column in ways:
        value = library.value(f'select {column} from "{record}" x where x.id = ?', id_.bytes)
        if (other := as_id(value)) is not None:
            found.append((kind, other))
    return found
