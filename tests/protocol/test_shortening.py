"""Packages without what the other side has of them, in every order of knowing and forgetting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perpusdesk.domain.ids import drawn_id
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.protocol import shortening, wire
from perpusdesk.protocol.messages import (
    Cursor,
    HaveWanted,
    Package,
    Pull,
    Pulled,
    Push,
    Pushed,
    Refusal,
    Request,
    Response,
)
from perpusdesk.protocol.shortening import Contexts, Lengthener, Shortener

DEVICE = bytes(range(16))
NOWHERE = Cursor(b"", {})


def package(seq: int, person: int = 1, run: int = 1) -> Package:
    """A package with one return, by one person in one run."""
    op = Op(
        stamp=Stamp(1_795_000_000_000 << 16, DEVICE, run << 1, seq),
        action=drawn_id(1_795_000_000_000, seq, run),
        verb="return",
        staff=drawn_id(1, person, 7),
        branch=drawn_id(1, 99, 7),
        at=1_795_000_000_000,
        zone=420,
        kind="loan.returned",
        entity_type="loan",
        entity=drawn_id(2, seq, 8),
        payload={"days_late": 0},
    )
    return Package(wire.encode([op]), bytes([seq]) * 64)


class Peer:
    """A server behind a lengthener; ``heard`` is what came to it whole, ``line`` what it took."""

    def __init__(self) -> None:
        self.lengthener = Lengthener()
        self.heard: list[list[Package]] = []
        self.line: list[int] = []
        self.answers: Callable[[Request], Response] = lambda _request: Pushed(NOWHERE)

    def send(self, request: Request, device: bytes = DEVICE) -> Response:
        if isinstance(request, Push):
            self.line.append(sum(one.size for one in request.packages))

        def handle(whole: Request) -> Response:
            if isinstance(whole, Push):
                self.heard.append(list(whole.packages))
            return self.answers(whole)

        return self.lengthener.answer(device, request, handle)


def test_what_was_acknowledged_is_left_out_and_arrives_whole() -> None:
    peer, mine = Peer(), Shortener()
    for seq in range(1, 6):
        assert mine.ask(Push([package(seq)]), peer.send) == Pushed(NOWHERE)
    assert peer.heard == [[package(seq)] for seq in range(1, 6)]
    assert all(size < peer.line[0] - 20 for size in peer.line[1:])


def test_a_push_says_nothing_twice() -> None:
    peer, mine = Peer(), Shortener()
    many = [package(seq, person=seq % 2) for seq in range(1, 9)]
    mine.ask(Push(many), peer.send)
    assert peer.heard == [many]
    assert peer.line[0] < sum(one.size for one in many) - 6 * 20


def test_a_server_that_began_anew_is_sent_all_of_it() -> None:
    peer, mine = Peer(), Shortener()
    mine.ask(Push([package(1)]), peer.send)
    peer.lengthener = Lengthener()
    assert mine.ask(Push([package(2)]), peer.send) == Pushed(NOWHERE)
    assert mine.ask(Push([package(3)]), peer.send) == Pushed(NOWHERE)
    assert mine.ask(Push([package(4)]), peer.send) == Pushed(NOWHERE)
    assert peer.heard == [[package(seq)] for seq in range(1, 5)]
    whole, *short = peer.line[0], peer.line[1], peer.line[3], peer.line[4]
    assert (len(peer.line), peer.line[2]) == (5, whole)
    assert max(short) < whole, "whole; short and refused, so whole; short; short"


def test_what_was_not_acknowledged_is_not_left_out() -> None:
    peer, mine = Peer(), Shortener()

    def lost(_request: Request) -> Response:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        mine.ask(Push([package(1)]), lost)
    peer.answers = lambda _request: Refusal("may_not_push")
    assert mine.ask(Push([package(1)]), peer.send) == Refusal("may_not_push")
    peer.answers = lambda _request: Pushed(NOWHERE)
    mine.ask(Push([package(2)]), peer.send)
    assert peer.line[0] == peer.line[1]


def test_no_device_can_spoil_what_another_sends() -> None:
    peer, mine = Peer(), Shortener()
    mine.ask(Push([package(1)]), peer.send)
    [short] = Contexts().shortened([package(2)])
    assert short == package(2)
    said = Contexts()
    said.learn(package(1))
    stolen = Push(said.shortened([package(2)]))
    assert peer.send(stolen, device=bytes(16)) == Refusal(shortening.UNKNOWN)
    assert len(peer.heard) == 1


def test_two_contexts_of_one_name_are_both_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortening, "context_name", lambda _context: b"equal")
    known = Contexts()
    one, other = package(1, person=1), package(2, person=2)
    assert known.shortened([one, other, one, other]) == [one, other, one, other]


def test_only_so_many_are_remembered() -> None:
    known = Contexts()
    known.shortened([package(1, run=run) for run in range(1, 200)])
    assert known.shortened([package(2, run=1)]) == [package(2, run=1)]
    assert known.shortened([package(2, run=199)]) != [package(2, run=199)]


def test_an_answer_says_nothing_twice_either() -> None:
    peer, mine = Peer(), Shortener()
    many = [package(seq) for seq in range(1, 5)]
    peer.answers = lambda _request: Pulled(many, NOWHERE, more=True)
    on_the_way: list[Response] = []

    def line(request: Request) -> Response:
        on_the_way.append(peer.send(request))
        return on_the_way[-1]

    assert mine.ask(Pull(NOWHERE), line) == Pulled(many, NOWHERE, more=True)
    [sent] = on_the_way
    assert isinstance(sent, Pulled)
    assert [one.size < many[0].size for one in sent.packages] == [False, True, True, True]


def test_damaged_packages_are_left_to_those_who_judge_them() -> None:
    peer, mine = Peer(), Shortener()
    bad = [Package(b"", b""), Package(b"\x07noise", bytes(64)), Package(bytes(3), bytes(64))]
    mine.ask(Push(bad), peer.send)
    assert peer.heard == [bad]


def test_an_answer_that_names_what_was_never_said_is_no_answer() -> None:
    said = Contexts()
    said.learn(package(1))
    short = Pulled(said.shortened([package(2)]), NOWHERE)
    with pytest.raises(wire.WireError):
        Shortener().ask(HaveWanted(), lambda _request: short)


def test_a_package_is_the_same_again_to_the_last_byte() -> None:
    one = package(1)
    known = Contexts()
    known.learn(replace_signature(one))
    assert known.whole(known.shortened([one])) == [one]


def replace_signature(one: Package) -> Package:
    return Package(one.body, bytes(64))
