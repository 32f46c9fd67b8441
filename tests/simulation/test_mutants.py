"""Whatever protection is taken away, some story of the first few shows it."""

from __future__ import annotations

import pytest

from simulation.mutants import MUTANTS
from simulation.story import run


@pytest.mark.parametrize("name", MUTANTS)
def test_a_program_without_one_protection_is_caught(name: str) -> None:
    mutant, within = MUTANTS[name]
    with mutant():
        assert any(_shows(seed) for seed in range(within))


def _shows(seed: int) -> bool:
    """Whether a story goes wrong; a program that breaks down on it counts too."""
    try:
        return bool(run(seed).wrong)
    except (LookupError, ValueError):
        return True
