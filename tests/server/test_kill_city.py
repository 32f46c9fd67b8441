"""A city of real processes, killed at random: nothing confirmed is lost."""

from pathlib import Path

import pytest

from server.kill_city import kill_city


@pytest.mark.timeout(300)
def test_killed_at_random_for_some_seconds_nothing_confirmed_is_lost(tmp_path: Path) -> None:
    found = kill_city(tmp_path, 8, 5)
    assert found.good, found
    assert found.kills > 3
    assert found.confirmed > 10


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_random_for_two_minutes_nothing_confirmed_is_lost(tmp_path: Path) -> None:
    found = kill_city(tmp_path, 120, 6)
    assert found.good, found
