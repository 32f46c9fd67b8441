"""Standing before a locked library: the code by hand, by camera, by file; the server by a click."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.test_start import Begun
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.start import Place
from perpusdesk.common.settings import SettingsFile
from perpusdesk.printing.recovery_sheet import recovery_sheet
from perpusdesk.protocol.recovery_code import new_code, qr_text
from perpusdesk.scan.types import Scan, Source, Symbology
from perpusdesk.services.library.devices import set_contact_days
from perpusdesk.services.safety import recovery
from perpusdesk.services.safety.contact import DAY_MS, SINCE
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.ui.start.pages import ProblemPage
from perpusdesk.ui.start.unlock_page import UnlockPage

CODE = new_code(bytes(range(16)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with create_library(tmp_path / "here", NewLibrary("Perpustakaan Rahasia", "Pusat")) as made:
        recovery.give_recovery(made, CODE)
    return tmp_path / "here"


@pytest.fixture
def begun(settings: SettingsFile, folder: Path) -> Iterator[Begun]:
    made = Begun(settings, Place(folder))
    yield made
    made.close()


@pytest.fixture
def locked(begun: Begun, folder: Path, qtbot: QtBot) -> UnlockPage:
    shutil.rmtree(KeyStore(folder).files)
    begun.start.begin()
    return page_of(begun, qtbot)


def page_of(begun: Begun, qtbot: QtBot) -> UnlockPage:
    qtbot.waitUntil(lambda: isinstance(begun.page, UnlockPage))
    assert isinstance(begun.page, UnlockPage)
    return begun.page


def test_a_typed_code_opens_the_library(begun: Begun, locked: UnlockPage, qtbot: QtBot) -> None:
    entry = locked.entry
    qtbot.keyClicks(entry.edit, CODE.lower().replace("-", "  "))
    locked.open_button.click()
    qtbot.waitUntil(lambda: begun.library is not None)


def test_a_wrong_group_is_named_while_it_is_typed(locked: UnlockPage, qtbot: QtBot) -> None:
    groups = CODE.split("-")
    qtbot.keyClicks(locked.entry.edit, f"{groups[0]}-4")
    assert not locked.entry.field.error
    qtbot.keyClicks(locked.entry.edit, "2R40-0")
    assert "2" in locked.entry.field.error


def test_the_code_of_another_library_says_so(locked: UnlockPage, qtbot: QtBot) -> None:
    locked.entry.edit.setText(new_code(bytes(16)))
    locked.open_button.click()
    qtbot.waitUntil(lambda: bool(locked.entry.field.error))
    assert "tidak membuka" in locked.entry.field.error


def test_the_camera_or_the_scanner_reads_the_sheet(
    begun: Begun, locked: UnlockPage, qtbot: QtBot
) -> None:
    locked.entry.take_scan(Scan(qr_text(CODE), Symbology.QR, datetime.now(UTC), Source.CAMERA))
    qtbot.waitUntil(lambda: begun.library is not None)


def test_the_pdf_of_the_sheet_opens_it(
    begun: Begun, locked: UnlockPage, qtbot: QtBot, tmp_path: Path
) -> None:
    with create_library(tmp_path / "other", NewLibrary("Lain", "Lain")) as other:
        sheet = recovery.sheet_of(open_desk(other), CODE)
    (tmp_path / "sheet.pdf").write_bytes(recovery_sheet(sheet))
    (tmp_path / "empty.pdf").write_bytes(b"%PDF-1.4 no sheet")
    locked.entry.file_chosen.emit(str(tmp_path / "empty.pdf"))
    qtbot.waitUntil(lambda: bool(locked.entry.field.error))
    locked.entry.file_chosen.emit(str(tmp_path / "sheet.pdf"))
    qtbot.waitUntil(lambda: begun.library is not None)


def test_without_a_sheet_the_ways_on_are_told(
    begun: Begun, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    create_library(tmp_path / "bare", NewLibrary("Lain", "Lain")).close()
    shutil.rmtree(KeyStore(tmp_path / "bare").files)
    begun.start.place = Place(tmp_path / "bare")
    begun.start.begin()
    qtbot.waitUntil(lambda: isinstance(begun.page, ProblemPage))


@pytest.fixture
def overdue(begun: Begun, folder: Path, qtbot: QtBot) -> UnlockPage:
    with Library.open(folder) as library:
        desk = open_desk(library)
        set_contact_days(desk, UUID(bytes=library.device), 3)
        library.put_local(SINCE, library.now_ms() - 9 * DAY_MS)
    begun.start.begin()
    return page_of(begun, qtbot)


def test_a_device_that_was_away_shows_nothing_until_it_is_pardoned(
    begun: Begun, overdue: UnlockPage, qtbot: QtBot
) -> None:
    assert "9 hari" in overdue.accessibleName()
    assert begun.library is None
    assert overdue.first is not None
    overdue.first.click()
    qtbot.waitUntil(lambda: begun.page is not overdue and isinstance(begun.page, UnlockPage))
    assert begun.library is None
    page = page_of(begun, qtbot)
    page.entry.edit.setText(CODE)
    page.open_button.click()
    qtbot.waitUntil(lambda: begun.library is not None)


def test_leaving_gives_the_library_back(begun: Begun, overdue: UnlockPage, folder: Path) -> None:
    begun.start.close()
    Library.open(folder).close()


def test_the_pages_hold_to_the_house(begun: Begun, overdue: UnlockPage, qapp: QApplication) -> None:
    assert audit_everywhere(qapp, begun.start.window) == []
