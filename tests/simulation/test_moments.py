"""Single moments of stories that need much luck to come about by chance."""

from __future__ import annotations

import contextlib
from random import Random
from uuid import UUID

import msgspec
import pytest

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.certificates import Role, short_name
from perpusdesk.protocol.messages import Pulled, Push, StreamsWanted
from perpusdesk.storage.drafts import Action
from perpusdesk.syncing.engine.session import Exchange
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


@pytest.mark.parametrize("grown", [0, 1, 2])
def test_what_was_acknowledged_is_not_lost_with_a_server_restored_in_a_comparison(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode], grown: int
) -> None:
    """Also when its log is as long again, or longer, before it answers the next question."""
    city, one, other = nodes
    note(other, "so that there is something to ask for")
    assert exchange(other, city) == "done"
    city.memory.begin_epoch(b"anotherE")
    backup = city.snapshot()
    mine = note(one, "acknowledged and lost")
    line = Line(one, city, one.random)
    while not holds(city, mine):
        line.step()
    city.restore(backup)
    for number in range(grown):
        note(other, f"meanwhile {number}")
        exchange(other, city)
    assert run_to_end(line).end in ("broken off: other_log", "broken off: unknown_cursor")
    outcome = run_to_end(Line(one, city, one.random)).outcome
    assert outcome is not None
    assert not outcome.repaired
    assert holds(city, mine)


def test_who_may_only_read_for_a_while_gives_back_what_a_restored_server_lost(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    """A server that was restored may not know a certificate any more until it is shown again."""
    city, one, _ = nodes
    backup = city.snapshot()
    mine, theirs = note(one, "acknowledged and lost"), note(city, "read and lost")
    assert exchange(one, city) == "done"
    city.restore(backup)
    line = Line(one, city, one.random)
    del city.disk.certificates[short_name(one.device)]
    assert run_to_end(line).outcome is not None
    assert line.outcome.standing == "reader"
    assert not holds(city, mine)
    outcome = run_to_end(Line(one, city, one.random)).outcome
    assert outcome is not None
    assert not outcome.repaired
    assert holds(city, mine)
    assert holds(city, theirs)


def test_what_an_answer_leaves_out_behind_a_gap_is_asked_for_again(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, other = nodes
    ops = []
    for number in range(4):
        ops.append(note(other, f"written {number}"))
        other.store.seal()
    packages = [kept.package for kept in other.disk.lanes[0]][-4:]
    city.server.handle(other.device, Push(packages[1:]))
    exchanging = Exchange(one.store, one.trust)
    talk = exchanging.run(city.device)
    city.memory.begin_epoch(b"anotherE")
    request, asked = next(talk), 0
    with contextlib.suppress(StopIteration):
        while True:
            answer = city.server.handle(one.device, request)
            if isinstance(request, StreamsWanted) and isinstance(answer, Pulled):
                left = [one for one in answer.packages if asked or one != packages[2]]
                answer = msgspec.structs.replace(answer, packages=left)
                asked += 1
            request = talk.send(answer)
    assert [holds(one, op) for op in ops] == [False, True, True, True]
    assert not exchanging.outcome.repaired


def test_words_that_are_gone_at_one_go_at_all_though_nobody_knows_the_reason_any_more(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, other = nodes
    read = Action("reading")
    member, record = (other.random.randbytes(16) for _ in range(2))
    read.event("reading.counted", "reading", UUID(bytes=record), fresh=True, member=member)
    other.write(read)
    assert exchange(other, city) == "done"
    backup = city.snapshot()
    erase, erasure = Action("erase_member"), UUID(bytes=other.random.randbytes(16))
    for number in range(20):
        note(city, f"so that the reason comes in another frame {number}")
        city.store.seal()
    erase.event("erasure.carried_out", "erasure", erasure, fresh=True, member=member)
    city.write(erase)
    city.redact(1)
    line = Line(one, city, one.random, frame=1_024)
    while not one.entities("reading"):
        line.step()
    assert not one.entities("erasure")
    city.restore(backup)
    outcome = run_to_end(Line(one, city, one.random)).outcome
    assert outcome is not None
    assert not outcome.repaired
    assert not outcome.differs
    assert exchange(other, city) == "done"
    assert one.digest() == city.digest() == other.digest()
    for node in nodes:
        assert [op.payload["member"] for op in node.ops_of("reading", UUID(bytes=record))] == [None]


def test_one_damaged_row_among_thousands_in_its_bucket_is_all_that_is_mended(
    nodes: tuple[MemoryNode, MemoryNode, MemoryNode],
) -> None:
    city, one, _ = nodes
    action = Action("edit")
    for _ in range(2_100):
        action.set(
            "setting", UUID(bytes=city.random.randbytes(15) + b"x"), {"value": 1}, fresh=True
        )
    city.write(action)
    assert exchange(one, city) == "done"
    entity = next(key for key in one.disk.records if key[1].endswith(b"x"))
    del one.disk.records[entity], one.disk.marks[entity]
    outcome = run_to_end(Line(one, city, one.random)).outcome
    assert outcome is not None
    assert outcome.repaired == 1
