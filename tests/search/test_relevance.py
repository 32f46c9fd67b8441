"""What readers type finds what they look for, on real records; beside it FTS5 as it comes."""

from __future__ import annotations

import lzma
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from perpusdesk.common.paths import resources
from perpusdesk.domain.words.normal import joined
from perpusdesk.exchange.marc_titles import read_titles
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.desk import Desk
from perpusdesk.services.search import search, suggest
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.titles import title_fields

Find = Callable[[str], list[str]]
FIRST, AMONG_TEN = 0.95, 0.98


def _cases() -> list[tuple[str, list[str]]]:
    lines = (Path(__file__).parent / "relevance.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ") for line in lines if not line.startswith("#"))
    return [(query, [joined(text) for text in wanted.split(";;")]) for _, query, wanted in parts]


CASES = _cases()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with all titles of the demo."""
    folder = tmp_path_factory.mktemp("titles")
    with create_library(folder / "library", NewLibrary("Uji", "Pusat")) as library:
        desk, actions = open_desk(library), []
        with lzma.open(resources("demo", "titles.mrc.xz")) as file:
            for record in read_titles(file):
                assert isinstance(record, TitleRecord)
                action = desk.action("import")
                action.set("title", library.new_id(), title_fields(record), fresh=True)
                actions.append(action)
        library.write_many(actions)
        yield desk


def _ours(desk: Desk) -> Find:
    names = {row[0]: joined(row[1]) for row in desk.library.rows("select id, title from title")}

    def find(query: str) -> list[str]:
        ids: tuple[UUID, ...] = search(desk, query, 10).ids
        return [names[id_.bytes] for id_ in ids]

    return find


def _bare(desk: Desk) -> Find:
    columns = "title, subtitle, author, other_authors, isbn, subjects, call_number"
    rows = desk.library.rows(f"select {columns} from title")
    database = sqlite3.connect(":memory:")
    database.execute(f"create virtual table bare using fts5({columns})")
    database.executemany("insert into bare values (?, ?, ?, ?, ?, ?, ?)", rows)

    def find(query: str) -> list[str]:
        match = " ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        found = database.execute(
            "select title from bare where bare match ? order by rank limit 10", (match,)
        )
        return [joined(row[0]) for row in found]

    return find


def _success(find: Find) -> tuple[float, float, list[str]]:
    first = among = 0
    missed = []
    for query, wanted in CASES:
        good = [any(name.startswith(text) for text in wanted) for name in find(query)]
        first += bool(good) and good[0]
        among += any(good)
        if not any(good):
            missed.append(query)
    return first / len(CASES), among / len(CASES), missed


def test_the_set_is_large_and_asks_for_titles_that_are_there(desk: Desk) -> None:
    names = [joined(row[0]) for row in desk.library.rows("select title from title")]
    assert len(CASES) >= 200
    absent = [
        query
        for query, wanted in CASES
        if not any(name.startswith(text) for name in names for text in wanted)
    ]
    assert absent == []


def test_readers_find_what_they_look_for(
    desk: Desk, record_property: Callable[[str, object], None]
) -> None:
    first, among, missed = _success(_ours(desk))
    bare_first, bare_among, _ = _success(_bare(desk))
    record_property("success", {"ours": (first, among), "bare": (bare_first, bare_among)})
    assert first >= FIRST, (first, missed)
    assert among >= AMONG_TEN, (among, missed)
    assert bare_among < among


def test_typing_finds_the_title_before_its_last_word_is_whole(desk: Desk) -> None:
    for typed in ("reduplikasi bah", "modernisasi pes", "nilai-nilai budaya yang terk"):
        assert joined(suggest(desk, typed)[0].title).startswith(typed.split()[0].split("-")[0])
