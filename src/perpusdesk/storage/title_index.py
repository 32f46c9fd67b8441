"""Keeps the search index and the lines in step with the rows of titles, in their transaction."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from perpusdesk.domain.words.entry import (
    ANALYSIS,
    COLUMNS,
    SOURCES,
    Entry,
    TitleTexts,
    own_words,
)
from perpusdesk.domain.words.ready import ready_entry
from perpusdesk.storage.meta import Meta
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.title_lines import Stored, add_lines, drop_all_lines, drop_lines

TITLE: Final = "title"
_KEY: Final = "title_index"
_CHUNK: Final = 500
_BUILD_CHUNK: Final = 5_000
_TEXTS: Final = ", ".join(("id", "material", "language", *SOURCES))
_MARKS: Final = ", ".join("?" * (len(COLUMNS) + 1))
_INSERT: Final = f"insert into title_words(rowid, {', '.join(COLUMNS)}) values ({_MARKS})"
_DELETE: Final = (
    f"insert into title_words(title_words, rowid, {', '.join(COLUMNS)}) values ('delete', {_MARKS})"
)
_COUNT: Final = (
    "insert into title_vocabulary(word, titles) values (?, ?)"
    " on conflict(word) do update set titles = titles + excluded.titles"
)

_Texts = dict[int, tuple[Any, ...]]


class TitleIndex:
    """The words of all titles that are not deleted, of one library file.

    The index holds no texts: what is taken out of it is worked out anew from the row as it was,
    so it is right only while the analysis is the one that filled it (see ``stale``).
    """

    def __init__(self, database: Sql) -> None:
        self._database = database

    @contextlib.contextmanager
    def follows(self, ids: Sequence[bytes], new: Sequence[bytes] = ()) -> Iterator[None]:
        """Bring the index in step with what the block does to the rows of these titles.

        ``new`` are titles that have no row before.
        """
        before = self._texts(ids)
        yield
        after = self._texts([*ids, *new])
        gone = {rid: texts for rid, texts in before.items() if after.get(rid) != texts}
        come = {rid: texts for rid, texts in after.items() if before.get(rid) != texts}
        self._change(gone, come)

    def _texts(self, ids: Sequence[bytes]) -> _Texts:
        found: _Texts = {}
        for part in in_parts(ids, _CHUNK):
            query = (
                f"select rid, {_TEXTS} from title where deleted = 0"
                f" and id in ({','.join('?' * len(part))})"
            )
            rows = self._database.execute_sql(query, part).fetchall()
            found.update((row[0], row[1:]) for row in rows)
        return found

    def _change(self, gone: _Texts, come: _Texts) -> None:
        vocabulary: Counter[str] = Counter()
        out = [(rid, _entry(row)) for rid, row in gone.items()]
        in_ = [(rid, _entry(row)) for rid, row in come.items()]
        for _, made in out:
            vocabulary.subtract(own_words(made))
        for _, made in in_:
            vocabulary.update(own_words(made))
        cursor = self._database.cursor()
        if out:
            cursor.executemany(_DELETE, [(rid, *_columns(made)) for rid, made in out])
        if in_:
            cursor.executemany(_INSERT, [(rid, *_columns(made)) for rid, made in in_])
        drop_lines(self._database, gone)
        add_lines(self._database, (_stored(rid, row) for rid, row in come.items()))
        changes = sorted((word, times) for word, times in vocabulary.items() if times)
        if changes:
            cursor.executemany(_COUNT, changes)
        if out:
            cursor.execute("delete from title_vocabulary where titles <= 0")

    # -- all of it ------------------------------------------------------------------------------

    def stale(self) -> bool:
        """Whether another analysis (or none) filled the index."""
        return bool(Meta(self._database).get(_KEY, 0) != ANALYSIS)

    def build(self) -> None:
        """Fill the index anew from the rows, within the caller's transaction."""
        self._database.execute_sql("insert into title_words(title_words) values ('delete-all')")
        self._database.execute_sql("delete from title_vocabulary")
        drop_all_lines(self._database)
        last = 0
        while True:
            rows = self._database.execute_sql(
                f"select rid, {_TEXTS} from title where deleted = 0 and rid > ?"
                f" order by rid limit {_BUILD_CHUNK}",
                (last,),
            ).fetchall()
            if not rows:
                break
            self._change({}, {row[0]: row[1:] for row in rows})
            last = rows[-1][0]
        Meta(self._database).put(_KEY, ANALYSIS)


def _entry(row: tuple[Any, ...]) -> Entry:
    return ready_entry(_said(row))


def _said(row: tuple[Any, ...]) -> TitleTexts:
    return TitleTexts(*(text or "" for text in row[3:]))


def _stored(rid: int, row: tuple[Any, ...]) -> Stored:
    id_, material, language = row[:3]
    return rid, id_, _said(row), material or "", language or ""


def _columns(made: Entry) -> tuple[str, ...]:
    return tuple(getattr(made, name) for name in COLUMNS)
