"""The same stories with real library files at the city, at two desks and in a van."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perpusdesk.storage.postgres import schema
from simulation.real_nodes import some_real
from simulation.story import run
from simulation.world import Plan

STORIES, SLOW_STORIES, POSTGRES_STORIES, PARTS = 20, 400, 8, 4


@pytest.mark.parametrize("part", range(PARTS))
def test_library_files_agree_with_all_others(part: int) -> None:
    for seed in range(part, STORIES, PARTS):
        result = run(seed, make=some_real())
        assert not result.wrong, f"seed {seed}: {result.wrong}"


@pytest.fixture
def dsn(postgres_dsn: str) -> Iterator[str]:
    yield postgres_dsn
    for name in schema.libraries(postgres_dsn):
        if name.startswith("story_"):
            schema.drop(postgres_dsn, name)


def test_a_city_on_postgresql_agrees_with_all_others(dsn: str) -> None:
    for seed in range(POSTGRES_STORIES):
        result = run(seed, make=some_real(dsn), plan=Plan(steps=150))
        assert not result.wrong, f"seed {seed}: {result.wrong}"


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_many_more_stories_on_real_stores(part: int, dsn: str) -> None:
    for seed in range(1_000 + part, 1_000 + SLOW_STORIES, PARTS):
        result = run(seed, make=some_real(dsn if seed % 2 else ""))
        assert not result.wrong, f"seed {seed}: {result.wrong}"
