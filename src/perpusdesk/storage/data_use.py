"""How much data exchanges took, by day; of this device alone, never exchanged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec

from perpusdesk.storage.library import Library

KEPT_DAYS: Final = 62
_PLACE: Final = "exchange/data"

Use = dict[str, tuple[int, int]]
"""By local day (ISO): bytes up and down."""


def note_use(library: Library, day: date, up: int, down: int) -> None:
    """Add to what a day took."""
    with library.local_work():
        use = _kept(library)
        before = use.get(day.isoformat(), (0, 0))
        use[day.isoformat()] = (before[0] + up, before[1] + down)
        oldest = (day - timedelta(days=KEPT_DAYS)).isoformat()
        kept = {one: bytes_ for one, bytes_ in use.items() if one > oldest}
        library.keep_local(_PLACE, msgspec.msgpack.encode(kept))


def data_use(library: Library, today: date) -> tuple[int, int]:
    """Return the bytes, both ways together, of today and of this month."""
    use = {day: up + down for day, (up, down) in _kept(library).items()}
    month = today.isoformat()[:7]
    total = sum(bytes_ for day, bytes_ in use.items() if day.startswith(month))
    return use.get(today.isoformat(), 0), total


def _kept(library: Library) -> Use:
    kept = library.local(_PLACE)
    return {} if kept is None else msgspec.msgpack.decode(bytes(kept), type=Use)
