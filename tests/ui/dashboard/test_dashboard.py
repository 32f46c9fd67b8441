"""The dashboard on the screen: figures, charts by hand and by keys, and the rows behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.library import value_of as done
from helpers.screens import Stage
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.merge import facts
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries.values import as_ms
from perpusdesk.ui.dashboard.asked import Asked
from perpusdesk.ui.dashboard.counting import Counting
from perpusdesk.ui.dashboard.part import DashboardPart
from perpusdesk.ui.figures.page import FiguresPage
from perpusdesk.ui.kit.charts.card import ChartCard


class DashboardStage(Stage):
    """The screen of reports with the dashboard alone."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.counting = Counting(self.desk, self.tasks)
        self.part = DashboardPart(self.desk, self.tasks, self.window.messages, self.counting)
        self.page = FiguresPage()
        self.page.add_tab("dashboard", "Dasbor", lambda: self.part)
        self.put(self.page)
        self.window.go(self.page.name)
        qtbot.waitUntil(lambda: not self.counting.busy)
        self.wait()

    def close(self) -> None:
        self.counting.close()
        self.window.close()
        super().close()

    def twin(self, card: ChartCard) -> list[tuple[str, ...]]:
        return list(card.chart.twin().rows)


def _visit(small: SmallLibrary, branch: str, days_ago: int, people: int) -> None:
    at = small.time.moment - timedelta(days=days_ago)
    action = Action("count_visit", small.staff["desk"], small.branches[branch], 420, as_ms(at))
    new = small.library.new_id()
    action.event(facts.VISITED, "visit", new, fresh=True, people=people, sex="P")
    small.library.write(action)


@pytest.fixture
def busy(small: SmallLibrary) -> SmallLibrary:
    """A year of visits, some loans, a hold, a search in vain."""
    for days_ago in (0, 1, 20, 40, 200, 366, 380):
        _visit(small, "pusat", days_ago, 3)
    _visit(small, "van", 1, 25)
    desk = small.desk("head")
    done(lend(desk, small.members["A0001"], small.copies["B0001"]))
    done(lend(desk, small.members["A0002"], small.copies["B0002"]))
    done(read_on_site(desk, small.copies["B0005"]))
    done(place_hold(desk, small.members["A0003"], small.titles[0]))
    small.library.note_search_miss("naga hijau", "2026-10-01")
    return small


@pytest.fixture
def stage(qtbot: QtBot, busy: SmallLibrary, tmp_path: Path) -> Iterator[DashboardStage]:
    made = DashboardStage(qtbot, busy, "head", tmp_path)
    yield made
    made.close()


def test_the_month_stands_in_tiles_and_charts(stage: DashboardStage) -> None:
    room = stage.part.room
    assert room.month.currentText() == "November 2026"
    names = {name: tile.accessibleName() for name, tile in room.tiles.items()}
    assert names["visits"] == "Pengunjung: 31"
    assert names["loans"] == "Pinjaman: 2"
    assert names["borrowers"] == "Peminjam aktif: 2"
    assert ("Mobil Keliling", "25", "0", "0", "0") in stage.twin(room.charts.places)
    assert stage.twin(room.charts.missed) == [("naga hijau", "1")]
    ((title, waiting, copies),) = stage.twin(room.charts.wanted)
    assert (title, waiting, copies) == ("Pelaut Kertas", "1", "2")
    unused = {row[0]: row[3] for row in stage.twin(room.charts.classes)}
    assert any(name.startswith("800") and value == "4" for name, value in unused.items())
    months = stage.twin(room.charts.trend)
    assert months[-1] == ("November 2026", "31", "3")


def test_another_place_and_month_change_everything(stage: DashboardStage) -> None:
    room = stage.part.room
    room.branch.choose(stage.small.branches["van"])
    room.branch.activated.emit(1)
    stage.wait()
    assert room.tiles["visits"].accessibleName() == "Pengunjung: 25"
    room.month.choose("2026-10")
    room.month.activated.emit(1)
    stage.wait()
    assert room.tiles["visits"].accessibleName() == "Pengunjung: 0"


