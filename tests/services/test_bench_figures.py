"""The benchmarks at tiny size: they run, and their figures have the documented shape."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perpusdesk.cli import bench_commands
from perpusdesk.cli.main import Desktop, run
from perpusdesk.services import bench_desk, bench_library
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library

TINY = 300
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
    assert set(result) == {"bench", "size", "machine", "figures", "baseline", "ratio"}
    assert (result["bench"], result["size"]) == ("desk", TINY)
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
