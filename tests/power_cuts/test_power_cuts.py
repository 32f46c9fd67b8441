"""The power goes off at any moment: what was confirmed is there, and ops and rows agree.

Each campaign is a process of its own, for it puts a layer under every SQLite file it opens.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from power_cuts.mutants import MUTANTS

_TESTS = Path(__file__).parents[1]


def campaign(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as the documentation tells it."""
    return subprocess.run(
        [sys.executable, "-m", "power_cuts", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=_TESTS,
        env={**os.environ, "PYTHONPATH": f"{_TESTS}{os.pathsep}{_TESTS.parent / 'src'}"},
    )


def test_nothing_confirmed_is_lost_in_sixty_power_cuts() -> None:
    done = campaign("--cuts", "64", "--each", "4")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_program_that_does_not_wait_for_the_disk_is_caught() -> None:
    done = campaign("--cuts", "10", "--story", "desk", "--mutant", "unsynced_commits")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bad runs" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_nothing_confirmed_is_lost_in_two_thousand_power_cuts() -> None:
    done = campaign("--cuts", "2000", "--jobs", "2", "--first", "1000")
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", MUTANTS)
def test_a_program_with_one_flaw_is_caught(name: str) -> None:
    where = ["--story", "making", "--each", "20"] if name == "vault_after_database" else []
    done = campaign("--cuts", "360", "--jobs", "2", "--mutant", name, *where)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bad runs" in done.stdout
