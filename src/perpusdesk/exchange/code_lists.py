"""Scanned codes out of the text file of a data collector: one on each line, first of its columns.

Collectors write ``B000457``, ``B000457,1,22/11/2026,09:14`` or the like with ``;`` or tabs, often
with a heading, quotes and empty lines, in UTF-8, UTF-16 or an old Windows page.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError

LARGEST: Final = 20_000_000
"""Bytes; a million codes are less."""
_COLUMN: Final = re.compile(r"[,;\t|]")
_DAY_OR_TIME: Final = re.compile(r"[\d]{1,4}[-/.:][\d]{1,2}([-/.:][\d]{1,4})?( .*)?")
_QUOTES: Final = "\"'\u201c\u201d "


def read_codes(path: Path) -> list[str]:
    """Return the codes of a file in its order, each as often as it stands there.

    On each line the first column with a digit that is no date and no time is the code (a column
    alone is always one); a line without a digit is a heading. Raises ``KnownError``
    (UNREADABLE_FILE).
    """
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError(Fault.UNREADABLE_FILE, file=str(path), detail="too large")
        raw = path.read_bytes()
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), detail=str(error)) from error
    return [code for line in _text(path, raw).splitlines() if (code := _code(line))]


def _text(path: Path, raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    if b"\x00" in raw[:4_000]:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), detail="no text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _code(line: str) -> str:
    cells = [" ".join(cell.strip(_QUOTES).split()) for cell in _COLUMN.split(line)]
    numbers = [cell for cell in cells if any(letter.isdigit() for letter in cell)]
    if len(cells) == 1:
        return "".join(numbers)
    return next((cell for cell in numbers if not _DAY_OR_TIME.fullmatch(cell)), "")
