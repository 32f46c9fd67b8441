"""The records of a MARC or MARCXML file, compressed or not, as rows."""

from __future__ import annotations

import contextlib
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange import marc_rows
from perpusdesk.exchange.import_rows import Row
from perpusdesk.exchange.marc_titles import read_titles
from perpusdesk.exchange.marcxml import read_xml_titles

BROKEN: Final = (lzma.LZMAError, zlib.error, gzip.BadGzipFile, EOFError)
"""What is raised where a compressed file is damaged or ends too early."""


def read_records(path: Path, *, xml: bool) -> Iterator[tuple[Row, float]]:
    """Yield each record with the share of the file (0 to 1) that was read by then.

    Raises ``KnownError`` (UNREADABLE_FILE; DAMAGED for a broken compressed file).
    """
    with stream_of(path) as stream:
        place = share_read(stream, path)
        for row in marc_rows.rows_of(read_xml_titles(stream) if xml else read_titles(stream)):
            yield row, place()


@contextlib.contextmanager
def stream_of(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, compressed (xz, gz) or not.

    Raises ``KnownError`` (UNREADABLE_FILE; DAMAGED for a broken compressed file).
    """
    try:
        with _opened(path) as stream:
            yield stream
    except BROKEN as error:
        raise KnownError(Fault.DAMAGED, file=str(path)) from error
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error)) from error


def _opened(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".xz":
        return cast(BinaryIO, lzma.open(path))
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path))
    return path.open("rb")


def share_read(stream: BinaryIO, path: Path) -> Callable[[], float]:
    """Return what tells how much of a file was read, also of a compressed one."""
    inner = getattr(stream, "_fp", None) or getattr(stream, "fileobj", None) or stream
    size = max(1, path.stat().st_size)
    return lambda: min(1.0, inner.tell() / size) if not inner.closed else 1.0
