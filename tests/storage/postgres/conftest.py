"""Libraries on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from perpusdesk.storage.postgres import schema
from perpusdesk.storage.postgres.library import PostgresLibrary

MakePostgres = Callable[..., PostgresLibrary]


@pytest.fixture
def make_postgres(postgres_dsn: str) -> Iterator[MakePostgres]:
    """Return a function that makes an empty library; all of them are gone afterwards."""
    made: list[PostgresLibrary] = []

    def build_one(**how: Any) -> PostgresLibrary:
        made.append(PostgresLibrary.create_in(postgres_dsn, **how))
        return made[-1]

    yield build_one
    for library in made:
        library.close()
    for library in made:
        schema.drop(postgres_dsn, library.name)


@pytest.fixture
def library(make_postgres: MakePostgres) -> PostgresLibrary:
    """One empty library."""
    return make_postgres()
