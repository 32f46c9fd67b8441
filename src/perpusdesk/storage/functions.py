"""What queries of a library file may ask beside SQL's own functions.

``shelf_key(call number)`` to sort by, ``main_class(call number, classification)``,
``made_month(id)``, ``voids(payload, device, incarnation, seq)``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from perpusdesk.domain.class_colours import main_class
from perpusdesk.domain.shelf_order import shelf_key
from perpusdesk.protocol import payload as wire

_EPOCH: Final = datetime(1970, 1, 1, 7, tzinfo=UTC)
"""The beginning of Unix time by western Indonesian clocks, the latest of the country."""
_ID_TIME: Final = 6


@lru_cache(maxsize=8_192)
def _main_class(call_number: str | None, classification: str | None) -> str:
    return main_class(str(call_number or ""), str(classification or ""))


def _made_month(id_: bytes) -> str:
    """Return the month in a UUIDv7 (``2026-11``); nothing where it holds none."""
    try:
        made = _EPOCH + timedelta(milliseconds=int.from_bytes(id_[:_ID_TIME], "big"))
    except OverflowError:
        return ""
    return f"{made.year:04d}-{made.month:02d}"


def _voids(payload: bytes, device: bytes, incarnation: bytes, seq: int) -> bool:
    """Return whether an op with such a payload takes back the op of a stream with this seq."""
    wanted = [bytes(device), int.from_bytes(incarnation, "big"), seq]
    told = wire.decode(bytes(payload)).get("of") or ()
    return any(list(stamp)[1:] == wanted for stamp in told)


FUNCTIONS: Final[tuple[tuple[str, Callable[..., Any], int], ...]] = (
    ("shelf_key", shelf_key, 1),
    ("main_class", _main_class, 2),
    ("made_month", _made_month, 1),
    ("voids", _voids, 4),
)
