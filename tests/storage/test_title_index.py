"""The search index says what the rows say, whatever was written and in whatever order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perpusdesk.domain.merge.ops import DELETE
from perpusdesk.storage.check import Flaw, check
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library

WORDS = ("perpoestakaan", "Buku-buku", "menulis", "Qur'an", "Mochamad", "2X1", "yang", "")


def _contents(library: Library) -> tuple[Any, ...]:
    """Everything in the index: each word of each row and column, the vocabulary, and the lines."""
    database = library.database
    database.execute_sql("pragma query_only = off")
    database.execute_sql(
        "create virtual table temp.every_word using fts5vocab(main, title_words, instance)"
    )
    instances = database.execute_sql(
        "select term, doc, col, offset from every_word order by 1, 2, 3, 4"
    ).fetchall()
    database.execute_sql("drop table temp.every_word")
    database.execute_sql("insert into title_words(title_words) values ('integrity-check')")
    words = database.execute_sql("select * from title_vocabulary order by 1").fetchall()
    database.execute_sql("pragma query_only = on")
    lines = database.execute_sql(
        "select l.rid, l.id, l.year, l.by_title, l.by_author, l.by_shelf, f.material, f.language,"
        " f.decade, f.hundred from title_line l join title_facet f on f.number = l.facet order by 1"
    ).fetchall()
    return instances, words, lines


def _same_as_built_anew(library: Library) -> bool:
    before = _contents(library)
    library.rebuild_search()
    return before == _contents(library)


CHANGE = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(WORDS),
        "author": st.sampled_from(WORDS) | st.none(),
        "subjects": st.sampled_from(WORDS),
        "classification": st.sampled_from(("2X1", "899.221", None)),
        "language": st.sampled_from(("ind", "jav")),
        "year": st.sampled_from(("1998", "[199-]", None)),
    },
)
STEP = st.tuples(st.integers(0, 2), CHANGE | st.just(DELETE))


@pytest.fixture
def empty(make: Any) -> Library:
    library: Library = make()
    return library


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(st.lists(STEP, min_size=1, max_size=3), max_size=6))
def test_what_is_kept_is_what_would_be_built_anew(
    empty: Library, actions: list[list[tuple[int, Any]]]
) -> None:
    titles = [empty.new_id() for _ in range(3)]
    for steps in actions:
        action = Action("test")
        for which, change in steps:
            if change == DELETE:
                action.delete("title", titles[which])
            elif change:
                action.set("title", titles[which], change)
        if action.drafts:
            empty.write(action)
    assert _same_as_built_anew(empty)


def _found(library: Library, match: str) -> int:
    query = "select count(*) from title_words where title_words match ?"
    return int(library.value(query, match))


def test_a_title_is_found_by_what_it_is_called_now_until_it_is_deleted(empty: Library) -> None:
    title = empty.new_id()
    for steps, hits in (({"title": "Sungai"}, (1, 0)), ({"title": "Gunung"}, (0, 1))):
        action = Action("test")
        action.set("title", title, steps)
        empty.write(action)
        assert (_found(empty, "sungai"), _found(empty, "gunung")) == hits
    action = Action("test")
    action.delete("title", title)
    empty.write(action)
    assert _found(empty, "gunung") == 0
    assert empty.rows("select * from title_vocabulary") == []


def test_a_failed_write_leaves_the_index_as_it_was(empty: Library) -> None:
    title = empty.new_id()
    action = Action("test")
    action.set("title", title, {"title": "Sungai"}, fresh=True)
    empty.write(action)
    before = _contents(empty)
    twice = Action("test")
    twice.set("title", empty.new_id(), {"title": "Gunung"}, fresh=True)
    twice.event("no_such_event", "title", title)
    with pytest.raises(ValueError, match="no rule"):
        empty.write(twice)
    assert _contents(empty) == before


def test_another_analysis_makes_the_index_anew_when_the_library_opens(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        action = Action("test")
        action.set("title", library.new_id(), {"title": "Sungai"}, fresh=True)
        library.write(action)
    monkeypatch.setattr("perpusdesk.storage.title_index.ANALYSIS", 99)
    monkeypatch.setattr("perpusdesk.storage.title_index._columns", lambda _: ("jembatan",) * 9)
    with Library.open(tmp_path / "a", engine=engine) as library:
        assert (_found(library, "sungai"), _found(library, "jembatan")) == (0, 1)


def test_misses_are_counted_by_day_and_words(empty: Library) -> None:
    for day in ("2026-11-02", "2026-11-02", "2026-11-03"):
        empty.note_search_miss("layang layang", day)
    rows = empty.rows("select * from search_miss order by day")
    assert rows == [("2026-11-02", "layang layang", 2), ("2026-11-03", "layang layang", 1)]


def _spoil(library: Library, statement: str) -> None:
    library.database.execute_sql("pragma query_only = off")
    library.database.execute_sql(statement)
    library.database.execute_sql("pragma query_only = on")


@pytest.mark.parametrize(
    ("statement", "which"),
    [
        ("update title set title = 'Gunung' where rid = 1", {"1", "gunung", "sungai"}),
        ("update title set year = '1998' where rid = 2", {"2", "1998"}),
        ("update title set language = 'jav' where rid = 2", {"2"}),
        ("delete from title_line where rid = 2", {"2"}),
        ("update title set deleted = 1 where rid = 3", {"3", "boekit", "bukit"}),
        ("delete from title_words_docsize where id = 1", {"1"}),
    ],
)
def test_an_index_that_says_something_else_is_found_out(
    empty: Library, statement: str, which: set[str]
) -> None:
    action = Action("test")
    for title in ("Sungai", "Ḥikmah dan Łódź", "Boekit"):
        action.set("title", empty.new_id(), {"title": title, "language": "ind"}, fresh=True)
    empty.write(action)
    assert check(empty) == []
    _spoil(empty, statement)
    found = {finding.which for finding in check(empty) if finding.flaw is Flaw.SEARCH}
    assert which <= found
    empty.rebuild_search()
    assert [finding for finding in check(empty) if finding.flaw is Flaw.SEARCH] == []
