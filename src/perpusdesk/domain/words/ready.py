"""Words that another process worked out for titles that are about to come.

They are what ``entry`` would return, so it changes nothing if they are forgotten.
"""

from __future__ import annotations

from typing import Final

from perpusdesk.domain.words.entry import Entry, TitleTexts, entry

_MOST: Final = 4_000
_ready: Final[dict[TitleTexts, Entry]] = {}


def keep_ready(texts: TitleTexts, made: Entry) -> None:
    """Keep the words of a title until they are taken, or until many others came after it."""
    _ready[texts] = made
    while len(_ready) > _MOST:
        _ready.pop(next(iter(_ready)), None)


def ready_entry(texts: TitleTexts) -> Entry:
    """Return the words under which a title is found: those that are ready, else worked out now."""
    return _ready.pop(texts, None) or entry(texts)
