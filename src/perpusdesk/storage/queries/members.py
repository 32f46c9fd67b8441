"""Members as lists show them, and the search for one: by words, by card, by phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.phone import search_key
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.lookup import words_of
from perpusdesk.storage.queries.values import as_day, as_id, sure_id

SHORTEST_PHONE: Final = 4
_CHUNK: Final = 500
_BLOCKED: Final = (
    "exists (select 1 from block b where b.member = m.id and b.deleted = 0"
    " and coalesce(b.lifted, 0) = 0 and (b.until is null or b.until = '' or b.until >= ?))"
)
_LINE: Final = (
    "select m.id, m.card, m.name, m.category, m.institution, m.phone, m.expires,"
    f" {_BLOCKED} from member m"
)


class Standing(StrEnum):
    """By what the list of members can be narrowed."""

    VALID = "valid"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    BORROWING = "borrowing"
    OVERDUE = "overdue"
    OWING = "owing"


class Order(StrEnum):
    """How the list of members can be sorted."""

    NAME = "name"
    CARD = "card"
    EXPIRES = "expires"
    NEWEST = "newest"


STANDINGS: Final = {
    Standing.VALID: "(m.expires is null or m.expires >= :today)",
    Standing.EXPIRED: "m.expires < :today",
    Standing.BLOCKED: _BLOCKED.replace("?", ":today"),
    Standing.BORROWING: 'm.id in (select member from loan where "end" = 0)',
    Standing.OVERDUE: 'm.id in (select member from loan where "end" = 0 and due < :today)',
    Standing.OWING: "m.id in (select member from money where voided = 0 group by member"
    " having sum(amount) > 0)",
}
_ORDERS: Final = {
    Order.NAME: "m.name collate nocase, m.rid",
    Order.CARD: "m.card, m.rid",
    Order.EXPIRES: "m.expires, m.rid",
    Order.NEWEST: "m.rid desc",
}


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in a list."""

    id: UUID
    card: str
    name: str
    category: UUID | None
    institution: str
    phone: str
    expires: date | None
    expired: bool
    blocked: bool


def find_lines(library: Library, text: str, today: date, limit: int = 20) -> list[MemberLine]:
    """Return the members that ``text`` may mean, the most likely first.

    By the beginning of a card number, by the beginning or end of a phone number, and by words of
    the name or school: all words in any order, whole words first, then words only begun.
    """
    words = words_of(text)
    stages = (
        [*_by_card(library, text, limit), *_by_phone(library, text, limit)],
        _by_words(library, " ".join(f'"{word}"' for word in words), limit),
        _by_words(library, words_query(text), limit),
    )
    found: dict[UUID, MemberLine] = {}
    for stage, rids in enumerate(stages):
        if len(found) < limit:
            lines = _lines(library, "rid", rids, today)
            if stage:
                lines.sort(key=lambda line: line.name)
            found |= {line.id: line for line in lines if line.id not in found}
    return list(found.values())[:limit]


def lines_of(library: Library, ids: Iterable[UUID], today: date) -> list[MemberLine]:
    """Return the members with these ids, in this order; unknown ones are left out."""
    return _lines(library, "id", [id_.bytes for id_ in ids], today)


def listed(
    library: Library,
    today: date,
    *,
    text: str = "",
    category: UUID | None = None,
    standing: Standing | None = None,
    order: Order = Order.NAME,
) -> list[UUID]:
    """Return the ids of all members that match, sorted."""
    where, values = ["m.deleted = 0"], []
    if text.strip():
        condition, found = narrowed(text)
        where.append(condition)
        values += found
    if category is not None:
        where.append("m.category = ?")
        values.append(category.bytes)
    if standing is not None:
        condition = STANDINGS[standing]
        values += [today.isoformat()] * condition.count(":today")
        where.append(condition.replace(":today", "?"))
    rows = library.rows(
        f"select m.id from member m where {' and '.join(where)} order by {_ORDERS[order]}", *values
    )
    return [UUID(bytes=bytes(row[0])) for row in rows]


def narrowed(text: str) -> tuple[str, list[Any]]:
    """Return the condition (on ``member m``) that a text asks for, and its values."""
    conditions, values = ["m.card >= ? and m.card < ?"], [*_span(text.strip())]
    query = words_query(text)
    if query:
        conditions.append("m.rid in (select rowid from member_search where member_search match ?)")
        values.append(query)
    beginning, ending = _phone_parts(text)
    if beginning:
        conditions.append("m.phone_key like ?")
        values.append(f"{beginning}%")
    if ending:
        conditions.append("m.phone_key like ?")
        values.append(f"%{ending}")
    return f"({' or '.join(conditions)})", values


def words_query(text: str) -> str:
    """Return the full-text query for words of which each may be only begun."""
    return " ".join(f'"{word}"*' for word in words_of(text))


def _by_words(library: Library, query: str, limit: int) -> list[int]:
    """Return any members that match; putting thousands in order of rank would take too long."""
    if not query:
        return []
    rows = library.rows(
        "select rowid from member_search where member_search match ? limit ?", query, limit
    )
    return [row[0] for row in rows]


def _by_card(library: Library, text: str, limit: int) -> list[int]:
    found: list[int] = []
    for card in dict.fromkeys((text.strip(), text.strip().upper())):
        if card:
            rows = library.rows(
                "select rid from member where card >= ? and card < ? order by card limit ?",
                *_span(card),
                limit,
            )
            found += [row[0] for row in rows]
    return found


def _by_phone(library: Library, text: str, limit: int) -> list[int]:
    beginning, ending = _phone_parts(text)
    rows = beginning and library.rows(
        "select rid from member where phone_key <> '' and phone_key >= ? and phone_key < ? limit ?",
        *_span(beginning),
        limit,
    )
    if not rows and ending:
        rows = library.rows(
            "select rid from member where phone_key <> '' and phone_key like ? limit ?",
            f"%{ending}",
            limit,
        )
    return [row[0] for row in rows or ()]


def _phone_parts(text: str) -> tuple[str, str]:
    """Return what a number may begin with (no country code, no zero) and end with; or nothing."""
    if any(character.isalpha() for character in text):
        return "", ""
    key = search_key(text)
    digits = "".join(character for character in text if character in "0123456789")
    ending = key if digits.startswith(f"62{key}") or digits == f"0{key}" else digits
    return _long_enough(key), _long_enough(ending)


def _long_enough(part: str) -> str:
    return part if len(part) >= SHORTEST_PHONE else ""


def _span(beginning: str) -> tuple[str, str]:
    return beginning, beginning + "\U0010ffff"


def _lines(library: Library, column: str, keys: Sequence[Any], today: date) -> list[MemberLine]:
    found: dict[Any, MemberLine] = {}
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        rows = library.rows(
            _LINE.replace("select ", f"select m.{column}, ", 1)
            + f" where m.deleted = 0 and m.{column} in ({','.join('?' * len(part))})",
            today.isoformat(),
            *part,
        )
        found.update((row[0], _line(row[1:], today)) for row in rows)
    return [found[key] for key in keys if key in found]


def _line(row: tuple[Any, ...], today: date) -> MemberLine:
    i, card, name, category, institution, phone, expires, blocked = row
    last = as_day(expires)
    return MemberLine(
        sure_id(i),
        card or "",
        name or "",
        as_id(category),
        institution or "",
        phone or "",
        last,
        last is not None and last < today,
        bool(blocked),
    )