def test_a_tile_turns_the_line_over_the_year(stage: DashboardStage) -> None:
    tile = stage.part.room.tiles["loans"]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert stage.part.room.charts.trend.title.text() == "Pinjaman"
    assert stage.twin(stage.part.room.charts.trend)[-1] == ("November 2026", "2", "0")


def test_keys_walk_a_chart_and_lead_to_the_rows_and_back(stage: DashboardStage) -> None:
    chart = stage.part.room.charts.places.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    stage.wait()
    behind = stage.part.behind
    assert stage.part.stack.currentWidget() is behind
    assert behind.rows.rows.rowCount() == 2  # the main building in November
    stage.window.box.take_focus()
    stage.page.escape()
    assert stage.part.stack.currentWidget() is stage.part.room


def test_where_a_number_comes_from_is_told_with_its_rows(stage: DashboardStage) -> None:
    stage.part.room.tiles["borrowers"].origin_asked.emit("borrowers")
    stage.wait()
    behind = stage.part.behind
    assert behind.told() == ("Peminjam aktif", "2", "November 2026 · Semua cabang")
    rows = behind.rows.rows
    [rows.index(row, 0).data() for row in range(2)]  # asked for, then fetched
    stage.wait()
    said = {str(rows.index(row, 0).data()).split(",")[0] for row in range(2)}
    assert said == {"Siti Misalnya", "Budi Misalnya"}


def test_every_chart_has_a_table_that_says_the_same(stage: DashboardStage) -> None:
    for pair in stage.part.room.charts.pairs:
        for card in pair:
            card.chart.setFocus()
            QTest.keyClick(card.chart, Qt.Key.Key_T)
            assert card.is_table
            twin = card.chart.twin()
            assert card.table.rowCount() == len(twin.rows)
            assert card.table.columnCount() == len(twin.headings)
            QTest.keyClick(card.table, Qt.Key.Key_T)
            assert not card.is_table
            assert card.chart.accessibleName()


def test_a_cell_of_a_table_leads_behind_the_same_number(stage: DashboardStage) -> None:
    card = stage.part.room.charts.hours
    asked: list[Asked] = []
    card.chart.chosen.connect(asked.append)
    card.turn()
    twin = card.chart.twin()
    row, column = next(
        (row, column)
        for row, cells in enumerate(twin.rows)
        for column, text in enumerate(cells)
        if column and text
    )
    card.table.cellActivated.emit(row, column)
    stage.wait()
    assert asked[0].key == f"{row}-{int(twin.headings[column]):02d}"


def test_a_title_that_is_short_of_copies_opens(stage: DashboardStage) -> None:
    asked: list[object] = []
    stage.part.title_asked.connect(asked.append)
    chart = stage.part.room.charts.wanted.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert asked == [stage.small.titles[0]]


def test_an_empty_library_says_what_will_come(
    qtbot: QtBot, small: SmallLibrary, tmp_path: Path
) -> None:
    for table in ("copy", "title", "member"):
        rows = small.library.rows(f"select id from {table}")
        action = Action("clean")
        for (id_,) in rows:
            action.delete(table, UUID(bytes=id_))
        small.library.write(action)
    stage = DashboardStage(qtbot, small, "head", tmp_path)
    assert stage.part.room.nothing.isVisibleTo(stage.window)
    stage.close()


def test_everybody_can_use_it_in_every_look(qapp: QApplication, stage: DashboardStage) -> None:
    assert audit_everywhere(qapp, stage.window) == []


def test_the_rows_behind_can_be_used_in_every_look(
    qapp: QApplication, stage: DashboardStage
) -> None:
    stage.part.room.tiles["loans"].origin_asked.emit("loans")
    stage.wait()
    assert audit_everywhere(qapp, stage.window) == []
