"""The damage campaigns: some of each every day, thousands of damages in the long run."""

from __future__ import annotations

from pathlib import Path

import pytest

from damage.campaign import run
from damage.harm import Result
from damage.table import bad, table
from damage.world import make_originals
from damage.worlds import files_in_turn

EVERY_DAY = 12
ALL = 1_000


def test_no_damage_goes_unnoticed_and_nothing_readable_is_lost(tmp_path: Path) -> None:
    originals = make_originals(tmp_path, plain=False)
    results = [run(seed, originals, tmp_path) for seed in range(EVERY_DAY)]
    assert bad(results) == []
    assert any(one.repaired for one in results)


def test_damaged_backups_snapshots_and_packages_are_noticed_and_made_good(tmp_path: Path) -> None:
    results = list(files_in_turn(tmp_path, range(3 * EVERY_DAY)))
    assert bad(results) == []
    assert sum(one.repaired for one in results) > EVERY_DAY


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_damages(tmp_path: Path) -> None:
    originals = make_originals(tmp_path)
    assert bad([run(seed, originals, tmp_path) for seed in range(ALL)]) == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_damages_to_other_files(tmp_path: Path) -> None:
    assert bad(list(files_in_turn(tmp_path, range(ALL)))) == []


def test_the_table_counts_each_result_once() -> None:
    mended = Result(1, "backup", ".pack", "zero", detected="verify", repaired=True)
    wrong = Result(2, "backup", ".pack", "zero", faults=["false"])
    lines = table([mended, wrong, Result(3, "backup", ".json", "swap", identical=True)]).split("\n")
    assert lines[1].split() == ["backup", ".json", "1", "1", "0", "0", "0", "0"]
    assert lines[2].split() == ["backup", ".pack", "2", "0", "1", "0", "0", "1"]
    assert lines[-2] == "BAD 2 backup .pack zero: ['false']"
