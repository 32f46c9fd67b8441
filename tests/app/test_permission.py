"""Where people sign in, a window refuses in words what who is at the desk may not do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.releases import PUBLISHERS, laid_out
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.doctor.record import repairs
from perpusdesk.services.safety.backup_places import backup_plan
from perpusdesk.services.safety.updating import from_files
from perpusdesk.services.staff.staff import set_pin
from perpusdesk.storage.update_store import UpdateStore

REFUSED = "Ini memerlukan hak yang tidak dimiliki petugas di meja."


@pytest.fixture
def said(program: Program, small: SmallLibrary, quick_hashes: None) -> list[str]:
    """What the window says; people sign in, and the head is at the desk."""
    program.desk.staff = small.staff["head"]
    secret = "482913"
    assert not isinstance(set_pin(program.desk, small.staff["head"], secret), Refused)
    heard: list[str] = []
    program.window.messages.said.connect(lambda one: heard.append(one.text))
    return heard


@pytest.fixture
def settled(qtbot: QtBot, program: Program) -> Callable[[], None]:
    def wait() -> None:
        for _again in range(3):
            qtbot.waitUntil(lambda: not program.backing_up.runner.busy)
            program.tasks.wait_idle()
            QApplication.processEvents()

    return wait


def open_tab(program: Program, name: str, settled: Callable[[], None]) -> None:
    program.window.go("safety")
    program.safekeeping.page.open_part(name)
    settled()


def test_backups_are_not_restored_and_places_not_changed_by_who_took_over(
    program: Program,
    small: SmallLibrary,
    said: list[str],
    settled: Callable[[], None],
    qapp: QApplication,
) -> None:
    open_tab(program, "backup", settled)
    part = program.backing_up.part
    part.go.click()
    settled()
    part.backups.choose(0)
    assert part.barred.isHidden()
    asked: list[object] = []
    program.backing_up.reopen_asked.connect(asked.append)
    plan = backup_plan(program.desk.library)
    steps: tuple[Callable[[], object], ...] = (
        lambda: part.restore_asked.emit(part._rows[0]),
        lambda: part.copy_asked.emit(part._rows[0]),
        part.former_asked.emit,
        part.place_asked.emit,
        lambda: part.place_dropped.emit(plan.places[0]),
        lambda: part.switched.emit(not plan.automatic),
    )
    for step in steps:
        program.desk.staff = small.staff["volunteer"]  # whose turn it is, with the tab still open
        said.clear()
        step()
        settled()
        assert any(REFUSED in one for one in said), said
    assert asked == []
    assert backup_plan(program.desk.library) == plan
    assert not part.barred.isHidden()
    assert not part.add.isEnabled()
    assert audit_everywhere(qapp, program.window) == []


def test_rows_are_not_mended_by_who_took_over(
    program: Program, small: SmallLibrary, said: list[str], settled: Callable[[], None]
) -> None:
    with small.library.filling() as door:
        door.database.execute_sql("update member set name = 'Orang lain' where card = 'A0001'")
    open_tab(program, "doctor", settled)
    program.examining.part.go.click()
    settled()
    row = program.examining.part.rows["rows"]
    assert row.word.text() == "Rusak"
    program.desk.staff = small.staff["volunteer"]
    row.button.click()
    settled()
    assert any(REFUSED in one for one in said), said
    assert repairs(small.library) == []
    open_tab(program, "doctor", settled)
    assert not program.examining.part.barred.isHidden()


def test_no_version_is_installed_and_none_gone_back_to_by_who_may_not(
    program: Program,
    small: SmallLibrary,
    said: list[str],
    settled: Callable[[], None],
    tmp_path: Path,
) -> None:
    updating = program.updating
    updating.store = UpdateStore(small.library.folder, PUBLISHERS)
    from_files(updating.store, laid_out(tmp_path / "release", b"#!/bin/sh\n"))
    updating._show(updating._state())
    left: list[bool] = []
    updating.leave_asked.connect(lambda: left.append(True))
    program.desk.staff = small.staff["volunteer"]
    for step in (updating.part.install.click, updating.part.back_asked.emit):
        said.clear()
        step()
        settled()
        assert any(REFUSED in one for one in said), said
    assert left == []
    assert updating.store.state().former is None
