"""The damage campaign: some of it each day, a thousand damages in the long run."""

from __future__ import annotations

from pathlib import Path

import pytest

from damage.campaign import figures, run
from damage.world import make_originals

EVERY_DAY = 30
ALL = 1_000


def test_no_damage_goes_unnoticed_and_nothing_readable_is_lost(tmp_path: Path) -> None:
    originals = [one for one in make_originals(tmp_path) if one.key is not None]
    told = figures([run(seed, originals, tmp_path) for seed in range(EVERY_DAY)])
    assert told["faults"] == []
    assert told["detected"]


@pytest.mark.slow
def test_a_thousand_damages(tmp_path: Path) -> None:
    originals = make_originals(tmp_path)
    told = figures([run(seed, originals, tmp_path) for seed in range(ALL)])
    assert told["faults"] == []
