"""Which titles are short of copies: by waiting holds, by demand, by what was lost.

A rule proposes; people decide. A title is proposed for every reason that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

Span = tuple[int, int | None]
"""Begin and end of a loan in Unix ms; without an end it lasts."""


class Need(StrEnum):
    """Why copies of a title should be bought."""

    HOLDS = "holds"
    ALWAYS_OUT = "always_out"
    NONE_LEFT = "none_left"


@dataclass(frozen=True, slots=True)
class BuyingRule:
    """From when on a title is short.

    ``holds_per_copy``: so many waiting holds one copy serves. ``out_share``: the part of the
    period, in percent, in which no copy was on the shelf. ``loans_wanted``: so many loans in the
    period make a title wanted (one that never came back does not).
    """

    holds_per_copy: int = 4
    out_share: int = 50
    loans_wanted: int = 2


@dataclass(frozen=True, slots=True)
class TitleUse:
    """A title, its copies that can be lent, what waits for it, and its loans in the period."""

    title: UUID
    copies: int
    holds: int
    lost: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """One reason with its numbers; ``share``: per cent of the period without a copy in."""

    need: Need
    copies: int
    holds: int = 0
    loans: int = 0
    share: int = 0


@dataclass(frozen=True, slots=True)
class Purchase:
    """How many copies of a title to buy, and all that speaks for it."""

    title: UUID
    buy: int
    reasons: tuple[Shortage, ...]


def purchases(
    titles: Iterable[TitleUse], rule: BuyingRule, first: int, last: int
) -> list[Purchase]:
    """Return what to buy for a period (Unix ms), the most wanted first."""
    found = [one for title in titles if (one := purchase(title, rule, first, last)) is not None]
    return sorted(found, key=_wanted, reverse=True)


def purchase(title: TitleUse, rule: BuyingRule, first: int, last: int) -> Purchase | None:
    """Return what to buy of one title; ``None``: it is not short."""
    wanted: list[tuple[int, Shortage]] = []
    needed = -(-title.holds // rule.holds_per_copy)
    if needed > title.copies:
        reason = Shortage(Need.HOLDS, title.copies, holds=title.holds)
        wanted.append((needed - title.copies, reason))
    if len(title.spans) >= rule.loans_wanted and (why := _used_up(title, rule, first, last)):
        wanted.append((1, why))
    if not wanted:
        return None
    return Purchase(title.title, max(buy for buy, _ in wanted), tuple(why for _, why in wanted))


def _used_up(title: TitleUse, rule: BuyingRule, first: int, last: int) -> Shortage | None:
    loans = len(title.spans)
    if not title.copies:
        return Shortage(Need.NONE_LEFT, 0, loans=loans) if title.lost else None
    share = share_without(title.spans, title.copies, first, last)
    if share * 100 < rule.out_share:
        return None
    return Shortage(Need.ALWAYS_OUT, title.copies, loans=loans, share=int(share * 100))


def share_without(spans: Sequence[Span], copies: int, first: int, last: int) -> Fraction:
    """Return in which part of a period all of so many copies were on loan at once."""
    if copies < 1 or last <= first:
        return Fraction(0)
    steps: list[tuple[int, int]] = []
    for begin, end in spans:
        start, stop = max(begin, first), min(last if end is None else end, last)
        if stop > start:
            steps += [(start, 1), (stop, -1)]
    out = since = without = 0
    for at, step in sorted(steps):
        if out >= copies:
            without += at - since
        out, since = out + step, at
    return Fraction(without, last - first)


def _wanted(one: Purchase) -> tuple[int, int, int, bytes]:
    holds = max(reason.holds for reason in one.reasons)
    return one.buy, holds, max(reason.share for reason in one.reasons), one.title.bytes
