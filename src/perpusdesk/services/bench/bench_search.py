"""How long each keystroke of a search takes, beside a bare FTS5 query of the same words.

The titles are the demo's real records, recombined: the first half of one with the second of
another, so that words are as common and as rare as in a catalogue.
"""

from __future__ import annotations

import io
import lzma
import random
import re
import shutil
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from peewee import SqliteDatabase

from perpusdesk.common.paths import resources
from perpusdesk.exchange.marc_titles import read_titles
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.bench.bench_desk import machine, quantiles
from perpusdesk.services.bench.bench_import import PeakMemory
from perpusdesk.services.cataloguing.title_lists import Asked, facets_of, first_titles, whole_list
from perpusdesk.services.cataloguing.titles import title_fields
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import search, suggest, warm_up
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.database import connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.sql import Sql

_BATCH: Final = 5_000
_QUERIES: Final = 120
_LONGEST: Final = 30
_SEEN: Final = 8
_BARE: Final = "title, subtitle, author, other_authors, isbn, subjects"
_INTO_BARE: Final = f"insert into bare(rowid, {_BARE}) values (?, ?, ?, ?, ?, ?, ?)"
_INDEX: Final = ("title_words%", "title_vocabulary")


def bench_search(folder: Path, size: int, queries: int = _QUERIES) -> dict[str, Any]:
    """Measure ``queries`` texts, letter by letter; times in ms. The library is made if need be."""
    data = folder / f"titles-{size}"
    built = {} if (data / FILE_NAME).exists() else _build(data, size)
    bare_file = folder / f"bare-{size}.db"
    with Library.open(data) as library:
        desk = open_desk(library)
        bare, bare_seconds = _bare(library, bare_file)
        texts = _texts(library, queries)
        with PeakMemory() as memory:
            first = _first(desk)
            ours, floor, whole = _measured(desk, bare, texts)
            lists = _lists(desk, texts)
        bytes_ours, bytes_bare = _bytes(library.database, _INDEX), _bytes(bare, ("bare%",))
        rebuilt = _seconds(library)
        bare.close()
    figures = {
        "keystroke_ms": quantiles(ours),
        "whole_search_ms": quantiles(whole),
        "first_search_ms": first,
        **{name: quantiles(times) for name, times in lists.items()},
        "peak_memory_mib": memory.mib,
        **built,
    }
    baseline = {"bare_fts5_keystroke_ms": quantiles(floor)}
    return {
        "bench": "search",
        "size": size,
        "machine": machine(),
        "figures": {**figures, "index_seconds": rebuilt, "index_mib": _mib(bytes_ours)},
        "baseline": {**baseline, "index_seconds": bare_seconds, "index_mib": _mib(bytes_bare)},
        "ratio": {
            f"keystroke_{name}": round(figures["keystroke_ms"][name] / floor_value, 2)
            for name, floor_value in baseline["bare_fts5_keystroke_ms"].items()
            if name != "count"
        },
    }


# -- the titles -------------------------------------------------------------------------------


def _build(folder: Path, size: int) -> dict[str, Any]:
    building = folder.with_name(folder.name + ".building")
    shutil.rmtree(building, ignore_errors=True)
    records = _records()
    new = NewLibrary("Perpustakaan Uji", "Pusat")
    with create_library(building, new, encrypted=False) as library:
        desk = open_desk(library)
        began, worked = time.perf_counter(), time.process_time()
        batch: list[Action] = []
        for fields in _recombined(records, size):
            action = desk.action("import")
            action.set("title", library.new_id(), fields, fresh=True)
            batch.append(action)
            if len(batch) == _BATCH:
                library.write_many(batch)
                batch.clear()
        if batch:
            library.write_many(batch)
        spent, cpu = time.perf_counter() - began, time.process_time() - worked
        library.tidy()
    building.rename(folder)
    return {
        "written_per_second": round(size / spent),
        "written_per_second_of_processor": round(size / cpu),
    }


def _records() -> list[dict[str, Any]]:
    packed = resources("demo", "titles.mrc.xz").read_bytes()
    records = read_titles(io.BytesIO(lzma.decompress(packed)))
    found = [record for record in records if isinstance(record, TitleRecord)]
    return [{**title_fields(record), "marc": b""} for record in found]


def _recombined(records: list[dict[str, Any]], size: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    for number in range(size):
        if number < len(records):
            yield records[number]
            continue
        one, other, third = chance.choices(records, k=3)
        first, second = one["title"].split(), other["title"].split()
        title = [*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]]
        yield {
            **one,
            "title": " ".join(title),
            "author": third["author"],
            "responsibility": third["responsibility"],
            "isbn": f"978602{chance.randrange(10_000_000):07d}",
            "year": str(chance.randint(1950, 2026)),
        }


