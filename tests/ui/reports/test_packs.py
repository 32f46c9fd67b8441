"""Packs and typed figures on the screen: filled, proven, saved, and what is missing typed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, value_of
from helpers.screens import Stage
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.figures.months import Period
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.figures.figure_entries import entry_lines
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.figures.month_close import closed_months
from perpusdesk.services.visits.service_use import count_use
from perpusdesk.ui.figures.actions import figure_actions
from perpusdesk.ui.figures.page import FiguresPage
from perpusdesk.ui.reports.entries_part import EntriesPart
from perpusdesk.ui.reports.entries_room import MONTHS, USES
from perpusdesk.ui.reports.pack_part import PackPart
from perpusdesk.ui.shell import paper_files


class ReportsStage(Stage):
    """The screen of reports with packs and typed figures."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        messages = self.window.messages
        self.packs = PackPart(self.desk, self.tasks, messages, folder)
        self.entries = EntriesPart(self.desk, self.tasks, messages)
        self.page = FiguresPage()
        self.page.add_tab("packs", "Paket", lambda: self.packs)
        self.page.add_tab("entries", "Isian angka", lambda: self.entries)
        self.put(self.page)
        self.window.go(self.page.name)
        self.wait()

    def lines(self) -> list[str]:
        """The lines of the pack as a screen reader says them."""
        rows = self.packs.room.lines.rows
        return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]

    def choose(self, start: str) -> None:
        """Choose the line that begins so."""
        place = next(n for n, line in enumerate(self.lines()) if line.startswith(start))
        self.packs.room.lines.selectRow(place)
        self.wait()


@pytest.fixture
def stage(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[ReportsStage]:
    desk = small.desk("head")
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    value_of(count_use(desk, "ict", 3))
    freshen(desk)
    made = ReportsStage(qtbot, small, "head", tmp_path)
    yield made
    made.close()


def test_a_pack_of_this_year_says_what_was_counted_and_what_is_missing(
    stage: ReportsStage,
) -> None:
    stage.packs.show_pack("article15", Period.year(stage.desk.today().year))
    stage.wait()
    assert "d  Pemanfaatan bahan tercetak, 1 eksemplar" in stage.lines()
    assert any(line.startswith("Jumlah program, belum diisi") for line in stage.lines())
    assert "4 angka masih harus diisi." in stage.packs.room.notes.text()
    assert stage.packs.room.entries.isVisible()


def test_a_line_tells_where_its_number_comes_from(stage: ReportsStage) -> None:
    stage.packs.show_pack("article15", Period.year(stage.desk.today().year))
    stage.wait()
    stage.choose("dipinjam")
    words = [label.text() for label in stage.packs.proof.findChildren(QLabel) if label.text()]
    assert "1 eksemplar" in words
    assert any(
        step.text() == "Simpan daftarnya" for step in stage.packs.proof.findChildren(QPushButton)
    )


def test_what_is_missing_is_typed_in_and_then_there(stage: ReportsStage) -> None:
    year = Period.year(stage.desk.today().year)
    stage.page.open_part("entries")
    stage.wait()
    room = stage.entries.room
    place = next(
        n
        for n in range(room.typed.rows.rowCount())
        if str(room.typed.rows.index(n, 0).data()).startswith("Jumlah program")
    )
    room.typed.selectRow(place)
    stage.entries.type_in()
    edits = room.ask.findChildren(QLineEdit)
    edits[0].setText("1.250")
    edits[1].setText("Renja")
    room.ask.send()
    stage.wait()
    needed = [one for one in entry_lines(stage.desk, year) if one.needed]
    assert room.said[0].text() == f"1 dari {len(needed)} angka yang diperlukan sudah diisi"
    stage.page.open_part("packs")
    stage.packs.show_pack("article15", year)
    stage.wait()
    assert any(line.startswith("Jumlah program, 1.250") for line in stage.lines())


def test_a_service_is_counted_by_a_tap_for_several_people(stage: ReportsStage) -> None:
    stage.page.open_part("entries")
    room = stage.entries.room
    room.tabs.setCurrentIndex(USES)
    stage.wait()
    room.people.setValue(4)
    steps = room.findChildren(QPushButton)
    next(step for step in steps if step.text() == "Komputer atau internet").click()
    stage.wait()
    total = stage.desk.library.value("select sum(people) from service_use where what = 'ict'")
    assert (total, room.people.value()) == (7, 1)


def test_the_month_before_is_closed_by_a_button(stage: ReportsStage) -> None:
    stage.small.time.passes(days=40)
    freshen(stage.desk)
    stage.page.open_part("entries")
    room = stage.entries.room
    room.tabs.setCurrentIndex(MONTHS)
    stage.wait()
    room.months.selectRow(0)
    stage.entries.close_month()
    stage.wait()
    assert len(closed_months(stage.desk)) == 1
    assert "ditutup" in str(room.months.rows.index(0, 0).data())


def test_they_are_well_made_in_all_looks(stage: ReportsStage, qapp: QApplication) -> None:
    stage.packs.show_pack("monthly", Period("2026-11", "2026-11"))
    stage.wait()
    assert audit_everywhere(qapp, stage.window) == []
    stage.choose("Peminjaman")
    assert audit_everywhere(qapp, stage.window) == []
    stage.page.open_part("entries")
    for place in (0, USES, MONTHS):
        stage.entries.room.tabs.setCurrentIndex(place)
        stage.wait()
        assert audit_everywhere(qapp, stage.window) == []


def test_the_keys_on_the_buttons_do_what_they_say(
    stage: ReportsStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[str] = []
    monkeypatch.setattr(
        paper_files.QDesktopServices, "openUrl", lambda url: files.append(url.toLocalFile())
    )
    stage.window.registry.add(*figure_actions(stage.page, stage.page.open_part))
    stage.wait()
    stage.do("figures_print_paper")
    assert [Path(file).name.startswith("monthly-") for file in files] == [True]
    stage.do("figures_entries")
    stage.do("figures_print_paper")  # nothing to print there
    assert len(files) == 1
    stage.entries.room.typed.selectRow(0)
    stage.do("figures_type_in")
    assert stage.entries.room.ask.isVisible()
    stage.entries.room.tabs.setCurrentIndex(MONTHS)
    stage.do("figures_type_in")
    assert not stage.entries.room.ask.isVisible()
