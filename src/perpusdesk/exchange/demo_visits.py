"""One visit to a desk of the demo library, and what it leads to later."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from perpusdesk.domain.calendar import Calendar
from perpusdesk.exchange.demo_copies import PlannedCopy
from perpusdesk.exchange.demo_dice import Dice
from perpusdesk.exchange.demo_events import DemoEvent, EventKind, Stay
from perpusdesk.exchange.demo_habits import Diary, Errand, LoanHabits, fate
from perpusdesk.exchange.demo_members import PlannedMember
from perpusdesk.exchange.demo_shelves import Shelves

HOLDS_A_MEMBER: Final = 2
_TRIES: Final = 5
_BORROWS_AGAIN: Final = 0.55
_ASKS_FOR_IT: Final = 0.8
_BORROWS_WHILE_OVERDUE: Final = 0.1


@dataclass(slots=True)
class _Reader:
    """What a member has out (copy and due date), and the titles waited for."""

    out: dict[int, date] = field(default_factory=dict)
    waits: set[int] = field(default_factory=set)


class Desk:
    """The desks of all branches with one memory of loans and holds."""

    def __init__(
        self,
        members: Sequence[PlannedMember],
        copies: Sequence[PlannedCopy],
        shelves: Shelves,
        calendars: Sequence[Calendar],
        *,
        habits: Mapping[str, LoanHabits],
        rng: Dice,
    ) -> None:
        self._members, self._copies, self._shelves = members, copies, shelves
        self._calendars, self._habits, self._rng = calendars, habits, rng
        self._readers: dict[int, _Reader] = defaultdict(_Reader)
        self._waiting: dict[int, deque[tuple[int, int]]] = defaultdict(deque)
        self._travelling: list[int] = []
        self.diary = Diary(calendars)

    def begin_day(self) -> None:
        """Shelve the copies that were brought back to another branch than their own."""
        for copy in self._travelling:
            self._shelves.put_back(copy)
        self._travelling.clear()

    def visit(
        self, branch: int, when: Stay, member: int, errands: Sequence[Errand]
    ) -> Iterator[DemoEvent]:
        """Yield the intents of one visit in order of time."""
        yield DemoEvent(when.arrives, branch, EventKind.VISIT, member)
        brought = [errand for errand in errands if errand.kind is not EventKind.LEND]
        for nth, errand in enumerate(brought):
            yield from self._hand_in(branch, when.at_counter(nth), errand)
        fetched = [errand.copy for errand in errands if errand.kind is EventKind.LEND]
        for nth, copy in enumerate(fetched):
            yield self._lend(branch, when.leaving(nth), member, copy)
        if not errands or self._rng.random() < _BORROWS_AGAIN:
            yield from self._choose(branch, when, len(fetched), member)

    def by_telephone(
        self, branch: int, at: datetime, errands: Sequence[Errand]
    ) -> Iterator[DemoEvent]:
        """Yield renewals without a visit."""
        for nth, errand in enumerate(errands):
            later = at + timedelta(seconds=15 * nth)
            yield DemoEvent(later, branch, EventKind.RENEW, errand.member, errand.copy)

    def _hand_in(self, branch: int, at: datetime, errand: Errand) -> Iterator[DemoEvent]:
        member, copy = errand.member, errand.copy
        yield DemoEvent(at, branch, errand.kind, member, copy)
        if errand.kind is EventKind.RENEW:
            return
        self._readers[member].out.pop(copy, None)
        if errand.kind is EventKind.LOST:
            yield DemoEvent(at + timedelta(seconds=9), branch, EventKind.PAY, member)
        else:
            self._shelve(branch, copy, at.date())

    def _shelve(self, branch: int, copy: int, day: date) -> None:
        """Set the copy aside for who waits longest, else put it back or send it home."""
        title = self._copies[copy].title
        if not self._waiting[title]:
            if branch == self._copies[copy].branch:
                self._shelves.put_back(copy)
            else:
                self._travelling.append(copy)
            return
        member, pickup = self._waiting[title].popleft()
        self._readers[member].waits.discard(title)
        fetch = day + timedelta(days=self._rng.randint(1, 2))
        self.diary.note(pickup, fetch, Errand(EventKind.LEND, member, copy))

    def _choose(self, branch: int, when: Stay, taken: int, member: int) -> Iterator[DemoEvent]:
        """Yield loans of books from the shelf, and holds on those that are all out."""
        rng, reader, planned = self._rng, self._readers[member], self._members[member]
        overdue = any(due < when.arrives.date() for due in reader.out.values())
        if overdue and rng.random() >= _BORROWS_WHILE_OVERDUE:
            return
        room = self._habits[planned.category].limit - len(reader.out)
        wanted = min(room, 1 + (rng.random() < 0.4) + (rng.random() < 0.15))
        for nth in range(taken, taken + wanted):
            at = when.leaving(nth)
            for _try in range(_TRIES):
                title = self._wish(branch, planned.category)
                copy = None if title is None else self._shelves.take(branch, title)
                if copy is not None:
                    yield self._lend(branch, at, member, copy)
                    break
                if title is not None and self._asks_for(title, reader):
                    self._waiting[title].append((member, branch))
                    reader.waits.add(title)
                    yield DemoEvent(at, branch, EventKind.HOLD, member, title=title)
                    break

    def _wish(self, branch: int, category: str) -> int | None:
        for_children = self._rng.random() < (0.8 if category == "Anak" else 0.15)
        return self._shelves.wish(branch, for_children=for_children)

    def _asks_for(self, title: int, reader: _Reader) -> bool:
        mine = {self._copies[copy].title for copy in reader.out}
        return (
            self._shelves.all_out(title)
            and title not in reader.waits | mine
            and len(reader.waits) < HOLDS_A_MEMBER
            and self._rng.random() < _ASKS_FOR_IT
        )

    def _lend(self, branch: int, at: datetime, member: int, copy: int) -> DemoEvent:
        habits = self._habits[self._members[member].category]
        will = fate(at.date(), habits, self._calendars[branch], self._rng)
        self._readers[member].out[copy] = will.due
        if will.renewed is not None:
            self.diary.note(branch, will.renewed, Errand(EventKind.RENEW, member, copy))
        if will.ends is not None:
            kind = EventKind.LOST if will.lost else EventKind.RETURN
            self.diary.note(branch, will.ends, Errand(kind, member, copy))
        return DemoEvent(at, branch, EventKind.LEND, member, copy)
