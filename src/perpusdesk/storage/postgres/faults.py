"""What PostgreSQL says of disk, rights and connection, as a ``KnownError``; bugs pass through."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

import psycopg
from psycopg import errors

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.database import CalledOffError

_FAULTS: Final[tuple[tuple[type[psycopg.Error], Fault], ...]] = (
    (errors.DiskFull, Fault.DISK_FULL),
    (errors.ReadOnlySqlTransaction, Fault.READ_ONLY),
    (errors.InsufficientPrivilege, Fault.READ_ONLY),
    (errors.DataCorrupted, Fault.DAMAGED),
    (errors.IndexCorrupted, Fault.DAMAGED),
    (errors.UndefinedTable, Fault.NOT_A_LIBRARY),
    (errors.InvalidSchemaName, Fault.NOT_A_LIBRARY),
    (psycopg.OperationalError, Fault.UNREACHABLE),
)


class UnknownOutcomeError(KnownError):
    """A commit was sent and nobody told us what came of it: it may be there, or not, or go yet.

    Whoever asked must ask again; taking in the same ops twice changes nothing.
    """

    def __init__(self, library: str, detail: str) -> None:
        super().__init__(Fault.UNREACHABLE, server=library, cause=detail, outcome="unknown")


def is_lost(error: psycopg.Error) -> bool:
    """Whether an error means that the connection is gone."""
    if isinstance(error, errors.AdminShutdown | errors.CrashShutdown | errors.CannotConnectNow):
        return True
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None


def known(error: psycopg.Error, library: str, *, reading: bool = False) -> Exception | None:
    """Return what an error means to people, if it is not a bug.

    Only where nothing but reading is done may we ourselves have called a question off.
    """
    if isinstance(error, errors.QueryCanceled) and reading:
        return CalledOffError()
    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            detail = str(error).strip()
            return KnownError(fault, file=library, server=library, cause=detail, detail=detail)
    return None


@contextlib.contextmanager
def told(library: str, *, reading: bool = False) -> Iterator[None]:
    """Turn what the driver says into a ``KnownError``; bugs pass through."""
    try:
        yield
    except psycopg.Error as error:
        meaning = known(error, library, reading=reading)
        if meaning is None:
            raise
        raise meaning from error
