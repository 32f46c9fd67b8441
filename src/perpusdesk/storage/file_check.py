"""Is every page of the library file as it was written? Read beside the program that works with it.

Only of encrypted files can one page tell by itself; a plain one is checked by SQLite alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.check import Verdict, quick_check
from perpusdesk.storage.database import Engine
from perpusdesk.storage.salvage.sealed_pages import PAGE_BYTES, open_page
from perpusdesk.storage.upgrade import FILE_NAME

_TRIES: Final = 4
_WAIT_S: Final = 0.05
_EACH: Final = 256

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class FileState:
    """How a library file is: ``bad_pages`` of ``pages``, and what SQLite says of its structure."""

    verdict: Verdict
    pages: int = 0
    bad_pages: int = 0


def check_file(
    folder: Path,
    key: bytes | None,
    *,
    engine: Engine = Engine.APSW,
    stop: Stop = lambda: False,
    progress: Callable[[float], None] = lambda _done: None,
) -> FileState:
    """Read all of a library file, on any thread, beside the work; nothing is changed.

    Raises ``KnownError`` (UNREADABLE_FILE) when the file is not there.
    """
    pages, bad, done = _sealed_pages(folder / FILE_NAME, key, stop, progress)
    verdict = quick_check(folder, engine=engine, key=key, stop=stop)
    if bad:
        verdict = Verdict.DAMAGED
    elif not done and verdict is Verdict.WHOLE:
        verdict = Verdict.UNFINISHED
    return FileState(verdict, pages, bad)


def _sealed_pages(
    file: Path, key: bytes | None, stop: Stop, progress: Callable[[float], None]
) -> tuple[int, int, bool]:
    """Return how many pages there are, how many are bad, and whether all were looked at."""
    try:
        count = -(-file.stat().st_size // PAGE_BYTES)
        if key is None:
            return count, 0, True
        bad = 0
        with file.open("rb", buffering=0) as source:
            for number in range(1, count + 1):
                bad += not _is_good(source, number, key)
                if number % _EACH == 0:
                    progress(number / count)
                    if stop():
                        return count, bad, False
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(file), cause=str(error)) from error
    return count, bad, True


def _is_good(source: IO[bytes], number: int, key: bytes) -> bool:
    """Look more than once at a page that seems bad: somebody may just be writing it."""
    for turn in range(_TRIES):
        if turn:
            time.sleep(_WAIT_S)
        source.seek((number - 1) * PAGE_BYTES)
        try:
            raw = source.read(PAGE_BYTES)
        except OSError:
            continue
        if len(raw) == PAGE_BYTES and open_page(key, number, raw) is not None:
            return True
    return False
