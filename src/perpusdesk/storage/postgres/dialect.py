"""Statements as SQLite takes them, said as PostgreSQL takes them.

Storage keeps to what both understand; four things are put otherwise: ``?`` for a value, ``insert
or ignore``, a list of values after ``in``, which becomes one array, so that the statement is the
same however many there are, and ``cross join ... on``, by which SQLite is told the order of a join.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from perpusdesk.storage.postgres.arrays import packed_list

_QUOTED: Final = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
_LIST: Final = r"\bin\s*\(\s*\?(?:\s*,\s*\?)*\s*\)"
_CROSS: Final = r"\bcross\s+join(?=\s+\w+(?:\s+\w+)?\s+on\b)"
_PARTS: Final = re.compile(rf"({_QUOTED})|({_LIST})|({_CROSS})|(\?)|(%)", re.I)
_IGNORE: Final = re.compile(r"^\s*insert\s+or\s+ignore\s+into\b", re.I)
_REPLACE: Final = re.compile(r"^\s*(insert\s+or\s+replace|replace)\s+into\b", re.I)


class Statement(NamedTuple):
    """A statement for psycopg; ``groups`` says how many values each placeholder takes (0: one)."""

    sql: bytes
    groups: tuple[int, ...]

    def values(self, given: Sequence[Any]) -> Sequence[Any]:
        """Return the values with those of each list in one."""
        if not any(self.groups):
            return given
        rest = iter(given)
        return [
            packed_list([next(rest) for _ in range(size)]) if size else next(rest)
            for size in self.groups
        ]


@lru_cache(maxsize=4096)
def statement(sql: str) -> Statement:
    """Return a statement as psycopg takes it."""
    if _REPLACE.match(sql):
        raise ValueError(f"say what is replaced by 'on conflict': {sql}")
    groups: list[int] = []

    def put(part: re.Match[str]) -> str:
        quoted, listed, ordered, value, _percent = part.groups()
        if quoted:
            return quoted.replace("%", "%%")
        if listed:
            groups.append(listed.count("?"))
            return "= any(%s)"
        if ordered:
            return "join"
        if value:
            groups.append(0)
            return "%s"
        return "%%"

    text = _PARTS.sub(put, sql)
    if _IGNORE.match(text):
        text = _IGNORE.sub("insert into", text) + " on conflict do nothing"
    return Statement(text.encode(), tuple(groups))
