"""A desktop that joined a real server, with a van that did so too, over HTTP on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.windows import take_apart
from perpusdesk.app.program import Program
from perpusdesk.protocol.certificates import Role
from perpusdesk.services.desk import Desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import Joined
from perpusdesk.syncing.join import join_with
from perpusdesk_server.opening import as_server
from perpusdesk_server.serving import Serving
from server.places import UNHURRIED, Branch, code_of, joined, listening


@dataclass(slots=True)
class Fleet:
    """The server, where it listens, the desk's keys, and a van."""

    serving: Serving
    port: int
    keys: KeyStore
    van: Branch
    van_desk: Desk

    def van_exchanges(self) -> None:
        done = self.van.exchange()
        assert done.done, done


@contextmanager
def fleet(small: SmallLibrary, folder: Path) -> Iterator[Fleet]:
    """Let the small library join a server of its own, and a van join it after."""
    library = Library.create(folder / "server")
    member, holder = as_server(library, KeyStore(folder / "server"), "Server kota")
    serving = Serving(member, holder, "http://127.0.0.1", limits=UNHURRIED)
    with listening(serving) as port:
        keys = KeyStore(small.library.folder)
        heard = join_with(small.library, code_of(serving, port), keys, post_enrolment, "Meja depan")
        assert isinstance(heard, Joined), heard
        van_code = code_of(serving, port, role=Role.VAN.value)
        with joined(folder / "van", van_code, "Laptop MK1") as van:
            desk = Desk(van.library, small.branches["van"], small.staff["desk"])
            yield Fleet(serving, port, keys, van, desk)


@contextmanager
def program_of(there: Fleet, made: Program, qtbot: QtBot) -> Iterator[Program]:
    """Show a program of the fleet until after its first exchange; take it apart at the end."""
    runner = made.exchanging.runner
    runner._make_keys = lambda: there.keys
    made.window.show()
    made.window.activateWindow()
    runner.join()
    until(qtbot, made, lambda: runner.standing.last is not None)
    yield made
    made.window.close()
    take_apart(made.window)


def until(qtbot: QtBot, program: Program, true: Callable[[], bool]) -> None:
    """Wait until something is so and nothing is under way."""

    def quiet() -> bool:
        return true() and not program.exchanging.runner.running and not program.tasks.busy()

    qtbot.waitUntil(quiet)
