"""What lies on this device alone and names a person: the form of a member, the visit, searches.

Nobody else has it, so no op can blank it: it goes when the person's words go from the log here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from perpusdesk.domain.merge.ops import SET
from perpusdesk.domain.merge.personal import ENTITY
from perpusdesk.storage import op_log

if TYPE_CHECKING:
    from perpusdesk.storage.door import Door

FORM: Final = "draft/member"
"""The form of a member that nobody saved yet: a JSON map of texts."""
VISIT: Final = "visit"
"""The visit that is open: a JSON map with the member's id."""
_TELLING: Final = ("name", "card", "phone", "email")
"""Fields by which a form is one person's; a school or a street is shared by many."""


def forget(door: Door, members: Collection[bytes]) -> None:
    """Drop what names one of these members, in the transaction; before their ops are rewritten."""
    visited = _kept(door, VISIT).get("member")
    if visited in {str(UUID(bytes=one)) for one in members}:
        _drop(door, VISIT)
    form = _kept(door, FORM)
    told = {word for field in _TELLING if (word := _plain(form.get(field)))}
    called = set(_words(door, members))
    if not told.isdisjoint(map(_plain, called)):
        _drop(door, FORM)
    _forget_searches(door, called)


def _forget_searches(door: Door, called: Iterable[str]) -> None:
    """Drop searches for titles in which nothing stands but words of such a name."""
    names = [frozenset(map(_plain, name.split())) for name in called]
    rows = door.database.execute_sql("select distinct text from search_miss").fetchall()
    for (text,) in rows:
        words = frozenset(map(_plain, text.split()))
        if any(words <= name for name in names):
            door.database.execute_sql("delete from search_miss where text = ?", (text,))


def _words(door: Door, members: Iterable[bytes]) -> Iterable[str]:
    """Yield what these members are or were ever called, and reached by."""
    for ops in op_log.raw_of_entities(door.database, door.streams, members).values():
        for op in ops:
            if op.kind == SET and op.entity_type == ENTITY:
                said = (op.payload["fields"].get(field) for field in _TELLING)
                yield from (str(word) for word in said if word)


def _plain(value: Any) -> str:
    """Return a word as it is compared: without case, blanks and dashes."""
    return "".join(sign for sign in str(value or "").casefold() if sign.isalnum())


def _kept(door: Door, key: str) -> dict[str, Any]:
    rows = door.database.execute_sql("select value from local where key = ?", (key,)).fetchall()
    try:
        found = json.loads(rows[0][0]) if rows and isinstance(rows[0][0], str) else None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _drop(door: Door, key: str) -> None:
    door.database.execute_sql("delete from local where key = ?", (key,))
