"""Which backups stay: of each of the last 7 days, 4 weeks and 12 months the newest one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12

Span = tuple[int, ...]


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Return the times of the backups that stay, in the local time they are given in.

    Counted are days, weeks and months in which there is a backup at all, so that a library which
    is closed for months keeps what it has. The newest one always stays.
    """
    newest_first = sorted(set(times), reverse=True)
    spans: tuple[tuple[int, Callable[[datetime], Span]], ...] = (
        (DAYS, lambda when: (when.year, when.month, when.day)),
        (WEEKS, lambda when: tuple(when.isocalendar())[:2]),
        (MONTHS, lambda when: (when.year, when.month)),
    )
    return {when for count, span in spans for when in _newest_of(newest_first, span, count)}


def _newest_of(
    newest_first: list[datetime], span: Callable[[datetime], Span], count: int
) -> list[datetime]:
    found: dict[Span, datetime] = {}
    for when in newest_first:
        found.setdefault(span(when), when)
    return list(found.values())[:count]
