"""What was opened by a double click: handed to the program that runs, and offered there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.joined import Fleet, program_of, until
from helpers.library import SmallLibrary, value_of
from helpers.releases import PUBLISHERS, laid_out
from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app import entry, single
from perpusdesk.app import program as programs
from perpusdesk.app.given import Kind, Opened, understood
from perpusdesk.app.program import Program
from perpusdesk.app.single import First
from perpusdesk.app.start import Place
from perpusdesk.app.updating import Updating
from perpusdesk.common.log import stop_logging
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.folder_sync import folder_exchange, run_noted

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from perpusdesk.app.single import call_first
app = QCoreApplication([])
given = [Path(word) for word in sys.argv[2:]]
sys.exit(0 if call_first(Path(sys.argv[1]), given) else 3)
"""


@pytest.fixture(autouse=True)
def signed_for_tests(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The installers that were started, of releases that the tests' key signed."""
    started: list[Path] = []

    def made_for_tests(*args: object, **words: object) -> Updating:
        return Updating(*args, **{**words, "publishers": PUBLISHERS, "start": started.append})

    monkeypatch.setattr(programs, "Updating", made_for_tests)
    return started


@pytest.fixture
def running(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path, there: Fleet
) -> Iterator[Program]:
    """The program, joined to a server, with a van beside it."""
    made = Program(small.desk("head"), settings=settings, reports=tmp_path / "reports")
    with program_of(there, made, qtbot) as shown:
        yield shown


def bar(program: Program) -> str:
    """What the bar above the page says."""
    shown = program.window.bar
    assert shown.isVisible()
    return "\n".join(label.text() for label in shown.findChildren(QLabel))


def press(program: Program, verb: str) -> None:
    buttons = program.window.bar.findChildren(QPushButton)
    (found,) = [one for one in buttons if one.text() == verb]
    found.click()


# -- what it is ------------------------------------------------------------------------------------


def test_a_file_or_folder_is_understood_by_what_it_holds(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "PerpusDesk").mkdir(parents=True)
    assert understood(stick) == Opened(Kind.OTHER, stick)
    package = stick / "PerpusDesk" / "1.pdx"
    package.touch()
    for given in (package, stick, stick / "PerpusDesk"):
        assert understood(given) == Opened(Kind.STICK, stick)
    alone = tmp_path / "unduhan" / "2.PDX"
    alone.parent.mkdir()
    alone.touch()
    assert understood(alone) == Opened(Kind.STICK, alone.parent)
    release = laid_out(tmp_path / "release", b"x")[0]
    assert understood(release) == Opened(Kind.UPDATE, release)
    assert understood(release.parent) == Opened(Kind.UPDATE, release.parent)
    assert understood(tmp_path / "gone.pdx").kind is Kind.MISSING
    (tmp_path / "surat.docx").touch()
    assert understood(tmp_path / "surat.docx").kind is Kind.OTHER


# -- from start to start ---------------------------------------------------------------------------


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    """A program that has the library of a folder open."""
    made = First(tmp_path)
    yield made
    made.close()


def test_a_second_start_hands_its_files_to_the_first(
    qtbot: QtBot, first: First, tmp_path: Path
) -> None:
    files = [tmp_path / "Flashdisk Bu Sri" / "é 1.pdx", tmp_path / "b.pdupdate"]
    with qtbot.waitSignals([first.asked, first.given]):
        heard: list[object] = []
        first.given.connect(heard.append)
        second = subprocess.Popen([sys.executable, "-c", _SECOND, str(tmp_path), *map(str, files)])
    assert second.wait(20) == 0
    assert heard == [files]


@pytest.mark.parametrize(
    "message",
    [
        b"x" * (single.MOST_BYTES + 10),
        b"not json\n",
        b'{"run": "this"}\n',
        b'["relative.pdx", 7, "/a\\u0000b"]\n',
        b"[" + b",".join([b'"/a.pdx"'] * (single.MOST_FILES + 1)) + b"]\n",
    ],
    ids=["too long", "no json", "no list", "no absolute path", "too many"],
)
def test_what_is_no_list_of_paths_is_not_heard(
    qtbot: QtBot, first: First, tmp_path: Path, message: bytes
) -> None:
    heard: list[object] = []
    first.given.connect(heard.append)
    caller = QLocalSocket()
    with qtbot.waitSignal(first.asked):
        caller.connectToServer(single._name_of(tmp_path))
    caller.write(message)
    caller.flush()
    qtbot.wait(100)
    assert heard == []
    caller.abort()


def test_another_users_program_is_neither_asked_nor_heard(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the system itself keeps others away")
    first = First(tmp_path)
    calls: list[int] = []
    first.asked.connect(lambda: calls.append(1))
    monkeypatch.setattr(single.os, "getuid", lambda: 4_000_000)
    caller = QLocalSocket()
    caller.connectToServer(single._name_of(tmp_path))
    qtbot.waitUntil(lambda: caller.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert calls == []
    squatter = QLocalServer()
    first.close()
    assert squatter.listen(single._name_of(tmp_path))
    assert not single.call_first(tmp_path, [tmp_path])
    squatter.close()


def test_a_start_without_another_offers_what_it_was_given(
    qtbot: QtBot, settings: SettingsFile, tmp_path: Path
) -> None:
    create_library(tmp_path / "here", NewLibrary("Perpustakaan Uji", "Pusat")).close()
    (tmp_path / "stik").mkdir()
    (tmp_path / "stik" / "1.pdx").touch()
    started = entry._Running(
        settings, Place(tmp_path / "here"), None, given=[tmp_path / "stik" / "1.pdx"]
    )
    started._start.begin()
    qtbot.waitUntil(lambda: started._program is not None)
    program = started._program
    assert program is not None
    qtbot.waitUntil(lambda: program.window.bar.isVisible() and "stik" in bar(program))
    program.tasks.wait_idle()
    press(program, "Nanti saja")
    qtbot.waitUntil(lambda: "Lembar pemulihan" in bar(program))
    program.window.close()
    started._start.close()
    started._net.close()
    stop_logging()
    take_apart(program.window)
    take_apart(started._start.window)


# -- in the window ---------------------------------------------------------------------------------


def test_a_package_leads_to_the_exchange_with_its_stick(
    qtbot: QtBot, running: Program, there: Fleet, small: SmallLibrary, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    there.van_exchanges()
    value_of(lend(there.van_desk, small.members["A0002"], small.copies["B0003"]))
    van: Library = there.van.library
    keys = system_key_store(van.folder)
    for _turn in run_noted(van, folder_exchange(van, keys, stick), stick):
        pass
    (package, *_more) = sorted((stick / "PerpusDesk").glob("*.pdx"))
    running.given.take([package, stick])
    until(qtbot, running, running.window.bar.isVisible)
    assert running.window.page == "exchange"
    assert "stick" in bar(running)
    assert running.desk.library.digest() != van.digest()
    press(running, "Tukar sekarang")
    page = running.exchanging.page
    until(qtbot, running, page.room.now.stick.isVisible)
    until(qtbot, running, lambda: running.desk.library.digest() == van.digest())
    assert not running.window.bar.isVisible()


@pytest.mark.slow
def test_the_offer_looks_well_and_can_be_left(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "stick" / "PerpusDesk").mkdir(parents=True)
    (tmp_path / "stick" / "PerpusDesk" / "1.pdx").touch()
    program.given.take([tmp_path / "stick"])
    qtbot.waitUntil(program.window.bar.isVisible)
    app = programs.QGuiApplication.instance()
    assert audit_everywhere(app, program.window) == []
    press(program, "Nanti saja")
    assert not program.window.bar.isVisible()


def test_a_library_without_a_server_says_so(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    (tmp_path / "1.pdx").touch()
    program.given.take([tmp_path / "1.pdx"])
    qtbot.waitUntil(program.window.bar.isVisible)
    press(program, "Tukar sekarang")
    qtbot.waitUntil(lambda: program.window.bar.isVisible() and "dengan kode" in bar(program))


def test_a_release_leads_to_its_installation(
    qtbot: QtBot, program: Program, tmp_path: Path, signed_for_tests: list[Path]
) -> None:
    release = laid_out(tmp_path / "unduhan", b"#!/bin/sh\n")[0]
    program.given.take([release])
    part = program.preferences.page.updates
    qtbot.waitUntil(lambda: part.install.isVisibleTo(part))
    assert program.window.page == "settings"
    assert part.install.text() == "Pasang versi 9.0.0"
    assert signed_for_tests == []


def test_what_is_not_taken_says_why(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    older = laid_out(tmp_path / "older", b"x", version="0.0.1", issued=8)[0]
    forged = laid_out(tmp_path / "forged", b"x", key=bytes(32))[0]
    alone, package = laid_out(tmp_path / "alone", b"y")
    package.unlink()
    letter = tmp_path / "surat.docx"
    letter.touch()
    for given, said in (
        (older, "versi ini atau yang lebih baru"),
        (forged, "tidak ditandatangani"),
        (alone, package.name),
        (letter, "surat.docx"),
        (tmp_path / "hilang.pdx", "hilang.pdx"),
    ):
        program.given.take([given])
        qtbot.waitUntil(lambda said=said: program.window.bar.isVisible() and said in bar(program))
        program.tasks.wait_idle()
