"""One short text for the chains of this device up to a minute: for paper, and held against it.

It can be reckoned again at any later time, so nothing of it is kept in the file: who changes an
old op and makes its chain anew gets another text than the one on paper.
"""

from __future__ import annotations

from typing import Final

from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.storage.chain_check import Links, seal_of, stream_name
from perpusdesk.storage.database import translated
from perpusdesk.storage.library import Library

MINUTE_MS: Final = 60_000


def seal_at(library: Library, at_ms: int) -> str:
    """Return the seal over all that this device wrote before the minute of ``at_ms`` (Unix ms).

    Five groups of four letters and digits; empty while it had written nothing. Ops that have no
    chain yet are not in it.
    """
    limit = at_ms // MINUTE_MS * MINUTE_MS << COUNTER_BITS
    held: dict[str, tuple[int, str]] = {}
    with translated(library.folder):
        links = Links(library.database)
        for number, (device, incarnation) in links.names.items():
            if device == library.device:
                seq = _reached(library, number, links.reach(number), limit)
                if seq:
                    held[stream_name(device, incarnation)] = (seq, links.at(number, seq).hex())
    return seal_of(held) if held else ""


def _reached(library: Library, number: int, end: int, limit: int) -> int:
    """Return the last seq of a stream up to ``end`` that was written before a clock."""

    def is_before(seq: int) -> bool:
        query = "select clock from op where stream = ? and seq = ?"
        clock = library.value(query, number, seq)
        return clock is not None and clock < limit

    if is_before(end):
        return end
    low, high = 0, end - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_before(middle) else (low, middle - 1)
    return low
