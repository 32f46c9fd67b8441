"""Counting the stock: what it means that a copy was scanned at a shelf, and what is missing.

Nothing of it is stored as truth. A scan is a fact; what it comes to follows from the scan, the
copy, its loans and its journeys, so every device that holds the same facts shows the same lists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.items import Condition
from perpusdesk.domain.shelf_order import ShelfRange


class Outcome(StrEnum):
    """What a scanned code came to; ``MISSING`` is what was never scanned."""

    FOUND = "found"
    MISPLACED = "misplaced"
    WRONG_BRANCH = "wrong_branch"
    ON_ITS_WAY = "on_its_way"
    ON_LOAN = "on_loan"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    MISSING = "missing"


PRECEDENCE: Final = (
    Outcome.UNKNOWN,
    Outcome.WITHDRAWN,
    Outcome.LOST,
    Outcome.ON_LOAN,
    Outcome.ON_ITS_WAY,
    Outcome.WRONG_BRANCH,
    Outcome.MISPLACED,
)
"""The first of these that holds is the outcome; where none holds the copy is found."""

GONE: Final = (Condition.LOST, Condition.MISSING)
"""What the library believes not to have: such a copy is not missed, and a find when it is there."""
COUNTABLE: Final = (Condition.GOOD, Condition.DAMAGED)
"""What the library believes to have."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which copies of a branch are counted; an empty part does not narrow."""

    branch: UUID
    shelves: ShelfRange = field(default_factory=ShelfRange)
    kinds: frozenset[UUID] = frozenset()
    locations: frozenset[str] = frozenset()

    @property
    def whole_branch(self) -> bool:
        """Whether everything at the branch is counted."""
        return self.shelves.everything and not self.kinds and not self.locations


@dataclass(frozen=True, slots=True)
class Seen:
    """A scanned copy as it was at that moment; ``call_number`` is the one on its spine."""

    branch: UUID | None = None
    kind: UUID | None = None
    location: str = ""
    call_number: str = ""
    condition: Condition = Condition.GOOD
    on_loan: bool = False
    on_its_way: bool = False
    known: bool = True


def belongs(seen: Seen, scope: Scope) -> bool:
    """Whether a copy of the branch has its place where is counted."""
    return (
        scope.shelves.holds(seen.call_number)
        and (not scope.kinds or seen.kind in scope.kinds)
        and (not scope.locations or seen.location in scope.locations)
    )


def judge(seen: Seen, scope: Scope) -> Outcome:
    """Return what the scan of a copy comes to."""
    holds = {
        Outcome.UNKNOWN: not seen.known,
        Outcome.WITHDRAWN: seen.condition is Condition.WITHDRAWN,
        Outcome.LOST: seen.condition in GONE,
        Outcome.ON_LOAN: seen.on_loan,
        Outcome.ON_ITS_WAY: seen.on_its_way,
        Outcome.WRONG_BRANCH: seen.branch != scope.branch,
        Outcome.MISPLACED: not belongs(seen, scope),
    }
    return next((outcome for outcome in PRECEDENCE if holds[outcome]), Outcome.FOUND)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a count stands: copies by outcome, and those that need not be looked for.

    ``away`` were not scanned, but are on loan, on their way, kept for a hold, or passed a desk
    since the count began: nobody misses them.
    """

    found: int = 0
    misplaced: int = 0
    wrong_branch: int = 0
    on_its_way: int = 0
    on_loan: int = 0
    lost: int = 0
    withdrawn: int = 0
    unknown: int = 0
    missing: int = 0
    away: int = 0

    @property
    def expected(self) -> int:
        """How many copies should stand on the shelves."""
        return self.found + self.missing

    @property
    def scanned(self) -> int:
        """How many different copies and codes were scanned."""
        return sum(self.of(outcome) for outcome in Outcome if outcome is not Outcome.MISSING)

    @property
    def strange(self) -> int:
        """How many of them are not simply found."""
        return self.scanned - self.found

    @property
    def percent(self) -> int:
        """How much of what is expected was found, rounded down: 100 means all."""
        return 100 if not self.expected else self.found * 100 // self.expected

    def of(self, outcome: Outcome) -> int:
        """Return the number of one outcome."""
        number: int = getattr(self, outcome.value)
        return number


@dataclass(frozen=True, slots=True)
class StockCount:
    """One stock-take: begun, perhaps ended, with the figures it ended with."""

    id: UUID
    name: str
    scope: Scope
    started: datetime
    ended: datetime | None = None
    note: str = ""
    figures: Figures | None = None


def main_class(classification: str) -> str:
    """Return the hundred of a class number (``800``), ``2X0`` for Islam, empty for none."""
    text = classification.strip().upper()
    if text.startswith("2X"):
        return "2X0"
    return f"{text[0]}00" if text[:1].isdecimal() and text[:1].isascii() else ""
