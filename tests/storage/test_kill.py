"""A desk that is killed in the middle of its work: what was confirmed is there, once."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from helpers.kill_desk import kill_many
from perpusdesk.storage.database import Engine


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_confirmed_survives_being_killed(tmp_path: Path, seed: int) -> None:
    engine = Engine.APSW if seed == 1 else Engine.STDLIB
    found = kill_many(tmp_path / "library", 4, seed, engine)
    assert found.good, asdict(found)
    assert found.confirmed >= found.kills == 4


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_what_was_confirmed_survives_being_killed_two_hundred_times(tmp_path: Path) -> None:
    found = kill_many(tmp_path / "library", 200, 2026, Engine.APSW)
    sys.stdout.write(json.dumps(asdict(found)) + "\n")
    assert found.good, asdict(found)
    assert found.kills == 200
