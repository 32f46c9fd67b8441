"""Three hundred stories every day: everything goes wrong, and in the end all devices agree."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.story import run

STORIES = 300
PARTS = 12
TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("part", range(PARTS))
def test_all_devices_agree_in_the_end(part: int) -> None:
    for seed in range(part, STORIES, PARTS):
        result = run(seed)
        assert not result.wrong, f"`python -m simulation --seed {seed}` tells: {result.wrong}"


def test_a_story_is_the_same_each_time_it_is_told() -> None:
    told = []
    for chance in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": chance, "PYTHONPATH": str(TESTS)}
        command = [sys.executable, "-m", "simulation", "--seed", "5"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        told.append(done.stdout)
    assert told[0] == told[1]
    assert "all held" in told[0]
