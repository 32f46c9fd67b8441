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
from perpusdesk.services.cataloguing.titles import title_fields
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import search, suggest
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk

Find = Callable[[str], list[str]]
FIRST, AMONG_TEN = 0.90, 0.98
TUNED = 0.97
SETS = ("relevance", "held_out")
Case = tuple[str, list[str]]


def _cases(name: str) -> list[Case]:
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ") for line in lines if not line.startswith("#"))
    return [(query, [joined(text) for text in wanted.split(";;")]) for _, query, wanted in parts]


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


def _success(find: Find, cases: list[Case]) -> tuple[float, float, list[str]]:
    first = among = 0
    missed = []
    for query, wanted in cases:
        good = [any(name.startswith(text) for text in wanted) for name in find(query)]
        first += bool(good) and good[0]
        among += any(good)
        if not any(good):
            missed.append(query)
    return first / len(cases), among / len(cases), missed


@pytest.mark.parametrize(("name", "least"), [("relevance", 200), ("held_out", 60)])
def test_the_set_is_large_and_asks_for_titles_that_are_there(
    desk: Desk, name: str, least: int
) -> None:
    names = [joined(row[0]) for row in desk.library.rows("select title from title")]
    cases = _cases(name)
    assert len({query for query, _ in cases}) == len(cases) >= least
    absent = [
        query
        for query, wanted in cases
        if not any(name.startswith(text) for name in names for text in wanted)
    ]
    assert absent == []


def test_readers_find_what_they_look_for(
    desk: Desk, record_property: Callable[[str, object], None]
) -> None:
    """Both sets together; each alone is recorded, beside FTS5 as it comes."""
    ours, bare = _ours(desk), _bare(desk)
    for name in SETS:
        figures = [_success(find, _cases(name))[:2] for find in (ours, bare)]
        record_property(name, dict(zip(("ours", "bare"), figures, strict=True)))
    assert _success(ours, _cases("relevance"))[0] >= TUNED, "what was tuned is lost again"
    cases = [case for name in SETS for case in _cases(name)]
    first, among, missed = _success(ours, cases)
    assert first >= FIRST, (first, missed)
    assert among >= AMONG_TEN, (among, missed)
    assert _success(bare, cases)[1] < among


def test_typing_finds_the_title_before_its_last_word_is_whole(desk: Desk) -> None:
    for typed in ("reduplikasi bah", "modernisasi pes", "nilai-nilai budaya yang terk"):
        assert joined(suggest(desk, typed)[0].title).startswith(typed.split()[0].split("-")[0])
