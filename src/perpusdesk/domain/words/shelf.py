"""The order of books on a shelf, as a text that sorts that way."""

from __future__ import annotations

import re
from typing import Final

from perpusdesk.domain.words.normal import words

_CLASS: Final = re.compile(r"(?<![\w.])(\d{3}|2X\d?)(?:\.(\d[\d ]*))?(?!\w)", re.IGNORECASE)
_BEFORE, _AFTER = " ", "\x7f"


def shelf_key(call_number: str) -> str:
    """Return the key that puts call numbers in the order of the shelf; empty for none.

    First the ordinary shelves, then those of a collection that stands apart (*R 551.48* for
    reference), each by class as a decimal fraction (*899.221 3* after *899.221*), then heading,
    then title. ``2X0`` to ``2X9`` follow 299. What has no class stands behind, by its letters.
    """
    text = " ".join(call_number.split())
    found = _CLASS.search(text)
    if found is None:
        return _AFTER + " ".join(words(text)) if text else ""
    apart = " ".join(words(text[: found.start()]))
    number = f"{found[1].upper():<3}{(found[2] or '').replace(' ', '')}"
    return _BEFORE.join((apart, number, " ".join(words(text[found.end() :]))))
