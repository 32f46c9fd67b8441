"""The desktop writes scheduled reports by itself, and tells once when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.screens import Stage
from perpusdesk.app.report_writing import ReportWriting
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.reports.report_schedules import schedule_pack
from perpusdesk.services.staff.pins import sealed


class WritingStage(Stage):
    """A window whose desktop writes reports."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, folder: Path) -> None:
        super().__init__(qtbot, small, "head", folder)
        self.qtbot = qtbot
        self.writing = ReportWriting(self.desk, self.tasks, self.window.messages)

    def look(self) -> None:
        """Look once, to the end."""
        freshen(self.desk)
        with self.qtbot.waitSignal(self.writing.rested):
            self.writing.look()
        self.wait()


@pytest.fixture
def stage(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[WritingStage]:
    made = WritingStage(qtbot, small, tmp_path)
    yield made
    made.window.close()
    made.close()


def test_what_is_due_is_written_and_told(stage: WritingStage, tmp_path: Path) -> None:
    value_of(schedule_pack(stage.desk, "monthly", tmp_path))
    value_of(schedule_pack(stage.desk, "quarterly", tmp_path, "xlsx"))
    stage.look()
    names = sorted(one.name for one in tmp_path.iterdir() if one.is_file())
    assert names == ["Laporan bulanan 2026-10.pdf", "Laporan triwulan 2026-Q3.xlsx"]
    assert "Laporan triwulan 2026-Q3.xlsx" in stage.said[-1]
    before = len(stage.said)
    stage.look()
    assert len(stage.said) == before


def test_a_stick_that_is_out_is_told_once_and_does_not_stop_the_others(
    stage: WritingStage, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    value_of(schedule_pack(stage.desk, "monthly", stick))
    value_of(schedule_pack(stage.desk, "quarterly", tmp_path))
    stick.rmdir()
    stage.look()
    assert (tmp_path / "Laporan triwulan 2026-Q3.pdf").exists()
    troubles = [told for told in stage.said if "“Laporan bulanan” belum dapat ditulis." in told]
    assert len(troubles) == 1
    stage.look()
    again = [told for told in stage.said if "“Laporan bulanan” belum dapat ditulis." in told]
    assert again == troubles
    stick.mkdir()
    stage.look()
    assert (stick / "Laporan bulanan 2026-10.pdf").exists()


def test_nothing_is_written_while_nobody_is_signed_in(
    stage: WritingStage, small: SmallLibrary, tmp_path: Path
) -> None:
    value_of(schedule_pack(stage.desk, "monthly", tmp_path))
    small.change("staff", small.staff["head"], secret=sealed("480273"))
    stage.desk.staff = None
    assert not stage.desk.attended
    stage.look()
    assert list(tmp_path.glob("*.pdf")) == []
