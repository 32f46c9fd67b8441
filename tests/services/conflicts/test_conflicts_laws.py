"""Whatever devices wrote, and in whatever order it came: one list of conflicts, and none missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.conflict_stories import STORIES
from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary
from helpers.op_samples import op_lists, retellings
from helpers.shelf import Shelf
from perpusdesk.domain.conflicts.conflict import conflict_id
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.merge.fields import contradictions, may_contradict
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.services.conflicts.conflict_list import (
    conflict_count,
    every_conflict,
    open_conflicts,
)
from perpusdesk.services.conflicts.conflicts import settle
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo
from perpusdesk.storage.check import check
from perpusdesk.storage.contradictions import WATCHED
from perpusdesk.storage.queries.conflict_records import candidates

few = settings(max_examples=25, suppress_health_check=list(HealthCheck))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def _records(ops: list[Op]) -> dict[tuple[str, bytes], list[Op]]:
    found: dict[tuple[str, bytes], list[Op]] = {}
    for op in {op.stamp: op for op in ops if understood(op)}.values():
        if op.entity_type in FIELD_RECORDS and op.entity_type in WATCHED:
            found.setdefault((op.entity_type, op.entity.bytes), []).append(op)
    return found


@few
@given(data=st.data())
def test_any_order_notes_the_same_records_and_misses_none(
    shelf: Shelf, data: st.DataObject
) -> None:
    ops = data.draw(op_lists(strange=True))
    with shelf.take() as one, shelf.take() as two:
        one.ingest(ops)
        for batch in data.draw(retellings(ops)):
            two.ingest(batch)
        assert every_conflict(two) == every_conflict(one)
        noted = {(entity_type, entity.bytes) for entity_type, entity in candidates(one)}
        told = _records(ops)
        assert noted == {key for key, known in told.items() if may_contradict(known)}
        for key, known in told.items():
            if any("/" not in found.field for found in contradictions(known)):
                assert key in noted


@given(
    st.lists(
        st.builds(
            Stamp,
            st.integers(1, 9),
            st.binary(min_size=16, max_size=16),
            st.integers(0, 2**64 - 1),
            st.integers(1, 9),
        ),
        min_size=1,
        max_size=4,
    ),
    st.randoms(),
)
def test_an_id_is_of_the_ops_in_any_order_whatever_their_clocks(stamps, chance) -> None:
    other = [stamp._replace(clock=chance.randint(1, 99)) for stamp in stamps]
    chance.shuffle(other)
    assert conflict_id(Kind.LENT_TWICE, stamps) == conflict_id(Kind.LENT_TWICE, other)
    assert conflict_id(Kind.LENT_TWICE, stamps) != conflict_id(Kind.LENT_SENT, stamps)


@pytest.fixture
def trio(small: SmallLibrary, tmp_path: Path) -> Iterator[tuple[SmallLibrary, list[Desk]]]:
    """The head's desk and two vans that know the same library."""
    others = [another_device(small, tmp_path / name, name) for name in ("Mobil 1", "Mobil 2")]
    desks = [small.desk("head")]
    desks += [Desk(one.library, one.branch, small.staff["head"]) for one in others]
    exchange(*desks)
    yield small, desks
    for one in others:
        one.library.close()


@pytest.mark.parametrize("seed", range(6))
def test_people_who_decide_at_odds_end_with_one_list(
    trio: tuple[SmallLibrary, list[Desk]], seed: int
) -> None:
    """Stories, answers and undoings on three devices that hear of each other now and then."""
    from random import Random

    small, desks = trio
    chance = Random(seed)
    told = chance.sample(sorted(set(STORIES) - {"quarantined", "clock_ahead"}), 3)
    actions = []
    for name in told:
        one, other = chance.sample(desks, 2)
        try:
            STORIES[name][0](small, one, other)
        except AssertionError:  # the stories before left things otherwise than it expects
            continue
        if chance.random() < 0.6:
            exchange(*desks)
        for desk in desks:
            small.time.passes(minutes=1)
            for conflict in list(open_conflicts(desk.library).values()):
                if chance.random() < 0.5:
                    done = settle(desk, conflict.id, chance.choice(conflict.answers))
                    if isinstance(done, Done) and done.action:
                        actions.append(done.action)
        if actions and chance.random() < 0.5:
            undo(chance.choice(desks), chance.choice(actions))
    for _ in range(2):
        exchange(*desks)
    lists = [open_conflicts(desk.library) for desk in desks]
    assert lists[0] == lists[1] == lists[2]
    assert len({desk.library.digest() for desk in desks}) == 1
    assert all(check(desk.library) == [] for desk in desks)
    while lists[0]:
        desk = chance.choice(desks)
        small.time.passes(minutes=1)
        conflict = next(iter(open_conflicts(desk.library).values()))
        done = settle(desk, conflict.id, conflict.proposal)
        if not isinstance(done, Done):
            done = settle(desk, conflict.id, chance.choice(conflict.answers))
        exchange(*desks)
        assert conflict.id not in open_conflicts(desks[0].library)
        lists = [open_conflicts(one.library) for one in desks]
        assert lists[0] == lists[1] == lists[2]
    assert [conflict_count(desk.library) for desk in desks] == [0, 0, 0]
