"""Decode a well-framed MARC record: UTF-8 or MARC-8 whatever its leader says, with bad bytes."""

from __future__ import annotations

import codecs
import logging
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pymarc import Record

_ESCAPE: Final = b"\x1b"
_QUESTION_MARKS: Final = "perpusdesk.question_marks"
_BAD_CODE: Final = re.compile(rb"(?<=\x1f)[\x80-\xff]+")
_LEAD_IN: Final = re.compile(rb"(?<=\x1e)[^\x1d-\x1f]+")


def parse(data: bytes) -> tuple[Record | None, bool]:
    """Return the record (``None``: hopeless) and whether characters of it had to be given up."""
    coded = _BAD_CODE.sub(_plain, data) if _BAD_CODE.search(data) else data
    text, utf8 = _decodable(coded)
    if (record := _record(text, utf8)) is not None:
        return record, text is not data
    return _record(_LEAD_IN.sub(_plain, text), utf8), True


def _decodable(data: bytes) -> tuple[bytes, bool]:
    """Return bytes that can be decoded and whether they are UTF-8 (else MARC-8).

    What is valid UTF-8 is UTF-8, unless it switches character sets as only MARC-8 does; in a
    record that says UTF-8 but is not, each bad byte becomes a question mark.
    """
    says_utf8 = data[9:10] == b"a"
    if not says_utf8 and _ESCAPE in data:
        return data, False
    try:
        data.decode()
    except UnicodeDecodeError:
        return (data.decode(errors=_QUESTION_MARKS).encode(), True) if says_utf8 else (data, False)
    return data, True


def _record(data: bytes, utf8: bool) -> Record | None:
    from pymarc import Record  # slow to import, and rarely needed
    from pymarc.exceptions import PymarcException

    try:
        return Record(data, to_unicode=True, force_utf8=utf8, hide_utf8_warnings=True)
    except (PymarcException, ValueError, LookupError):
        return None


def _plain(found: re.Match[bytes]) -> bytes:
    return bytes(byte if byte < 0x80 else ord("?") for byte in found.group())


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    """Replace each undecodable byte by one character, so that offsets stay true."""
    assert isinstance(error, UnicodeDecodeError)
    return "?" * (error.end - error.start), error.end


logging.getLogger("pymarc").setLevel(logging.ERROR)  # what it warns of is in a title's notes
codecs.register_error(_QUESTION_MARKS, _question_marks)
