"""The library's server is a place for backups by itself, after the exchange, unless refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.joined import Fleet, fleet
from helpers.library import SmallLibrary
from helpers.windows import take_apart
from perpusdesk.app import backup_line
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.protocol.backup_store import Answer, Wanted
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.safety.backup_places import SERVER, backup_plan
from perpusdesk.storage.backup.log import BackupEntry, newest_whole
from perpusdesk.storage.library import Library
from perpusdesk.syncing.http_transport import own_facts
from perpusdesk_server.device_backups import FOLDER, DeviceBackups


@pytest.fixture
def there(small: SmallLibrary, tmp_path: Path) -> Iterator[Fleet]:
    with fleet(small, tmp_path) as made:
        made.serving.backups = DeviceBackups(tmp_path / "server")
        yield made


@pytest.fixture
def running(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path, there: Fleet
) -> Iterator[Program]:
    """The program, after its first exchange."""
    made = Program(small.desk(), settings=settings, reports=tmp_path / "reports")
    made.exchanging.runner._make_keys = lambda: there.keys
    made.window.show()
    made.exchanging.runner.join()
    qtbot.waitUntil(lambda: made.exchanging.runner.standing.last is not None)
    settle(qtbot, made)
    yield made
    made.window.close()
    take_apart(made.window)


def settle(qtbot: QtBot, program: Program) -> None:
    for _ in range(3):
        qtbot.waitUntil(
            lambda: not (program.backing_up.runner.busy or program.exchanging.runner.running),
            timeout=20_000,
        )
        program.tasks.wait_idle()
        QApplication.processEvents()


def test_a_backup_goes_to_the_server_by_itself(
    qtbot: QtBot, running: Program, tmp_path: Path
) -> None:
    library = running.desk.library
    assert [place.kind for place in backup_plan(library).places] == ["disk", "server"]
    running.backing_up.show_asked.emit()
    running.backing_up.runner.look()
    settle(qtbot, running)
    assert list((tmp_path / "server" / FOLDER / library.device.hex()).glob("*/*.backup"))
    entry = newest_whole(library)[SERVER]
    assert own_facts(library).backup_ms == entry.at_ms
    part = running.backing_up.part
    assert "server" in part.state.word
    assert part.places.rows.rows.rowCount() == 2
    assert part.backups.rows.rows.rowCount() == 1


def test_who_said_no_is_not_offered_it_again(qtbot: QtBot, running: Program) -> None:
    library = running.desk.library
    running.backing_up.drop_place(backup_plan(library).places[1])
    settle(qtbot, running)
    running.exchanging.runner.exchange_now()
    settle(qtbot, running)
    assert [place.kind for place in backup_plan(library).places] == ["disk"]


def test_an_exchange_goes_first(qtbot: QtBot, running: Program) -> None:
    server = running.backing_up.runner.server
    assert server is not None
    running.exchanging.runner.running = True
    running.backing_up.runner.back_up()
    qtbot.waitUntil(lambda: running.backing_up.runner.busy)
    qtbot.wait(1_500)
    assert running.backing_up.runner.busy
    running.exchanging.runner.running = False
    settle(qtbot, running)
    assert SERVER in newest_whole(running.desk.library)


def close(program: Program) -> None:
    """End the program as a real one, which backs up unasked; the fixture closes the window."""
    program.backing_up.runner._automatic = True
    program.close()
    program.backing_up.runner._automatic = False


def at_server(folder: Path, ending: str) -> list[Path]:
    return list((folder / "server" / FOLDER).glob(f"*/*/*{ending}"))


def entries(folder: Path) -> dict[str, BackupEntry]:
    """Return the newest whole backup of each place as the closed library has it."""
    with Library.open(folder, writable=False) as library:
        return newest_whole(library)


def test_closing_brings_a_backup_to_the_server_too(running: Program, tmp_path: Path) -> None:
    assert at_server(tmp_path, ".backup") == []
    register_member(running.desk, MemberForm(name="Siti Umpama"))
    close(running)
    assert len(at_server(tmp_path, ".backup")) == 1
    assert SERVER in entries(running.desk.library.folder)


def test_closing_does_not_wait_for_a_slow_server(
    running: Program,
    there: Fleet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("no backup to a server: unreachable")
    monkeypatch.setattr(backup_line, "CLOSING_S", 0.2)
    assert there.serving.backups is not None
    answer, asked, closed = there.serving.backups.answer, threading.Event(), threading.Event()

    def slowly(device: bytes, wanted: Wanted) -> Answer:
        asked.set()
        closed.wait(60)
        return answer(device, wanted)

    class OnceAsked(threading.Timer):
        def run(self) -> None:
            asked.wait(60)
            super().run()

    monkeypatch.setattr(threading, "Timer", OnceAsked)
    monkeypatch.setattr(there.serving.backups, "answer", slowly)
    register_member(running.desk, MemberForm(name="Siti Umpama"))
    close(running)
    assert asked.is_set() and not closed.is_set()
    closed.set()
    assert set(entries(running.desk.library.folder)) == {"disk"}
    assert at_server(tmp_path, ".backup") == []
