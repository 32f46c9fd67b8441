"""From what columns hold to what the domain speaks of, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_DAY_MS: Final = 86_400_000


def as_id(value: Any) -> UUID | None:
    """Return the id in a column of 16 bytes."""
    return _uuid(bytes(value)) if value else None


def sure_id(value: Any) -> UUID:
    """Return the id in a column that is never empty."""
    return _uuid(bytes(value))


@lru_cache(maxsize=8_192)
def _uuid(value: bytes) -> UUID:
    """Return the id of these bytes; the same few come in row after row."""
    return UUID(bytes=value)


@lru_cache(maxsize=256)
def _offset(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


def as_day(value: Any) -> date | None:
    """Return the date in a text column; empty or unreadable text is no date."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def as_clock(value: Any) -> time | None:
    """Return the time of day in a text column."""
    return time.fromisoformat(value) if value else None


def as_moment(at: int, zone: int) -> datetime:
    """Return Unix ms at an offset in minutes as an aware local time."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(_offset(zone))


def as_ms(moment: datetime) -> int:
    """Return an aware time as Unix ms."""
    return (moment - _EPOCH) // _MILLISECOND


def bounds_of_day(day: date, zone: int) -> tuple[int, int]:
    """Return the first ms of a local day and the first ms after it."""
    start = datetime.combine(day, time(), _offset(zone))
    return as_ms(start), as_ms(start) + _DAY_MS
