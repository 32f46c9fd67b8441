"""A new computer gets its library back from the server: few clicks, and words when it fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app.start import Place, Start
from perpusdesk.common.settings import SettingsFile
from perpusdesk.protocol import enrolment_code, recovery_code
from perpusdesk.protocol.backup_store import Answer, Wanted
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.ui.camera.sources import VARIABLE
from perpusdesk.ui.kit.code_entry import CodeEntry
from perpusdesk.ui.kit.recovery_entry import RecoveryEntry
from perpusdesk.ui.start.pages import ProblemPage
from perpusdesk.ui.wizard.page import WizardPage
from perpusdesk.ui.wizard.steps import Way
from perpusdesk_server.serving import Serving
from server.lost import RECOVERY, for_device, keeping_city, lost_desk
from server.places import Branch, at_work, code_of, listening


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    return keeping_city(tmp_path / "server")


@pytest.fixture
def port(serving: Serving) -> Iterator[int]:
    with listening(serving) as found:
        yield found


@pytest.fixture
def lost(tmp_path: Path, serving: Serving, port: int) -> Iterator[Branch]:
    with lost_desk(tmp_path / "lost", serving, port) as found:
        yield found


class NewComputer:
    """The program on a computer that has nothing yet, used by mouse and keyboard alone."""

    def __init__(
        self, qtbot: QtBot, settings: SettingsFile, folder: Path, app: QApplication
    ) -> None:
        self.qtbot, self.folder, self.app = qtbot, folder, app
        self.clicks = 0
        self.library: Library | None = None
        self.start = Start(settings, Place(folder))
        self.start.window.resize(1366, 768)
        self.start.ready.connect(self._ready)
        self.start.begin()
        QApplication.processEvents()

    def _ready(self, library: Library, _place: Place) -> None:
        self.library = library

    @property
    def wizard(self) -> WizardPage:
        page = self.start.window.page
        assert isinstance(page, WizardPage)
        return page

    def click(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clicks += 1
        QApplication.processEvents()

    def to_codes(self) -> None:
        """Go to the question for the codes."""
        self.click(self.wizard.on)
        self.click(self._restore_way())
        self.click(self.wizard.on)

    def _restore_way(self) -> QAbstractButton:
        radios: dict[str, QAbstractButton] = self.wizard.content.radios
        return radios[Way.RESTORE.value]

    def type_codes(self, code: str, recovery: str) -> None:
        """Type both codes, as a keyboard scanner does too."""
        entry = self.wizard.content.findChildren(CodeEntry)[0]
        assert entry.edit.hasFocus() or not self.start.window.isActiveWindow()
        entry.edit.setPlainText("")
        self.qtbot.keyClicks(entry.edit, code)
        other = self.wizard.content.findChildren(RecoveryEntry)[0]
        other.edit.clear()
        self.qtbot.keyClicks(other.edit, recovery)

    def problem(self) -> ProblemPage:
        def there() -> bool:
            return isinstance(self.start.window.page, ProblemPage)

        self.qtbot.waitUntil(there)
        page = self.start.window.page
        assert isinstance(page, ProblemPage)
        return page

    def close(self) -> None:
        self.start.close()
        take_apart(self.start.window)
        if self.library is not None:
            self.library.close()


@pytest.fixture
def computer(
    qtbot: QtBot,
    settings: SettingsFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> Iterator[NewComputer]:
    monkeypatch.setattr("perpusdesk.services.safety.restore.sticks", list)
    made = NewComputer(qtbot, settings, tmp_path / "new", qapp)
    yield made
    made.close()


def test_a_library_is_back_in_less_than_five_clicks(
    computer: NewComputer,
    lost: Branch,
    serving: Serving,
    port: int,
    qtbot: QtBot,
) -> None:
    digest = lost.library.digest()
    code = enrolment_code.write(for_device(serving, port, lost))
    computer.to_codes()
    computer.type_codes(code, RECOVERY)
    assert audit_everywhere(computer.app, computer.start.window) == []
    computer.click(computer.wizard.on)
    qtbot.waitUntil(lambda: computer.library is not None)
    assert computer.clicks < 5
    library = computer.library
    assert library is not None
    assert library.device == lost.library.device
    assert library.digest() == digest
    with at_work(library, system_key_store(computer.folder), f"http://127.0.0.1:{port}") as new:
        assert new.exchange().done
        assert serving.store(serving.member.library.digest) == library.digest()
    computer.library = None


def test_what_stands_in_the_way_is_said_and_the_codes_can_be_changed(
    computer: NewComputer, lost: Branch, serving: Serving, port: int, qtbot: QtBot
) -> None:
    computer.to_codes()
    computer.type_codes(enrolment_code.write(code_of(serving, port)), RECOVERY)
    computer.click(computer.wizard.on)
    page = computer.problem()
    assert "perangkat baru bergabung" in page.accessibleName()
    computer.click(page.buttons[0])
    code = enrolment_code.write(for_device(serving, port, lost))
    computer.type_codes(code, new_code(b"fedcba9876543210"))
    computer.click(computer.wizard.on)
    page = computer.problem()
    assert not (computer.folder / FILE_NAME).exists()
    computer.click(page.buttons[0])
    computer.type_codes(code, RECOVERY)
    computer.click(computer.wizard.on)
    qtbot.waitUntil(lambda: computer.library is not None)


def test_the_camera_goes_to_the_code_that_asked_last(
    computer: NewComputer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    square = np.array(qrcode.make(recovery_code.qr_text(RECOVERY)).convert("L").resize((560, 560)))
    frame = np.full((720, 1280), 150, np.uint8)
    frame[80:640, 360:920] = square
    cv2.imwrite(str(pictures / "sheet.png"), frame)
    monkeypatch.setenv(VARIABLE, f"folder:{pictures}")
    computer.to_codes()
    code = computer.wizard.content.findChildren(CodeEntry)[0]
    recovery = computer.wizard.content.findChildren(RecoveryEntry)[0]
    code.camera_button.click()
    recovery.camera_button.click()
    qtbot.waitUntil(lambda: bool(recovery.text))
    assert computer.wizard.wizard.answers.recovery == recovery.text
    assert not code.text


def test_who_closes_the_window_does_not_wait_for_the_backup(
    computer: NewComputer,
    lost: Branch,
    serving: Serving,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert serving.backups is not None
    answer, asked, on = serving.backups.answer, threading.Event(), threading.Event()

    def held(device: bytes, wanted: Wanted) -> Answer:
        asked.set()
        on.wait(20)
        return answer(device, wanted)

    monkeypatch.setattr(serving.backups, "answer", held)
    computer.to_codes()
    computer.type_codes(enrolment_code.write(for_device(serving, port, lost)), RECOVERY)
    computer.click(computer.wizard.on)
    computer.qtbot.waitUntil(asked.is_set)
    threading.Timer(0.2, on.set).start()
    computer.start.close()
    assert not (computer.folder / FILE_NAME).exists()
