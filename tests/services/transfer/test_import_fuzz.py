"""Whatever the bytes of a file: moving it in ends, in whole batches, and can be taken back.

Every day some thousand changed files are read and some go through a library; the long run
(``-m slow``) reads more than fifty thousand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from helpers.import_seeds import changed, seeds
from helpers.library import living
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.import_rows import MemberRow, PhotoRow, Row, TitleRow
from perpusdesk.exchange.open_files import detect, open_file
from perpusdesk.exchange.pictures import read_picture
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_run import run
from perpusdesk.services.transfer.import_undo import UndoneRun, undo_run
from perpusdesk.storage.check import check
from perpusdesk.storage.queries.imports import counts

NAMES: Final = tuple(seeds())
EXPECTED: Final = (Fault.UNREADABLE_FILE, Fault.DAMAGED)
EVERYDAY, LONG = 200, 5_000
EVERYDAY_RUNS, LONG_RUNS = 8, 150


@pytest.fixture
def desk(head: Desk) -> Desk:
    """The desk of somebody who may import."""
    return head


def mutants(folder: Path, name: str, count: int, seed: int) -> Iterator[Path]:
    """Yield the same file again and again, changed each time."""
    data, chance = seeds()[name], random.Random(f"{seed} {name}")
    path = folder / name
    for _ in range(count):
        path.write_bytes(changed(name, data, chance))
        yield path


def read(path: Path) -> None:
    """Read a file to its end, its pictures too; only known faults may come."""
    try:
        opened = open_file(path, detect(path), lambda _: {})
        for row in opened.rows:
            assert row.row >= 0
            look_at_picture(row)
        assert 0 <= opened.done() <= 1
    except KnownError as told:
        assert told.fault in EXPECTED


def look_at_picture(row: Row) -> None:
    if isinstance(row, PhotoRow):
        read_picture(row.photo)
    elif isinstance(row, MemberRow | TitleRow):
        picture = row.photo if isinstance(row, MemberRow) else row.cover
        assert picture is None or read_picture(picture) is None


@pytest.mark.parametrize("name", NAMES)
def test_no_change_makes_a_reader_fail(tmp_path: Path, name: str) -> None:
    for path in mutants(tmp_path, name, EVERYDAY, seed=1):
        read(path)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", NAMES)
def test_no_change_of_very_many_makes_a_reader_fail(tmp_path: Path, name: str) -> None:
    for path in mutants(tmp_path, name, LONG, seed=2):
        read(path)


def move_in_and_back(desk: Desk, path: Path) -> None:
    """Move a file in: what the report says is there, and all of it goes again."""
    before, was = counts(desk.library), living(desk.library)
    try:
        done = run(desk, [path])
    except KnownError as told:
        assert told.fault in EXPECTED
        assert counts(desk.library) == before
        return
    assert done.run is not None
    for kind, count in counts(desk.library).items():
        assert count == before[kind] + done.added[kind], (kind, done.added)
    undone = undo_run(desk, done.run)
    assert isinstance(undone, UndoneRun) and not undone.kept
    assert living(desk.library) == was


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_of_changed_files_is_whole_and_goes_again(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    for path in mutants(tmp_path, name, EVERYDAY_RUNS, seed=3):
        move_in_and_back(desk, path)
    assert check(desk.library) == []


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", NAMES)
def test_what_comes_of_many_changed_files_is_whole_and_goes_again(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    for path in mutants(tmp_path, name, LONG_RUNS, seed=4):
        move_in_and_back(desk, path)
    assert check(desk.library) == []


class _FellOverError(Exception):
    """What nobody thought of."""


@pytest.mark.parametrize("turns", [1, 7, 30, 55])
def test_a_run_that_falls_over_leaves_whole_batches_that_go_again(
    desk: Desk, tmp_path: Path, turns: int
) -> None:
    path = tmp_path / "banyak.csv"
    lines = [f"Buku {number},Orang {number},W{number:05},2" for number in range(3000)]
    path.write_text("\n".join(["Judul,Pengarang,No Barcode,Jumlah", *lines]))
    left, was = [turns], living(desk.library)

    def falls_over() -> bool:
        left[0] -= 1
        if left[0] == 0:
            raise _FellOverError
        return False

    with pytest.raises(_FellOverError):
        run(desk, [path], stop=falls_over)
    assert check(desk.library) == []
    titles = "select count(*) from title where title like 'Buku %' and deleted = 0"
    whole = (
        "select count(*) from title t where t.title like 'Buku %' and t.deleted = 0"
        " and (select count(*) from copy c where c.title = t.id and c.deleted = 0) = 2"
    )
    assert desk.library.value(titles) == desk.library.value(whole) < 3000
    last = desk.library.value("select entity from op where kind = 'import.begun'")
    undone = undo_run(desk, UUID(bytes=bytes(last)))
    assert isinstance(undone, UndoneRun) and not undone.kept
    assert living(desk.library) == was
