"""Records read by a process of their own, so that reading and writing use a processor each.

That process also works out the words under which each title is found.

What the other process cannot do (it does not start, it dies) is done here: rows are never lost or
given twice, for a file is read in the same order each time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.own_program import own_call
from perpusdesk.common.paths import is_frozen
from perpusdesk.domain.words.ready import keep_ready
from perpusdesk.exchange.import_rows import Row
from perpusdesk.exchange.reading_child import LENGTH_BYTES, Frame
from perpusdesk.exchange.record_files import read_records

SMALLEST: Final = 1 << 20
"""Files of fewer bytes are read here: another process would only have started by then."""
_CODE: Final = (
    "import sys; sys.path[:0] = {paths!r};"
    " from perpusdesk.exchange.reading_child import main; main(sys.argv[1:])"
)
READ_RECORDS: Final = "--read-records"
"""The word by which a packed program, which is no Python, starts itself as that process."""


def read_beside(path: Path, *, xml: bool) -> Generator[tuple[Row, float], None, None]:
    """Yield what ``read_records`` yields. Closing the iterator ends the other process.

    Raises ``KnownError`` (UNREADABLE_FILE; DAMAGED for a broken compressed file).
    """
    given = 0
    if _is_worth_it(path):
        for frame in _frames(path, xml=xml):
            for parcel in frame.rows:
                row = parcel.title or parcel.bad
                assert row is not None
                if parcel.texts and parcel.words:
                    keep_ready(parcel.texts, parcel.words)
                yield row, frame.share
            given += len(frame.rows)
            if frame.fault:
                raise KnownError(Fault(frame.fault), **frame.facts)
            if frame.last:
                return
    yield from islice(read_records(path, xml=xml), given, None)


def _is_worth_it(path: Path) -> bool:
    return (os.cpu_count() or 1) > 1 and path.stat().st_size >= SMALLEST


def _frames(path: Path, *, xml: bool) -> Iterator[Frame]:
    """Yield frames until the last one, or until the other process is no more."""
    about = (str(path), "xml" if xml else "marc")
    code = _CODE.format(paths=[entry for entry in sys.path if entry])
    python = [sys.executable, "-c", code, *about]
    words = own_call(READ_RECORDS, *about) if is_frozen() else python
    try:
        process = subprocess.Popen(  # noqa: S603 - this very Python, no shell
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return
    decoder = msgspec.msgpack.Decoder(Frame)
    with process:
        try:
            assert process.stdout is not None
            while data := _frame(process.stdout):
                yield decoder.decode(data)
        finally:
            process.kill()


def _frame(stream: IO[bytes]) -> bytes:
    """Return the next frame, nothing where it is not whole."""
    head = stream.read(LENGTH_BYTES)
    length = int.from_bytes(head, "big")
    data = stream.read(length) if len(head) == LENGTH_BYTES else b""
    return data if len(data) == length else b""
