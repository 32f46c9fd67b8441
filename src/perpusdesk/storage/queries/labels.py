"""Whose labels to print: copies and members by number, age or title, and what stands on a label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import sure_id

_PART: Final = 500
_LIVE: Final = "c.deleted = 0 and coalesce(c.\"condition\", 'good') <> 'withdrawn'"
_HERE: Final = "(c.branch = ? or c.branch is null)"
_UNPRINTED: Final = (
    f"from copy c left join label_printed p on p.entity = c.id where {_LIVE} and {_HERE}"
    " and p.entity is null"
)
_UNPRINTED_CARDS: Final = (
    "from member m left join label_printed p on p.entity = m.id where m.deleted = 0"
    " and p.entity is null"
)


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a sticker says of a copy; the call number is the copy's own or else its title's."""

    id: UUID
    barcode: str
    inventory: str
    call_number: str
    classification: str
    title: str

    @property
    def number(self) -> str:
        """What the codes say: the barcode, or else the inventory number."""
        return self.barcode or self.inventory


def copy_facts(library: Library, copies: Iterable[UUID]) -> dict[UUID, CopyFacts]:
    """Return what stands on these copies' stickers; unknown ones are left out."""
    found: dict[UUID, CopyFacts] = {}
    for part in in_parts(copies, _PART):
        rows = library.rows(
            "select c.id, c.barcode, c.inventory, coalesce(nullif(c.call_number, ''),"
            " t.call_number), t.classification, t.title from copy c"
            " left join title t on t.id = c.title"
            f" where c.deleted = 0 and c.id in ({','.join('?' * len(part))})",
            *(one.bytes for one in part),
        )
        for id_, *texts in rows:
            one = sure_id(id_)
            found[one] = CopyFacts(one, *(text or "" for text in texts))
    return found


def unprinted_copies(library: Library, branch: UUID) -> list[UUID]:
    """Return the copies of a branch (or of none) without a printed sticker, by barcode."""
    return _ids(library, f"select c.id {_UNPRINTED} order by c.barcode, c.rid", branch.bytes)


def count_unprinted_copies(library: Library, branch: UUID) -> int:
    """Count what ``unprinted_copies`` returns."""
    return int(library.value(f"select count(*) {_UNPRINTED}", branch.bytes))


def copies_since(library: Library, branch: UUID, first_id: UUID) -> list[UUID]:
    """Return the copies of a branch (or of none) whose ids are not older, by barcode."""
    query = f"select c.id from copy c where c.id >= ? and {_LIVE} and {_HERE} order by c.barcode"
    return _ids(library, query, first_id.bytes, branch.bytes)


def copies_of_titles(library: Library, titles: Sequence[UUID]) -> list[UUID]:
    """Return the copies of titles, in the titles' order and by barcode."""
    found: dict[UUID, list[UUID]] = {}
    for part in in_parts(titles, _PART):
        rows = library.rows(
            f"select c.title, c.id from copy c where {_LIVE}"
            f" and c.title in ({','.join('?' * len(part))}) order by c.barcode",
            *(one.bytes for one in part),
        )
        for title, copy in rows:
            found.setdefault(sure_id(title), []).append(sure_id(copy))
    return [copy for title in titles for copy in found.get(title, ())]


def copy_numbers(library: Library, column: str, beginning: str) -> list[tuple[UUID, str]]:
    """Return id and number of the copies whose barcode (or inventory number) begins so."""
    assert column in ("barcode", "inventory")
    query = f"select c.id, c.{column} from copy c where {_LIVE} and c.{column} >= ?"
    values: list[Any] = [beginning]
    if beginning:
        query += f" and c.{column} < ?"
        values.append(beginning + "\U0010ffff")
    return [(sure_id(id_), number) for id_, number in library.rows(query, *values) if number]


def members_of(
    library: Library, *, category: UUID | None = None, registered_from: str = ""
) -> list[UUID]:
    """Return members by card number, of one category or registered from a day on."""
    query = "select m.id from member m where m.deleted = 0"
    values: list[Any] = []
    if category is not None:
        query += " and m.category = ?"
        values.append(category.bytes)
    if registered_from:
        query += " and m.registered >= ?"
        values.append(registered_from)
    return _ids(library, f"{query} order by m.card, m.rid", *values)


def unprinted_members(library: Library) -> list[UUID]:
    """Return the members without a printed card, by card number."""
    return _ids(library, f"select m.id {_UNPRINTED_CARDS} order by m.card, m.rid")


def count_unprinted_members(library: Library) -> int:
    """Count what ``unprinted_members`` returns."""
    return int(library.value(f"select count(*) {_UNPRINTED_CARDS}"))


def member_facts(library: Library, members: Iterable[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """Return card number, name and category name of members; unknown ones are left out."""
    found = {}
    for part in in_parts(members, _PART):
        rows = library.rows(
            "select m.id, m.card, m.name, k.name from member m"
            " left join member_category k on k.id = m.category"
            f" where m.deleted = 0 and m.id in ({','.join('?' * len(part))})",
            *(one.bytes for one in part),
        )
        for id_, *texts in rows:
            card, name, category = (text or "" for text in texts)
            found[sure_id(id_)] = (card, name, category)
    return found


def _ids(library: Library, query: str, *values: Any) -> list[UUID]:
    return [sure_id(row[0]) for row in library.rows(query, *values)]
