"""Own reports on the screen: picked, seen at once, saved, scheduled and removed by keyboard too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.screens import Stage
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.own_reports.report import Condition, How, Report
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.figures.packs import packs
from perpusdesk.services.reports.own_reports import keep_report, own_reports
from perpusdesk.services.reports.report_schedules import schedules
from perpusdesk.ui.figures.page import FiguresPage
from perpusdesk.ui.reports.folder_edit import FolderEdit
from perpusdesk.ui.reports.own_part import OwnPart


class OwnStage(Stage):
    """The screen of reports with own reports alone."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.qtbot = qtbot
        self.part = OwnPart(self.desk, self.tasks, self.window.messages)
        self.page = FiguresPage()
        self.page.add_tab("own", "Laporan sendiri", lambda: self.part)
        self.put(self.page)
        self.window.go(self.page.name)
        self.wait()

    def seen(self) -> None:
        """Wait until what is picked was looked up."""
        with self.qtbot.waitSignal(self.part.shown):
            pass
        self.wait()

    def cells(self) -> list[list[str]]:
        """The cells of the preview."""
        table = self.part.room.table.table
        assert table is not None
        model = table.model()
        return [
            [str(model.index(row, place).data()) for place in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


@pytest.fixture
def stage(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[OwnStage]:
    desk = small.desk("head")
    for card, barcode in (("A0001", "B0001"), ("A0002", "B0003")):
        value_of(lend(desk, small.members[card], small.copies[barcode]))
    value_of(keep_report(desk, "Judul", Report("loans", ("title", "renewals"), period="year")))
    value_of(keep_report(desk, "Nama", Report("loans", ("member", "title"))))
    made = OwnStage(qtbot, small, "head", tmp_path)
    yield made
    made.window.close()
    made.close()


def test_a_saved_report_shows_its_lines_at_once(stage: OwnStage) -> None:
    stage.part.room.rows.selectRow(0)
    stage.seen()
    assert sorted(stage.cells()) == [["Kebun di Atap", "0"], ["Pelaut Kertas", "0"]]
    assert stage.part.room.table.said.text() == "2 baris"
    assert not stage.part.room.picks.isVisible()


def test_a_new_report_is_picked_by_keyboard_and_saved(stage: OwnStage) -> None:
    room = stage.part.room
    stage.part.begin()
    stage.seen()
    assert room.picks.subject.hasFocus()
    chip = room.picks.chips["due"]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    stage.seen()
    assert room.picks.report.columns == ("lent", "barcode", "title", "returned")
    room.picks.group.choose("class")
    room.picks.group.activated.emit(0)
    stage.seen()
    assert sorted(stage.cells()) == [["6", "1"], ["8", "1"]]
    stage.part.keep()
    room.ask.findChildren(QLineEdit)[0].setText("Per kelas")
    room.ask.send()
    stage.wait()
    assert [one.name for one in own_reports(stage.desk)] == ["Judul", "Nama", "Per kelas"]
    assert room.name.text() == "Per kelas"


def test_a_condition_is_typed_and_taken_away(stage: OwnStage) -> None:
    room = stage.part.room
    stage.part.begin()
    stage.seen()
    room.picks.of.choose("title")
    room.picks.value.setText("kebun")
    QTest.keyClick(room.picks.value, Qt.Key.Key_Return)
    stage.seen()
    assert room.picks.report.conditions == (Condition("title", How.CONTAINS, "kebun"),)
    assert room.table.said.text() == "1 baris"
    room.picks.of.choose("due")
    room.picks.value.setText("besok")
    QTest.keyClick(room.picks.value, Qt.Key.Key_Return)
    stage.wait()
    assert "“besok” tidak cocok untuk kolom ini." in stage.said[-1]
    room.picks.conditions.findChildren(QPushButton)[0].click()
    stage.seen()
    assert room.table.said.text() == "2 baris"


def test_no_column_and_no_right_are_said_in_place_of_lines(
    stage: OwnStage, small: SmallLibrary
) -> None:
    room = stage.part.room
    stage.part.begin()
    stage.seen()
    for key in ("lent", "barcode", "title", "due", "returned"):
        room.picks.chips[key].click()
        stage.seen()
    assert room.table.said.text() == "Nyalakan paling sedikit satu kolom."
    stage.desk.staff = small.staff["volunteer"]
    room.rows.selectRow(1)
    stage.seen()
    assert "Siti" not in str(stage.cells())
    assert stage.cells() == []


def test_a_report_is_scheduled_and_one_with_members_is_not(stage: OwnStage, tmp_path: Path) -> None:
    room = stage.part.room
    for row in (1, 0):
        room.rows.selectRow(row)
        stage.seen()
        stage.part.schedule()
        assert room.ask.form is not None
        room.ask.form.findChildren(FolderEdit)[0].edit.setText(str(tmp_path))
        room.ask.send()
        stage.wait()
    assert any("“Nama” memuat data anggota" in told for told in stage.said)
    assert [(one.name, one.folder) for one in schedules(stage.desk)] == [("Judul", tmp_path)]
    room.schedules.choose(0)
    room.schedules.bar.findChildren(QPushButton)[0].click()
    stage.wait()
    assert schedules(stage.desk) == []


def test_a_pack_is_scheduled_from_its_tab(stage: OwnStage, tmp_path: Path) -> None:
    stage.part.schedule_pack(next(one for one in packs(stage.desk) if one.key == "monthly"))
    ask = stage.part.room.ask
    ask.findChildren(FolderEdit)[0].edit.setText(str(tmp_path))
    ask.send()
    stage.wait()
    assert [one.name for one in schedules(stage.desk)] == ["Laporan bulanan"]


def test_a_report_is_removed_with_the_way_back(stage: OwnStage) -> None:
    stage.part.room.rows.selectRow(0)
    stage.seen()
    stage.part.remove()
    stage.wait()
    assert [one.name for one in own_reports(stage.desk)] == ["Nama"]
    assert stage.said[-1].startswith("Laporan sendiri dihapus")


def test_it_is_well_made_in_all_looks(stage: OwnStage, qapp: QApplication) -> None:
    assert audit_everywhere(qapp, stage.window) == []
    stage.part.begin()
    stage.seen()
    assert audit_everywhere(qapp, stage.window) == []
    stage.part.room.rows.selectRow(0)
    stage.seen()
    stage.part.schedule()
    stage.wait()
    assert audit_everywhere(qapp, stage.window) == []
