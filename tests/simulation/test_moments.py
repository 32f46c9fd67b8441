"""Single moments of stories that need much luck to come about by chance."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.certificates import Role
from perpusdesk.storage.drafts import Action
from simulation.clocks import TrueTime
from simulation.link import Line, run_to_end
from simulation.nodes import MemoryNode, Person


@pytest.fixture
def nodes() -> tuple[MemoryNode, MemoryNode, MemoryNode]:
    """A city and two desks that exchanged once."""
    time, made = TrueTime(), []
    for number, (name, role) in enumerate(
        (("city", Role.SERVER), ("a", Role.DESK), ("b", Role.DESK))
    ):
        made.append(MemoryNode(Person.named(name, number + 1, role), time, Random(number)))
    city, one, other = made
    for desk in (one, other):
        note(desk, f"first of {desk.name}")
        assert exchange(desk, city) == "done"
    return city, one, other


def note(node: MemoryNode, text: str) -> Op:
    action = Action("edit")
    action.set("setting", UUID(bytes=node.random.randbytes(16)), {"value": text}, fresh=True)
    return node.write(action)[0]


def exchange(client: MemoryNode, server: MemoryNode) -> str:
    return run_to_end(Line(client, server, client.random)).end


def holds(node: MemoryNode, op: Op) -> bool:
    return op.stamp[1:] in node.disk.log


def test_a_server_restored_in_the_middle_is_noticed_though_its_log_grew_on(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, other = nodes
    backup = city.snapshot()
    mine = note(one, "acknowledged and lost")
    line = Line(one, city, one.random)
    while not holds(city, mine):
        line.step()
    city.restore(backup)
    for number in range(3):
        note(other, f"meanwhile {number}")
        exchange(other, city)
    assert run_to_end(line).end == "broken off: other_log"
    assert exchange(one, city) == "done"
    assert holds(city, mine)


def test_what_came_in_a_comparison_that_broke_off_is_given_back(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, other = nodes
    backup = city.snapshot()
    city.memory.begin_epoch(b"anotherE")
    theirs = note(other, "only the city and I have it")
    assert exchange(other, city) == "done"
    line = Line(one, city, one.random)
    while not holds(one, theirs):
        line.step()
    city.restore(backup)
    line = run_to_end(Line(one, city, one.random))
    assert line.outcome is not None
    assert not line.outcome.repaired
    assert holds(city, theirs)


@pytest.mark.parametrize("more", range(8))
@pytest.mark.parametrize("steps", range(1, 7))
def test_what_came_behind_the_place_where_a_comparison_began_is_given_back(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode], steps: int, more: int
) -> None:
    """Whenever something comes to the server, and whenever the line breaks and it is restored."""
    city, one, other = nodes
    note(other, "what the comparison is about")
    assert exchange(other, city) == "done"
    city.memory.begin_epoch(b"anotherE")
    backup = city.snapshot()
    line = Line(one, city, one.random)
    for _ in range(steps):
        line.step()
    late = note(other, "while it goes on")
    exchange(other, city)
    for _ in range(more):
        line.step()
    del other.disk.log[late.stamp[1:]]  # whoever wrote it is gone with the server's log
    city.restore(backup)
    note(city, "as long as the log was")
    outcome = run_to_end(Line(one, city, one.random)).outcome
    assert outcome is not None
    assert not outcome.repaired
    assert holds(city, late) == holds(one, late)


def test_a_shut_out_device_gets_all_it_missed_when_it_is_let_in_again(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, other = nodes
    shut = Action("revoke_device")
    shut.set("device", UUID(bytes=one.device), {"revoked": ""})
    city.write(shut)
    theirs = note(other, "while it was shut out")
    exchange(other, city)
    city.memory.begin_epoch(b"anotherE")
    assert exchange(one, city) == "done"
    assert not holds(one, theirs)
    again = Action("allow_device")
    again.set("device", UUID(bytes=one.device), {"revoked": None})
    city.write(again)
    assert exchange(one, city) == "done"
    assert holds(one, theirs)


def test_a_row_that_was_damaged_is_mended_by_comparing(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, _ = nodes
    entity = next(iter(one.disk.records))
    del one.disk.records[entity], one.disk.marks[entity]
    line = run_to_end(Line(one, city, one.random))
    assert line.outcome is not None
    assert line.outcome.repaired == 1
    assert not line.outcome.differs
    exchange(one, city)
    assert one.digest() == city.digest()
