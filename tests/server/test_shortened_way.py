"""Over real HTTP a desk does not say again what its server was told, and all arrives whole."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.protocol.shortening import Lengthener
from perpusdesk.services.set_up import add_branch, open_desk
from server.places import Branch, city, code_of, joined, listening


def sent(desk: Branch, name: str) -> int:
    """Add a branch, exchange, and return the bytes that went up for it."""
    add_branch(open_desk(desk.library), name)
    done = desk.exchange()
    assert (done.reason, done.outcome.sent, done.waiting) == ("", 1, 0)
    return done.bytes_up


def test_what_was_told_is_not_told_again(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    with listening(serving) as port, joined(tmp_path / "desk", code_of(serving, port)) as desk:
        desk.exchange()
        sent(desk, "Timur")
        short = sent(desk, "Utara")
        serving._lengthener = Lengthener()  # as after a restart
        twice = sent(desk, "Wetan")
        assert twice > 1.2 * short, "sent short, not understood, and sent whole"
        # ids and stamps are drawn anew each time, so a few bytes differ
        assert sent(desk, "Yasan") < 1.1 * short, "sent short again"
        assert desk.library.digest() == serving.within(lambda library: library.digest())
