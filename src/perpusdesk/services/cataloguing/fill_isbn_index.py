"""Putting the records of a MARC file into the ISBN index, so that a book fills its form offline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from perpusdesk.exchange.import_rows import BadRow, TitleRow
from perpusdesk.exchange.open_files import Format, detect, open_file
from perpusdesk.services.cataloguing.titles import isbn13
from perpusdesk.services.desk import Desk
from perpusdesk.storage.isbn_index import IsbnIndex

_PART: Final = 1_000


@dataclass(slots=True)
class Filled:
    """What came of a file: records read, put in, without an ISBN, unreadable; or broken off."""

    source: str
    read: int = 0
    added: int = 0
    without_isbn: int = 0
    unreadable: int = 0
    stopped: bool = False


def fill_isbn_index(
    desk: Desk,
    file: Path,
    *,
    progress: Callable[[float], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Filled:
    """Put a MARC or MARCXML file into the index; a former one of the same name is replaced.

    Memory stays bounded. Broken off (``stop``), the part that was read can be used; ``progress``
    hears the share that is done. Writes nothing to the library itself. Raises ``KnownError`` for a
    file or disk that fails.
    """
    filled = Filled(file.name)
    format_ = detect(file)
    opened = open_file(file, format_ if format_ is Format.MARCXML else Format.MARC, lambda _: {})
    with IsbnIndex(desk.library.folder) as index:
        source = index.begin(file.name, str(desk.today()))
        while part := list(islice(opened.rows, _PART)):
            filled.read += len(part)
            filled.unreadable += sum(isinstance(row, BadRow) for row in part)
            records = [row.record for row in part if isinstance(row, TitleRow)]
            numbered = [([isbn13(n) for n in one.isbn], one.marc) for one in records if one.isbn]
            filled.without_isbn += len(records) - len(numbered)
            filled.added += index.add(source, numbered)
            if progress:
                progress(opened.done())
            if stop is not None and stop():
                filled.stopped = True
                return filled
        index.end(source)
    return filled
