"""The benchmarks at tiny size: they run, and their figures have the documented shape."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from perpusdesk.cli import bench_commands
from perpusdesk.cli.main import Desktop, run
from perpusdesk.services.bench import bench_desk, bench_import, bench_library
from perpusdesk.storage import lock_up
from perpusdesk.storage.check import check
from perpusdesk.storage.library import FILE_NAME, Library

TINY = 300
NO_WINDOW = Desktop(lambda *_: 0, lambda *_: 0, lambda *_: {})
DURATION = {"p50", "p95", "p99", "count"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(autouse=True)
def small_baseline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare with a library that is made in a moment."""
    monkeypatch.setattr(bench_desk, "SMALL", 100)


def test_the_library_has_the_size_of_a_city_in_proportion(tmp_path: Path) -> None:
    data = bench_library.ensure_bench_library(tmp_path / str(TINY), TINY)
    with Library.open(data) as library:
        counts = {
            table: library.value(f"select count(*) from {table}")
            for table in ("copy", "title", "member", "loan")
        }
        assert counts == {"copy": 300, "title": 120, "member": 60, "loan": 1200}
        assert library.value('select count(*) from loan where "end" = 0') == 0
        assert check(library) == []
    assert bench_library.ensure_bench_library(data, TINY) == data


def test_lending_and_returning_are_measured_beside_the_bare_commit(folder: Path) -> None:
    result = bench_desk.bench_desk(folder, TINY, rounds=20)
    assert json.loads(json.dumps(result)) == result
    names = {"bench", "size", "machine", "figures", "baseline", "ratio", "encryption"}
    assert set(result) == names
    assert (result["bench"], result["size"]) == ("desk", TINY)
    assert lock_up.is_locked(folder / f"{TINY}-locked" / FILE_NAME)
    assert all(value > 0 for value in result["encryption"]["opening_ms"].values())
    for durations in (*result["figures"].values(), *result["baseline"].values()):
        assert set(durations) == DURATION
        assert 0 < durations["p50"] <= durations["p95"] <= durations["p99"]
    assert result["figures"]["lend_ms"]["count"] >= 15
    for ratio in result["ratio"].values():
        assert set(ratio) == {"p50", "p95", "p99"}
    with Library.open(folder / str(TINY)) as library:
        assert library.value('select count(*) from loan where "end" = 0') == 0


def test_the_floor_is_a_commit_of_the_same_kind(tmp_path: Path) -> None:
    floor = bench_desk.Floor(tmp_path / "floor.db")
    try:
        floor.turn(keep=True)
        assert (floor.journal, len(floor.ms)) == ("wal", 1)
    finally:
        floor.close()


def test_the_command_prints_the_figures_of_desk_and_window(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def window(name: str, data: Path, size: int) -> dict[str, object]:
        asked.append((name, data, size))
        return {"bench": name, "figures": {}}

    measure = bench_desk.bench_desk
    monkeypatch.setattr(bench_desk, "bench_desk", lambda data, size: measure(data, size, rounds=5))
    desktop = Desktop(lambda *_: 0, lambda *_: 0, window)
    words = ["bench", "desk", "--size", "1000", "--keep", str(folder), "--json"]
    assert run(words, desktop) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["figures"]["window"] == {"bench": "desk", "figures": {}}
    assert asked == [("desk", folder / "1000", 1000)]
    assert run(["bench", "start", "--size", "1000", "--keep", str(folder), "--json"], desktop) == 0
    assert json.loads(capsys.readouterr().out)["bench"] == "start"


def test_a_folder_that_was_not_asked_to_stay_goes_away() -> None:
    with bench_commands._folder(None) as made:
        assert made.is_dir()
    assert not made.exists()


def test_moving_in_is_measured_beside_the_bare_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["bench", "import", "--size", "150", "--json"], NO_WINDOW) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"bench", "size", "machine", "figures", "baseline", "ratio"}
    figures = result["figures"]
    assert figures["records"] == figures["titles"] + figures["duplicates"] == 150
    assert figures["made_records"] and figures["refused"] == 0
    assert figures["records_per_second"] > 0 < result["baseline"]["pymarc_parse_per_second"]
    assert figures["peak_memory_mib"] > 20


def test_a_shorter_file_is_taken_whole(tmp_path: Path) -> None:
    source = tmp_path / "few.mrc"
    source.write_bytes(b"".join(islice(bench_import.made_records(), 5)))
    assert bench_import.bench_import(tmp_path, 100, source)["figures"]["records"] == 5


def test_benchmarks_refuse_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "import", "--file", "there-is-none.mrc", "--json"], NO_WINDOW) == 2
    assert "there-is-none" in json.loads(capsys.readouterr().out)["error"]["message"]
