"""A real server and real desks that exchange over HTTP and come to hold the same."""

from pathlib import Path

from perpusdesk.services.set_up import add_branch, open_desk
from perpusdesk.storage.exchange_log import last_done
from server.places import city, code_of, joined, listening


def test_a_new_desk_joins_and_both_come_to_hold_the_same(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    with listening(serving) as port, joined(tmp_path / "desk", code_of(serving, port)) as desk:
        first = desk.exchange()
        assert first.reason == ""
        assert first.outcome.received > 0
        add_branch(open_desk(desk.library), "Cabang Timur")
        second = desk.exchange()
        assert (second.reason, second.outcome.sent, second.waiting) == ("", 1, 0)
        assert desk.library.digest() == serving.within(lambda library: library.digest())
        entry = last_done(desk.library)
        assert entry is not None
        assert (entry.sent, entry.peer) == (1, serving.identity.device)
        assert abs(desk.library.clock_offset_ms) < 5_000
