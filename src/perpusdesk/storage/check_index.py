"""Does the search index say what the rows of titles say? For ``check``.

Reckoned anew from the rows: how many words each title has in each column of the index, in how many
titles and how often each word stands, and each title's line. Words with letters beyond ASCII are
left out, for SQLite parts them by an older table of letters than Python's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from perpusdesk.domain.words.entry import COLUMNS, SOURCES, TitleTexts, entry
from perpusdesk.domain.words.lines import line
from perpusdesk.storage.sql import Sql

_CHUNK: Final = 2_000
_TITLES: Final = (
    f"select t.rid, t.id, t.material, t.language, d.sz, {', '.join(f't.{n}' for n in SOURCES)}"
    " from title t left join title_words_docsize d on d.id = t.rid"
    " where t.deleted = 0 and t.rid > ? order by t.rid limit ?"
)
_LINES: Final = (
    "select l.rid, l.id, f.material, f.language, f.decade, f.hundred, l.year, l.by_title,"
    " l.by_author, l.by_shelf from title_line l left join title_facet f on f.number = l.facet"
    " where l.rid > ? and l.rid <= ? order by l.rid"
)
_STRAYS: Final = (
    "select {0} from {1} where {0} not in (select rid from title where deleted = 0) limit 100"
)
_WORDS: Final = "create virtual table temp.counted_words using fts5vocab(main, title_words, row)"

_Counts = tuple[Counter[str], Counter[str]]


def index_flaws(database: Sql) -> Iterator[str]:
    """Yield the row number of each title, and each word, that the index has otherwise."""
    for table, column in (("title_words_docsize", "id"), ("title_line", "rid")):
        query = _STRAYS.format(column, table)
        yield from (str(row[0]) for row in database.execute_sql(query).fetchall())
    titles: Counter[str] = Counter()
    times: Counter[str] = Counter()
    last = 0
    while rows := database.execute_sql(_TITLES, (last, _CHUNK)).fetchall():
        kept = database.execute_sql(_LINES, (last, rows[-1][0])).fetchall()
        yield from _wrong_titles(rows, {row[0]: row[1:] for row in kept}, (titles, times))
        last = rows[-1][0]
    yield from _wrong_words(database, (titles, times))


def _wrong_titles(
    rows: list[tuple[Any, ...]], lines: dict[int, tuple[Any, ...]], counts: _Counts
) -> Iterator[str]:
    titles, times = counts
    for rid, id_, material, language, sizes, *texts in rows:
        said = TitleTexts(*(text or "" for text in texts))
        made = entry(said)
        columns = [getattr(made, name).split() for name in COLUMNS]
        words = [word for column in columns for word in column]
        titles.update({*words})
        times.update(words)
        one = line(said, material or "", language or "")
        facets = (one.material, one.language, one.decade, one.hundred)
        wanted = (id_, *facets, one.year, one.by_title, one.by_author, one.by_shelf)
        plain = all(word.isascii() for word in words)
        counted = _numbers(sizes) == [len(column) for column in columns] if sizes else False
        if lines.get(rid) != wanted or ((plain or not sizes) and not counted):
            yield str(rid)


def _wrong_words(database: Sql, counts: _Counts) -> Iterator[str]:
    titles, times = counts
    database.execute_sql("pragma query_only = off")
    try:
        database.execute_sql(_WORDS)
        found = database.execute_sql("select term, doc, cnt from temp.counted_words")
        for word, in_titles, in_all in found:
            same = (titles.pop(word, 0), times.pop(word, 0)) == (in_titles, in_all)
            if not same and word.isascii():
                yield word
        yield from (word for word in titles if word.isascii())
    finally:
        database.execute_sql("drop table if exists temp.counted_words")
        database.execute_sql("pragma query_only = on")


def _numbers(packed: bytes) -> list[int]:
    """Read the numbers that FTS5 keeps for a row: seven bits a byte, the highest first."""
    found, value = [], 0
    for byte in bytes(packed):
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(value)
            value = 0
    return found
