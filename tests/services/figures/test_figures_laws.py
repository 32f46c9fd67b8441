"""Whatever happened on which device, in whatever order others heard of it: the figures are right.

Right is what a plain walk over the rows of the library finds, in Python, one row at a time.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary
from perpusdesk.domain.figures.measures import CATALOGUE, Over
from perpusdesk.domain.merge import facts, loans, transfers
from perpusdesk.domain.merge.ops import voided_stamps
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures import Group, figures
from perpusdesk.services.figures.figures_behind import behind
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.undo import undo
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library

ZONES = (420, 480, 540)
MONTHS = ("2026-08", "2026-11")


def _local(at: int, zone: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=zone)


def _month(at: int, zone: int) -> str:
    return f"{_local(at, zone):%Y-%m}"


class Recount:
    """The same figures by walking over everything: measure, month, branch and key."""

    def __init__(self, library: Library) -> None:
        self.sums: Counter[tuple[str, str, bytes, str]] = Counter()
        self.people: dict[tuple[str, str, bytes | None], set[bytes]] = {}
        self._visits(library)
        self._loans(library)
        self._others(library)

    def _add(self, measure: str, month: str, branch: bytes, count: int = 1, key: str = "") -> None:
        if count:
            self.sums[measure, month, branch, key] += count

    def _met(self, measure: str, month: str, branch: bytes, member: bytes | None) -> None:
        if member is not None:
            for place in (branch, None):
                self.people.setdefault((measure, month, place), set()).add(member)

    def _visits(self, library: Library) -> None:
        rows = library.rows("select at, zone, branch, people, sex, member, voided from visit")
        for at, zone, branch, people, sex, member, voided in rows:
            if voided:
                continue
            month, local = _month(at, zone), _local(at, zone)
            self._add("visits", month, branch, people)
            self._add("visits.members", month, branch, people if member else 0)
            if sex:
                self._add("visits.sex", month, branch, people, sex)
            self._add("visits.hour", month, branch, people, f"{local.weekday()}-{local:%H}")
            self._met("visitors", month, branch, member)

    def _loans(self, library: Library) -> None:
        for (id_,) in library.rows('select id from loan where "end" <> 3'):
            told = library.ops_of(UUID(bytes=id_))
            taken_back = voided_stamps(told)
            live = [op for op in told if op.stamp not in taken_back]
            opened = min((op for op in live if op.kind == loans.OPENED), key=lambda op: op.stamp)
            branch = opened.branch.bytes
            month = _month(opened.at, opened.zone)
            self._add("loans", month, branch)
            self._met("borrowers", month, branch, opened.payload["member"])
            ends = [op for op in live if op.kind == loans.RETURNED]
            if ends:
                end = min(ends, key=lambda op: (op.at, op.stamp))
                self._add("returns", _month(end.at, end.zone), branch)
            for op in live:
                if op.kind == loans.RENEWED:
                    self._add("renewals", _month(op.at, op.zone), op.branch.bytes)

    def _others(self, library: Library) -> None:
        for at, zone, branch in library.rows(
            "select at, zone, branch from reading where voided = 0"
        ):
            self._add("readings", _month(at, zone), branch)
        for at, zone, branch, answered in library.rows(
            "select at, zone, branch, answered from reference where voided = 0"
        ):
            self._add("questions", _month(at, zone), branch)
            self._add("questions.answered", _month(at, zone), branch, answered)
        for at, zone, branch in library.rows(
            "select sent_at, sent_zone, from_branch from transfer where state <> 'cancelled'"
        ):
            self._add("transfers", _month(at, zone), branch)


class People:
    """Does what happens in a library, at random, on several devices."""

    def __init__(self, small: SmallLibrary, desks: list[Desk], chance: Random) -> None:
        self.small, self.desks, self.chance = small, desks, chance
        self.actions: list[tuple[Desk, UUID]] = []
        self.loans: list[UUID] = []

    def act(self) -> None:
        desk = self.chance.choice(self.desks)
        what = self.chance.choice(
            (self.visit, self.visit, self.lend, self.lend, self.end, self.renew, self.other)
        )
        action = Action(
            "told",
            desk.staff,
            self.chance.choice(list(self.small.branches.values())),
            self.chance.choice(ZONES),
            desk.library.now_ms() - self.chance.randrange(80 * 86_400_000),
        )
        what(action, desk)
        if action.drafts:
            self.actions.append((desk, desk.commit(action).action))

    def visit(self, action: Action, desk: Desk) -> None:
        action.event(
            *(facts.VISITED, "visit", desk.library.new_id()),
            fresh=True,
            people=self.chance.randint(1, 40),
            sex=self.chance.choice(("L", "P", None)),
            member=self.chance.choice([None, *self.small.members.values()]),
        )

    def lend(self, action: Action, desk: Desk) -> None:
        loan = desk.library.new_id()
        action.event(
            *(loans.OPENED, "loan", loan),
            fresh=True,
            copy=self.chance.choice(list(self.small.copies.values())),
            member=self.chance.choice(list(self.small.members.values())),
            due="2026-11-20",
        )
        self.loans.append(loan)

    def end(self, action: Action, desk: Desk) -> None:
        known = [one for one in self.loans if desk.library.ops_of(one)]
        if known:
            action.event(loans.RETURNED, "loan", self.chance.choice(known), days_late=0)

    def renew(self, action: Action, desk: Desk) -> None:
        known = [one for one in self.loans if desk.library.ops_of(one)]
        if known:
            action.event(loans.RENEWED, "loan", self.chance.choice(known), due="2026-12-01")

    def other(self, action: Action, desk: Desk) -> None:
        copy = self.chance.choice(list(self.small.copies.values()))
        new = desk.library.new_id()
        match self.chance.randrange(3):
            case 0:
                action.event(facts.READ, "reading", new, fresh=True, copy=copy)
            case 1:
                answered = self.chance.randrange(2)
                action.event(facts.ASKED, "reference", new, fresh=True, answered=answered)
            case _:
                there = self.small.branches["van"]
                action.event(
                    transfers.SENT,
                    "transfer",
                    new,
                    fresh=True,
                    copy=copy,
                    to=there,
                    why="",
                    paper="",
                )

    def undo_one(self) -> None:
        """Take back something: the last of these actions on the device that did it."""
        if self.actions:
            undo(*self.actions.pop())


def _agree(desk: Desk) -> None:
    """See that every figure is what the recount finds."""
    found = Recount(desk.library)
    names = sorted({measure for measure, _month, _branch, _key in found.sums})
    by = (Group.MONTH, Group.BRANCH, Group.KEY)
    for name in names:
        table = figures(desk, [name], *MONTHS, by=by)
        shown = {
            (name, one.month, one.branch.bytes if one.branch else b"", one.key): one.value
            for one in table.rows
            if one.key or not CATALOGUE[name].keys
        }
        wanted = {
            place: value
            for place, value in found.sums.items()
            if place[0] == name and MONTHS[0] <= place[1] <= MONTHS[1]
        }
        assert shown == wanted
    for name in ("borrowers", "visitors"):
        for group in ((), (Group.BRANCH,)):
            table = figures(desk, [name], *MONTHS, by=(Group.MONTH, *group))
            shown = {(one.month, one.branch and one.branch.bytes): one.value for one in table.rows}
            wanted = {
                (month, branch): len(members)
                for (measure, month, branch), members in found.people.items()
                if measure == name
                and (branch is None) != bool(group)
                and MONTHS[0] <= month <= MONTHS[1]
            }
            assert shown == wanted


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_what_a_recount_finds(small: SmallLibrary, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    other = another_device(small, tmp_path / "other", "Mobil 1")
    desks = [small.desk("head"), Desk(other.library, other.branch, small.staff["head"])]
    exchange(*desks)
    people = People(small, desks, chance)
    for _step in range(50):
        small.time.passes(minutes=7)
        people.act()
        if chance.random() < 0.15:
            people.undo_one()
        if chance.random() < 0.1:
            freshen(chance.choice(desks))
            _agree_when_fresh(chance.choice(desks))
    for desk in desks:
        _agree_when_fresh(desk)
    one, two = (list(desk.library.all_ops()) for desk in desks)
    told = [*one, *two]
    chance.shuffle(told)
    for start in range(0, len(told), 25):
        desks[0].library.ingest(told[start : start + 25])
    desks[1].library.ingest(one)
    tables = []
    for desk in desks:
        _agree_when_fresh(desk)
        days = "select day, branch, stop, measure, key, value from day_fact order by 1, 2, 3, 4, 5"
        tables.append(desk.library.rows(days))
    assert tables[0] == tables[1]
    assert tables[0]
    other.library.close()


def _agree_when_fresh(desk: Desk) -> None:
    freshen(desk)
    _agree(desk)


def test_every_figure_shows_the_rows_that_it_counts(small: SmallLibrary) -> None:
    desk = small.desk("head")
    people = People(small, [desk], Random(9))
    for _step in range(80):
        small.time.passes(minutes=7)
        people.act()
    freshen(desk)
    months = ("2026-10", "2026-10")
    checked = 0
    for name, one in CATALOGUE.items():
        if one.over is Over.CALENDAR:
            continue
        proof = behind(desk, name, *months)
        rows = proof.sheet.fetch(desk, proof.sheet.ids)
        assert len(rows) == len(set(proof.sheet.ids))
        cells = [[column.cell(row) for column in proof.sheet.columns] for row in rows.values()]
        assert all(len(line) == len(proof.sheet.columns) for line in cells)
        if name in {"visits", "visits.members"}:
            counted = sum(line[3] for line in cells)
        elif name in {"questions.minutes", "stops.minutes"} or name.startswith("groups"):
            continue
        else:
            counted = len(proof.sheet.ids)
        if not one.keys:
            assert counted == proof.value, name
            checked += proof.value > 0
        for key in figures(desk, [name], *months, by=(Group.KEY,)).keys(name) if one.keys else ():
            part = behind(desk, name, *months, key=key)
            listed = part.sheet.fetch(desk, part.sheet.ids)
            heads = (
                sum(row[4] for row in listed.values()) if name.startswith("visits") else len(listed)
            )
            assert heads == part.value, (name, key)
            checked += 1
    assert checked > 20
