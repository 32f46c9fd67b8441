"""The tab of the key: a reminder, a sheet, and a code that counts once the sheet is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app.program import Program
from perpusdesk.common.passing import passing_folder
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.safety import recovery
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.vault import read_vault
from perpusdesk.ui.key.part import KeyPart

CODE = "000GF-40R42-0M309-E2098-185GN-R38E3-1Y8D9"


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    library = create_library(tmp_path / "here", NewLibrary("Perpustakaan Contoh", "Pusat"))
    monkeypatch.setattr(recovery, "draw_code", lambda: CODE)
    made = Program(open_desk(library), reports=tmp_path, settings=settings)
    made.safekeeping._keys.opener = lambda _url: True
    made.window.show()
    yield made
    made.close()
    take_apart(made.window)


@pytest.fixture
def part(program: Program) -> KeyPart:
    program.safekeeping.show_part("key")
    program.tasks.wait_idle()
    found = program.safekeeping.page.part("key")
    assert isinstance(found, KeyPart)
    return found


def sealed(program: Program) -> bool:
    vault = read_vault(program.desk.library.folder)
    return vault is not None and bool(vault.sealed)


def test_the_reminder_leads_to_the_tab_and_ends_with_the_sheet(program: Program) -> None:
    said: list[str] = []
    program.window.messages.said.connect(lambda one: said.append(one.text))
    program.safekeeping.remind_of_key()
    program.tasks.wait_idle()
    assert any("Lembar pemulihan belum ada" in one for one in said)
    program.safekeeping._keys.show_asked.emit()
    assert program.window.page == "safety"


def test_a_sheet_counts_once_a_group_was_typed_back(program: Program, part: KeyPart) -> None:
    assert "terenkripsi" in part.locked.text()
    part.make.click()
    program.tasks.wait_idle()
    assert list(passing_folder().glob("recovery-*.pdf"))
    assert not part.asking.isHidden()
    part.answer.setText("ZZZZZ")
    part.use.click()
    program.tasks.wait_idle()
    assert part.field.error
    assert not sealed(program)
    group = program.safekeeping._keys._group
    part.answer.setText(CODE.split("-")[group - 1].lower())
    part.use.click()
    program.tasks.wait_idle()
    assert sealed(program)
    assert "dibuat" in part.sheet.text()
    assert part.asking.isHidden()


def test_a_sheet_that_is_given_up_changes_nothing(program: Program, part: KeyPart) -> None:
    part.make.click()
    program.tasks.wait_idle()
    part.leave.click()
    part.confirmed.emit(CODE.split("-")[1])
    program.tasks.wait_idle()
    assert not sealed(program)


def test_the_tab_can_be_used_in_all_looks(
    program: Program, part: KeyPart, qapp: QApplication, qtbot: QtBot
) -> None:
    part.make.click()
    program.tasks.wait_idle()
    assert audit_everywhere(qapp, program.window) == []
