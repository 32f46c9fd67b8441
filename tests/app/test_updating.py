"""Newer versions in the running program: from a real server, from a stick, and only when wished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.joined import Fleet, program_of, until
from helpers.library import SmallLibrary
from helpers.releases import PUBLISHERS, laid_out
from helpers.ui_audit import audit_everywhere
from perpusdesk import __version__
from perpusdesk.app import program as programs
from perpusdesk.app import updating
from perpusdesk.app.program import Program
from perpusdesk.app.updating import Updating
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.safety.updating import from_files
from perpusdesk.storage.folder import Mount
from perpusdesk.storage.update_store import UpdateStore

CONTENT = b"#!/bin/sh\n" * 60_000


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The installers that were started, of releases that the tests' key signed."""
    started: list[Path] = []

    def made_for_tests(*args: object, **words: object) -> Updating:
        words = {**words, "publishers": PUBLISHERS, "start": started.append}
        return Updating(*args, **words)

    monkeypatch.setattr(programs, "Updating", made_for_tests)
    monkeypatch.setattr(updating, "PIECE_MS", 1)
    return started


@pytest.fixture
def running(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path, there: Fleet
) -> Iterator[Program]:
    """The program, joined to a server."""
    made = Program(small.desk("head"), settings=settings, reports=tmp_path / "reports")
    with program_of(there, made, qtbot) as shown:
        yield shown


def test_a_version_comes_from_the_server_and_is_installed_when_asked(
    qtbot: QtBot, running: Program, there: Fleet, tmp_path: Path, started: list[Path]
) -> None:
    there.serving.updates = UpdateStore(tmp_path / "server-updates", PUBLISHERS)
    from_files(there.serving.updates, laid_out(tmp_path / "release", CONTENT))
    running.window.go("settings")
    part = running.preferences.page.updates
    assert not part.install.isVisibleTo(part)
    part.look.click()
    until(qtbot, running, lambda: part.install.isVisibleTo(part))
    assert part.install.text() == "Pasang versi 9.0.0"
    assert started == []
    with qtbot.waitSignal(running.updating.leave_asked):
        part.install.click()
    found = running.updating.found
    assert found is not None
    assert started == [running.updating.store.file_of(found.package)]
    assert running.updating.store.state().former is not None


def test_it_asks_once_whether_to_look_and_looks_only_then(
    qtbot: QtBot, running: Program, settings: SettingsFile
) -> None:
    said: list[str] = []
    running.window.messages.said.connect(lambda one: said.append(one.text))
    for _ in range(3):
        running.updating.look_unasked()
        running.tasks.wait_idle()
    assert len(said) == 1
    assert "versi baru" in said[0]
    assert not settings.values.look_for_updates
    running.updating._agree()
    until(qtbot, running, lambda: settings.values.look_for_updates)


def test_a_stick_that_is_plugged_in_brings_a_version(
    qtbot: QtBot,
    running: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = Mount(str(tmp_path / "stick"), "vfat", "rw,removable")
    laid_out(tmp_path / "stick", CONTENT)
    monkeypatch.setattr(updating, "mounts", lambda: [stick])
    running.window.go("settings")
    running.updating._look_at_sticks()
    part = running.preferences.page.updates
    until(qtbot, running, lambda: part.install.isVisibleTo(part))
    assert running.updating.store.folder.parent == running.desk.library.folder
    assert __version__ in part._version.text()


def test_the_row_is_as_the_other_settings_are(
    qtbot: QtBot, running: Program, tmp_path: Path, qapp: object
) -> None:
    from_files(running.updating.store, laid_out(tmp_path / "release", CONTENT))
    running.window.go("settings")
    running.updating._show(running.updating._state())
    running.tasks.wait_idle()
    assert audit_everywhere(qapp, running.window) == []
