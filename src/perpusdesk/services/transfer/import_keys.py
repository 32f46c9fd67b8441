"""By what a title that comes in is recognised as one that is there already."""

from __future__ import annotations

import contextlib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Final

from perpusdesk.exchange.marc_rows import control_key
from perpusdesk.services.desk import Desk
from perpusdesk.storage.key_index import KeyIndex
from perpusdesk.storage.queries import imports
from perpusdesk.storage.queries.imports import KnownTitle

_PART: Final = 1000
_MARKS: Final = re.compile(r"[\W_]+")
_WORDS: Final = re.compile(r"[^\W_]+")


def plain_key(*texts: str) -> str:
    """Return texts without case, accents, spaces and marks."""
    return _MARKS.sub("", _plain(" ".join(texts)))


def name_words(name: str) -> list[str]:
    """Return the words of a name without case, accents and marks, and all of it as one word."""
    words = [_MARKS.sub("", word) for word in _plain(name).split()]
    return [word for word in (*words, "".join(words)) if word]


def _plain(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKD", text)).casefold()


def title_keys(known: KnownTitle) -> list[str]:
    """Return the keys of a title: each ISBN with the title proper, else all that names it."""
    if known.isbn:
        proper = plain_key(known.title)
        return [f"i|{isbn}|{proper}" for isbn in known.isbn.split()]
    people = "".join(sorted(_WORDS.findall(_plain(known.author))))
    whole = plain_key(known.title, known.subtitle)
    return [f"t|{whole}|{people}|{known.year}|{plain_key(known.edition)}"]


def whole_key(title: str, subtitle: str) -> str:
    """Return the key by which a copy's file names a title."""
    return f"n|{plain_key(title, subtitle)}"


def control(marc: bytes) -> str:
    """Return the key of a record's agency and control number, or an empty text."""
    try:
        said = control_key(marc)
    except (ValueError, IndexError):
        return ""
    return f"c|{said}" if said else ""


def load_titles(
    desk: Desk,
    index: KeyIndex,
    turn: Callable[[], AbstractContextManager[object]] = contextlib.nullcontext,
) -> None:
    """Put every title of the library into the index; the library is read in short turns."""
    titles = imports.known_titles(desk.library)
    while True:
        with turn():
            part = list(itertools.islice(titles, _PART))
        if not part:
            return
        for known in part:
            remember(index, known, title_keys(known), control(known.marc))


def remember(index: KeyIndex, known: KnownTitle, keys: Iterable[str], control_: str) -> None:
    """Put one title into the index."""
    index.add_all((*keys, whole_key(known.title, known.subtitle)), known.id)
    if control_:
        index.add_all((control_, f"k|{known.id}"), known.id)
