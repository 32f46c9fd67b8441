"""A real PostgreSQL for tests, started once per test process; see the fixture ``postgres_dsn``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from perpusdesk.storage.postgres import schema
from perpusdesk.storage.postgres.embedded import NoServerError, server

QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Tests kill processes and connections, never the machine's power."""


@contextlib.contextmanager
def started() -> Iterator[str]:
    """Start a server and give its DSN; skip in words where it cannot start."""
    try:
        with contextlib.ExitStack() as stack:
            yield stack.enter_context(server(QUICK))
    except NoServerError as error:
        pytest.skip(str(error))


def drop_all(dsn: str) -> None:
    """Remove every library of a server."""
    for name in schema.libraries(dsn):
        schema.drop(dsn, name)