# -- the questions ----------------------------------------------------------------------------


def _texts(library: Library, count: int) -> list[str]:
    """Return what readers may type: a few words of a title, or a name and a word."""
    chance = random.Random(2)
    most = int(library.value("select max(rid) from title"))
    found: list[str] = []
    while len(found) < count:
        row = library.row("select title, author from title where rid = ?", chance.randint(1, most))
        words = re.findall(r"\w+", row[0].lower()) if row else []
        if len(words) < 2 or row is None:
            continue
        start = chance.randrange(len(words) - 1)
        text = " ".join(words[start : start + chance.randint(2, 4)])
        if chance.random() < 0.3 and row[1]:
            text = f"{row[1].lower().split()[0]} {text}"
        found.append(text[:_LONGEST])
    return found


def _measured(
    desk: Desk, bare: SqliteDatabase, texts: list[str]
) -> tuple[list[float], list[float], list[float]]:
    ours, floor, whole = [], [], []
    for number, text in enumerate(texts):
        for end in range(2, len(text) + 1):
            typed = text[:end]
            began = time.perf_counter()
            suggest(desk, typed, _SEEN)
            middle = time.perf_counter()
            _ask_bare(bare, typed)
            if number > 2:  # the first ones warm both up
                ours.append((middle - began) * 1000)
                floor.append((time.perf_counter() - middle) * 1000)
        began = time.perf_counter()
        search(desk, text)
        whole.append((time.perf_counter() - began) * 1000)
    return ours, floor, whole


def _first(desk: Desk) -> float:
    """Return how long the very first search takes after what is loaded in an idle moment."""
    warm_up()
    began = time.perf_counter()
    suggest(desk, "sejarah", _SEEN)
    return round((time.perf_counter() - began) * 1000, 2)


def _lists(desk: Desk, texts: list[str]) -> dict[str, list[float]]:
    """Measure the catalogue's list for each text: its first rows, all of it, and its counts."""
    steps: dict[str, list[float]] = {"list_first_ms": [], "list_whole_ms": [], "list_facets_ms": []}
    for text in texts:
        asked = Asked(text, typing=True)
        marks = [time.perf_counter()]
        found = first_titles(desk, asked)
        marks.append(time.perf_counter())
        found = found if found.whole else whole_list(desk, asked, found)
        marks.append(time.perf_counter())
        facets_of(desk, asked, found)
        marks.append(time.perf_counter())
        for times, (before, after) in zip(steps.values(), pairwise(marks), strict=True):
            times.append((after - before) * 1000)
    return steps


def _bare(library: Library, file: Path) -> tuple[SqliteDatabase, float]:
    """Return FTS5 as it comes, over the same titles, and how long it took to fill."""
    file.unlink(missing_ok=True)
    bare = connect(file)
    query = f"select rid, {_BARE} from title where rid > ? order by rid limit {_BATCH}"
    spent, last = 0.0, 0
    with bare.atomic():
        bare.execute_sql(f"create virtual table bare using fts5({_BARE}, content='', prefix='2 3')")
        while rows := library.rows(query, last):
            last = rows[-1][0]
            began = time.perf_counter()
            bare.cursor().executemany(_INTO_BARE, rows)
            spent += time.perf_counter() - began
    return bare, round(spent, 2)


def _ask_bare(bare: SqliteDatabase, typed: str) -> None:
    match = " ".join(f'"{word}"' for word in re.findall(r"\w+", typed)) + "*"
    bare.execute_sql(
        "select rowid from bare where bare match ? order by rank limit ?", (match, _SEEN)
    ).fetchall()


def _seconds(library: Library) -> float:
    began = time.perf_counter()
    library.rebuild_search()
    return round(time.perf_counter() - began, 2)


def _bytes(database: SqliteDatabase | Sql, names: tuple[str, ...]) -> int:
    """Return what tables of these names take, or what the whole file does when SQLite won't say."""
    wanted = " or ".join("name like ?" for _ in names)
    query = f"select name from sqlite_master where type = 'table' and ({wanted})"
    total = 0
    for (table,) in database.execute_sql(query, names).fetchall():
        if table.endswith("_data"):
            rows = database.execute_sql(f'select sum(length(block)) from "{table}"').fetchall()
            total += int(rows[0][0] or 0)
    return total


def _mib(count: int) -> float:
    return round(count / 2**20, 1)
