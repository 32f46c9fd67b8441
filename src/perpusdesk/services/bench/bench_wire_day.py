"""Days at one desk, played by the real services, for measuring what their ops weigh.

Nothing is made easier than it is: copies and members were entered by many runs of several devices
over two years, each day is a run of its own, and most loans that come back were lent by other runs.
All chance comes from a seed, so the same days are played each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.ids import drawn_id, run_tag
from perpusdesk.domain.merge.lanes import URGENT, lane_of_stream
from perpusdesk.domain.merge.ops import Op
from perpusdesk.services.bench.bench_library import barcode, card
from perpusdesk.services.circulation.holds import expire_holds, place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import balance, charge, take_payment
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library, Sources
from perpusdesk.storage.queries import circulation as find

_DAY_MS: Final = 86_400_000
_OPENS_MS: Final = 1_788_224_400_000  # 1 September 2026, 08:00 WIB
_TWO_YEARS_MS: Final = 2 * 365 * _DAY_MS
_COPIES_A_RUN, _MEMBERS_A_RUN = 40, 6
_OPEN_SECONDS, _OPS_A_VISIT = 28_000, 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the library is, how many ops a day brings, and how many days go before."""

    copies: int = 4_000
    members: int = 1_200
    ops: int = 1_000
    days_before: int = 8
    seed: int = 1


class Days:
    """A library at work, day by day; ``folder`` must be empty, the library stays there."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._folder, self._plan = folder, plan
        self._chance = random.Random(plan.seed)
        self._clock = _Clock(_OPENS_MS)
        now = self._clock.now
        self._sources = Sources(now, now, self._chance.randbytes)
        new = NewLibrary("Perpustakaan Uji", "Pusat")
        with create_library(folder, new, sources=self._sources) as made:
            self._stock = _stock(made, plan, self._chance)
        self._day = 0
        for _ in range(plan.days_before):
            self.play(plan.ops)

    def play(self, ops: int) -> list[Op]:
        """Play one more day until there are so many ops; return those of loans, holds and money.

        They are of one stream, in order.
        """
        self._clock.ms = _OPENS_MS + self._day * _DAY_MS + self._chance.randrange(600_000)
        self._day += 1
        with Library.open(self._folder, sources=self._sources) as library:
            library.database.execute_sql("pragma synchronous = off").fetchall()
            day = _Day(open_desk(library), self._clock, self._chance, self._stock)
            return day.played(ops)


class _Clock:
    """The time that goes by while days are played; it stands still between two calls."""

    def __init__(self, ms: int) -> None:
        self.ms = ms

    def now(self) -> int:
        """Return the wall clock in Unix ms; each look at it takes a moment."""
        self.ms += 1
        return self.ms


class _Runs:
    """Draws ids as runs of other days and devices did, some by each run."""

    def __init__(self, chance: random.Random, a_run: int) -> None:
        self._chance, self._a_run, self._left = chance, a_run, 0

    def id(self) -> UUID:
        """Return one more id."""
        if not self._left:
            self._left = self._a_run
            self._tag = run_tag(self._chance.randbytes(16), self._chance.getrandbits(63))
            self._ms = _OPENS_MS - self._chance.randrange(_TWO_YEARS_MS)
            self._counter = self._chance.randrange(200)
        self._left -= 1
        self._ms += self._chance.randrange(20_000, 300_000)
        self._counter += self._chance.randint(1, 3)
        return drawn_id(self._ms, self._counter, self._tag)


def _stock(library: Library, plan: Plan, chance: random.Random) -> _Stock:
    desk = open_desk(library)
    runs = _Runs(chance, _COPIES_A_RUN)
    titles = [runs.id() for _ in range(plan.copies // 2)]
    copies = [runs.id() for _ in range(plan.copies)]
    people_runs = _Runs(chance, _MEMBERS_A_RUN)
    people = [people_runs.id() for _ in range(plan.members)]
    library.database.execute_sql("pragma synchronous = off").fetchall()
    library.write_many(list(_records(desk, titles, copies, people)))
    return _Stock(people, copies)


def _records(
    desk: Desk, titles: list[UUID], copies: list[UUID], people: list[UUID]
) -> Iterator[Action]:
    kinds, categories = list(desk.kinds), list(desk.categories)
    for number, title in enumerate(titles):
        yield _one(desk, "title", title, title=f"Judul {number}", author="", material="book")
    for number, copy in enumerate(copies):
        fields = {"title": titles[number // 2], "branch": desk.branch, "kind": kinds[0]}
        yield _one(desk, "copy", copy, barcode=barcode(number), **fields)
    for number, person in enumerate(people):
        values: dict[str, Any] = {"category": categories[number % 2], "branch": desk.branch}
        values |= {"expires": date(2099, 12, 31), "birth_date": date(1990, 1, 1)}
        yield _one(desk, "member", person, card=card(number), name=f"Anggota {number}", **values)


def _one(desk: Desk, entity_type: str, entity: UUID, /, **fields: Any) -> Action:
    action = desk.action("import")
    action.set(entity_type, entity, fields, fresh=True)
    return action


@dataclass(frozen=True, slots=True)
class _Stock:
    """Who and what there is at the desk."""

    people: list[UUID]
    copies: list[UUID]


class _Day:
    """One day: visits of members who bring back, renew, ask for, and take books."""

    def __init__(self, desk: Desk, clock: _Clock, chance: random.Random, stock: _Stock) -> None:
        self._desk, self._clock, self._chance, self._stock = desk, clock, chance, stock
        self._written: list[UUID] = []
        self._ops = 0

    def played(self, wanted: int) -> list[Op]:
        """Play until there are so many ops; return those of loans, holds and money."""
        pause = _OPEN_SECONDS * 1000 * _OPS_A_VISIT // wanted
        self._note(expire_holds(self._desk))
        while self._ops < wanted:
            self._visit(self._chance.choice(self._stock.people))
            self._clock.ms += self._chance.randrange(pause // 2, pause * 3 // 2)
        ops = [op for id_ in self._written for op in self._desk.library.ops_of_action(id_)]
        return [op for op in ops if lane_of_stream(op.stamp.incarnation) == URGENT]

    def _note(self, answer: object) -> None:
        """Remember what was written; what the rules refuse is simply not done."""
        self._clock.ms += self._chance.randrange(900, 8_000)
        if isinstance(answer, Done) and answer.action is not None:
            self._written.append(answer.action)
            self._ops += len(self._desk.library.ops_of_action(answer.action))

    def _visit(self, member: UUID) -> None:
        desk, chance = self._desk, self._chance
        for loan in find.open_loans_of_member(desk.library, member):
            fate = chance.random()
            if fate < 0.8:
                self._note(take_back(desk, loan.copy))
            elif fate < 0.95:
                self._note(renew(desk, loan.id))
        owed = balance(desk, member)
        if owed > 0 and chance.random() < 0.7:
            self._note(take_payment(desk, member, owed))
        if chance.random() < 0.02:
            self._note(charge(desk, member, 2_000, "Kartu pengganti"))
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
            self._take(member, chance.choice(self._stock.copies))

    def _take(self, member: UUID, copy: UUID) -> None:
        desk, chance = self._desk, self._chance
        if chance.random() < 0.05:
            self._note(read_on_site(desk, copy, member=member))
        elif chance.random() < 0.06:
            found = find.copy_by_id(desk.library, copy)
            assert found is not None
            self._note(place_hold(desk, member, found.title))
        else:
            self._note(lend(desk, member, copy))
