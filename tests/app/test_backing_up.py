"""Backups in a running desktop: by hand, in words, rehearsed, and back after a restore."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.domain.backup_age import DAY_MS
from perpusdesk.services.safety.backup_places import BackupPlace, BackupPlan, backup_plan, keep_plan
from perpusdesk.services.safety.restore import open_restored
from perpusdesk.storage.library import Library
from perpusdesk.ui.backup.part import BackupPart


@pytest.fixture
def settled(qtbot: QtBot, program: Program) -> Callable[[], None]:
    """Wait until nothing is under way, not the backup either."""

    def wait() -> None:
        for _ in range(3):
            qtbot.waitUntil(lambda: not program.backing_up.runner.busy)
            program.tasks.wait_idle()
            QApplication.processEvents()

    return wait


@pytest.fixture
def part(program: Program, settled: Callable[[], None]) -> BackupPart:
    """The tab of backups, in front."""
    program.backing_up.show_asked.emit()
    settled()
    return program.backing_up.part


def test_one_click_backs_up_and_says_so(
    part: BackupPart, settled: Callable[[], None], qapp: QApplication, program: Program
) -> None:
    assert "Belum ada cadangan" in part.state.word
    part.go.click()
    settled()
    assert "Cadangan terakhir: hari ini" in part.state.word
    assert "komputer ini" in part.state.word
    assert part.told.text().startswith("Cadangan sudah ditulis, dibuka, dan dihitung")
    assert part.backups.rows.rows.rowCount() == 1
    assert audit_everywhere(qapp, program.window) == []


def test_a_stick_is_added_and_gets_its_backup_at_once(
    part: BackupPart, program: Program, settled: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / "STIK").mkdir()
    program.backing_up.add(tmp_path / "STIK")
    settled()
    assert "STIK" in part.state.word
    assert list((tmp_path / "STIK").glob("PerpusDesk-backup/*/*.backup"))
    places = backup_plan(program.desk.library).places
    program.backing_up.drop_place(places[1])
    settled()
    assert part.places.rows.rows.rowCount() == 1


def test_a_rehearsal_tells_what_it_found(part: BackupPart, settled: Callable[[], None]) -> None:
    part.go.click()
    settled()
    part.rehearse.click()
    settled()
    assert "dipulihkan ke salinan samping" in part.told.text()


def test_going_back_opens_the_library_anew_with_everything(
    part: BackupPart, program: Program, settled: Callable[[], None], qtbot: QtBot
) -> None:
    part.go.click()
    settled()
    part.backups.choose(0)
    part.restore_wanted.emit(part._rows[0])
    settled()
    assert part.ask.isVisible()
    with qtbot.waitSignal(program.reopen_asked) as asked:
        part.ask.go.click()
    folder, digest = program.desk.library.folder, program.desk.library.digest()
    assert asked.args == [open_restored]
    program.window.close()
    with open_restored(folder) as restored:
        assert isinstance(restored, Library)
        assert restored.digest() == digest


def test_old_backups_are_told_on_the_main_screen_with_the_step_to_do(
    program: Program, settled: Callable[[], None], tmp_path: Path
) -> None:
    library, said = program.desk.library, []
    program.window.messages.said.connect(lambda one: said.append(one.text))
    place = BackupPlace("disk", "disk", str(tmp_path / "backups"))
    now = library.now_ms()
    program.tasks.run(lambda: keep_plan(library, BackupPlan((place,), since_ms=now - 8 * DAY_MS)))
    program.backing_up.tell()
    settled()
    assert any("Belum ada cadangan" in one for one in said)
    program.backing_up.runner.back_up()
    settled()
    assert list((tmp_path / "backups").iterdir())


def test_staff_without_the_right_back_up_but_do_not_restore(
    part: BackupPart, settled: Callable[[], None]
) -> None:
    part.go.click()
    settled()
    part.allow(False)
    part.backups.choose(0)
    steps = [step.text() for step in part.backups._steps(part._rows[0])]
    assert steps == ["Latihan"]
    assert part.go.isEnabled()
    assert not part.add.isEnabled()
