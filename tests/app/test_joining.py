"""A new computer joins a library that exists: by code or by the camera, with what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.enrol_server import EnrolServer
from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app.start import Place, Start
from perpusdesk.common.settings import SettingsFile
from perpusdesk.protocol import enrolment_code
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing.membership import own_certificate
from perpusdesk.ui.camera.sources import VARIABLE
from perpusdesk.ui.kit.code_entry import CodeEntry
from perpusdesk.ui.start.pages import ProblemPage
from perpusdesk.ui.wizard.page import WizardPage
from perpusdesk.ui.wizard.steps import Step, Way


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EnrolServer]:
    create_library(tmp_path / "server", NewLibrary("Perpustakaan Contoh", "Pusat")).close()
    made = EnrolServer(tmp_path / "server")
    yield made
    made.close()


class Newcomer:
    """A computer on which the program starts for the first time, at the question for the code."""

    def __init__(self, settings: SettingsFile, folder: Path) -> None:
        self.start = Start(settings, Place(folder))
        self.library: Library | None = None
        self.start.ready.connect(self._ready)
        self.start.begin()
        self.wizard.go_on()
        self.wizard.wizard.answer(way=Way.JOIN, device="Mobil Melati")
        self.wizard.go_on()

    @property
    def wizard(self) -> WizardPage:
        page = self.start.window.page
        assert isinstance(page, WizardPage)
        return page

    @property
    def entry(self) -> CodeEntry:
        return self.wizard.content.findChildren(CodeEntry)[0]

    def joins(self, code: str) -> None:
        self.entry.edit.setPlainText(code)
        while not self.wizard.wizard.at_end:
            self.wizard.go_on()
        self.wizard.go_on()

    def problem(self, qtbot: QtBot) -> ProblemPage:
        qtbot.waitUntil(lambda: isinstance(self.start.window.page, ProblemPage))
        page = self.start.window.page
        assert isinstance(page, ProblemPage)
        return page

    def close(self) -> None:
        self.start.close()
        take_apart(self.start.window)
        if self.library is not None:
            self.library.close()

    def _ready(self, library: Library, _place: Place) -> None:
        self.library = library


@pytest.fixture
def newcomer(settings: SettingsFile, tmp_path: Path) -> Iterator[Newcomer]:
    made = Newcomer(settings, tmp_path / "new")
    yield made
    made.close()


def test_a_code_opens_the_library_of_its_server(
    newcomer: Newcomer, server: EnrolServer, qtbot: QtBot
) -> None:
    newcomer.joins(server.code("van"))
    qtbot.waitUntil(lambda: newcomer.library is not None)
    library = newcomer.library
    assert library is not None
    certificate = own_certificate(library)
    assert certificate is not None
    assert (certificate.name, certificate.role) == ("Mobil Melati", "van")
    with Library.open(server.folder, writable=False) as there:
        assert there.id == library.id


def test_a_used_code_is_said_and_another_one_can_be_given(
    newcomer: Newcomer, server: EnrolServer, qtbot: QtBot, tmp_path: Path
) -> None:
    newcomer.joins(server.code(device=bytes(16)))
    page = newcomer.problem(qtbot)
    assert "perangkat lain" in page.accessibleName()
    assert not (tmp_path / "new" / FILE_NAME).exists()
    page.buttons[0].click()
    assert newcomer.wizard.wizard.step is Step.CODE
    newcomer.joins(server.code())
    qtbot.waitUntil(lambda: newcomer.library is not None)


def test_a_server_out_of_reach_can_be_tried_again_with_the_same_code(
    newcomer: Newcomer, server: EnrolServer, qtbot: QtBot
) -> None:
    code = server.code()
    server.answering = False
    newcomer.joins(code)
    page = newcomer.problem(qtbot)
    assert "tidak menjawab" in page.accessibleName()
    server.answering = True
    page.buttons[0].click()
    qtbot.waitUntil(lambda: newcomer.library is not None)


def test_the_camera_reads_the_code(
    newcomer: Newcomer,
    server: EnrolServer,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = server.code()
    code = enrolment_code.read(text)
    assert isinstance(code, enrolment_code.EnrolmentCode)
    (tmp_path / "pictures").mkdir()
    square = np.array(qrcode.make(enrolment_code.qr_text(code)).convert("L").resize((560, 560)))
    frame = np.full((720, 1280), 150, np.uint8)
    frame[80:640, 360:920] = square
    cv2.imwrite(str(tmp_path / "pictures" / "code.png"), frame)
    monkeypatch.setenv(VARIABLE, f"folder:{tmp_path / 'pictures'}")
    newcomer.entry.camera_button.click()
    qtbot.waitUntil(lambda: newcomer.entry.code is not None)
    assert newcomer.entry.code == code
    assert newcomer.entry.text == text
    assert newcomer.start._camera is not None
    assert not newcomer.start._camera.on
    newcomer.wizard.go_on()
    assert newcomer.start._camera is None


def test_the_page_says_what_is_wrong_with_a_code_as_it_is_typed(
    newcomer: Newcomer, server: EnrolServer
) -> None:
    groups = server.code().split("-")
    entry = newcomer.entry
    entry.edit.setPlainText("-".join(groups[:6]))
    assert entry.field.error == ""
    wrong = [*groups[:3], groups[4], *groups[4:]]
    entry.edit.setPlainText("-".join(wrong))
    assert "3" in entry.field.error
    newcomer.wizard.go_on()
    assert newcomer.wizard.wizard.step is Step.CODE
    assert "3" in entry.field.error
    entry.edit.setPlainText("-".join(groups))
    assert entry.field.error == ""


def test_the_page_of_the_code_is_sound_everywhere(
    newcomer: Newcomer, server: EnrolServer, qapp: QApplication
) -> None:
    newcomer.entry.edit.setPlainText(server.code())
    assert audit_everywhere(qapp, newcomer.start.window) == []


def test_no_key_is_left_in_the_library_s_folder(
    newcomer: Newcomer, server: EnrolServer, qtbot: QtBot, tmp_path: Path
) -> None:
    newcomer.joins(server.code())
    qtbot.waitUntil(lambda: newcomer.library is not None)
    names = {path.name for path in KeyStore(tmp_path / "new").files.iterdir()}
    assert {name.partition("-")[0] for name in names} == {"database", "device", "secret"}
    inside = [path for path in (tmp_path / "new").rglob("*") if path.name in names]
    assert inside == []
