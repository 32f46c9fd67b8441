"""Keeps one narrow line for each title, in the transaction that writes it: lists need no more.

A catalogue of a million records is a gigabyte of rows, but a tenth of that in lines. What the
facets of a line are is kept once for all titles that share them, so that counting groups numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from perpusdesk.domain.words.entry import TitleTexts
from perpusdesk.domain.words.lines import Line, line
from perpusdesk.storage.sql import Sql

_FACET: Final = "insert or ignore into title_facet(material, language, decade, hundred) values "
_INSERT: Final = (
    "insert into title_line(rid, id, facet, year, by_title, by_author, by_shelf) values"
    " (?, ?, (select number from title_facet where material = ? and language = ? and decade = ?"
    " and hundred = ?), ?, ?, ?, ?)"
)

Stored = tuple[int, bytes, TitleTexts, str, str]
"""Row number, id, texts, material and language of a title."""


def add_lines(database: Sql, titles: Iterable[Stored]) -> None:
    """Put in the lines of these titles, within the caller's transaction."""
    rows = []
    facets: dict[tuple[str, str, str, str], None] = {}
    for rid, id_, texts, material, language in titles:
        made = line(texts, material, language)
        facets[_facets(made)] = None
        rows.append((rid, id_, *_facets(made), *_keys(made)))
    cursor = database.cursor()
    cursor.executemany(f"{_FACET} (?, ?, ?, ?)", list(facets))
    cursor.executemany(_INSERT, rows)


def drop_lines(database: Sql, rids: Iterable[int]) -> None:
    """Take the lines of these titles out, within the caller's transaction."""
    rows = [(rid,) for rid in rids]
    if rows:
        database.cursor().executemany("delete from title_line where rid = ?", rows)


def drop_all_lines(database: Sql) -> None:
    """Take every line out, within the caller's transaction."""
    database.execute_sql("delete from title_line")
    database.execute_sql("delete from title_facet")


def _facets(made: Line) -> tuple[str, str, str, str]:
    return made.material, made.language, made.decade, made.hundred


def _keys(made: Line) -> tuple[Any, ...]:
    return made.year, made.by_title, made.by_author, made.by_shelf
