"""From what columns hold to what the domain speaks of, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID


def as_id(value: Any) -> UUID | None:
    """Return the id in a column of 16 bytes."""
    return UUID(bytes=bytes(value)) if value else None


def sure_id(value: Any) -> UUID:
    """Return the id in a column that is never empty."""
    return UUID(bytes=bytes(value))


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
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(timezone(timedelta(minutes=zone)))


def as_ms(moment: datetime) -> int:
    """Return an aware time as Unix ms."""
    return int(moment.timestamp() * 1000)


def bounds_of_day(day: date, zone: int) -> tuple[int, int]:
    """Return the first ms of a local day and the first ms after it."""
    start = datetime.combine(day, time(), timezone(timedelta(minutes=zone)))
    return as_ms(start), as_ms(start + timedelta(days=1))
