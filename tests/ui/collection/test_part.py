"""Decisions on the collection on the screen: what to buy, the budget by class, the age."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.collection.collection import buying_rule
from perpusdesk.ui.collection.part import CollectionPart
from perpusdesk.ui.collection.room import AGE, BUDGET, BUYING
from perpusdesk.ui.figures.page import FiguresPage


class CollectionStage(Stage):
    """The screen of reports with the collection alone."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.part = CollectionPart(self.desk, self.tasks, self.window.messages)
        self.page = FiguresPage()
        self.page.add_tab("collection", "Koleksi", lambda: self.part)
        self.put(self.page)
        self.window.go(self.page.name)
        self.wait()

    def rows(self, place: int) -> list[str]:
        """The rows of a list as a screen reader says them."""
        rows = self.part.room.lists[place].rows
        return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]


@pytest.fixture
def small_with_need(small: SmallLibrary) -> SmallLibrary:
    """Both copies of the first title have been out for most of a year."""
    out = 0
    for member in small.members.values():
        answer = lend(small.desk("head"), member, small.copies[f"B000{out + 1}"])
        out += not isinstance(answer, Refused)
        if out == 2:
            break
    small.time.passes(days=250)
    return small


@pytest.fixture
def stage(qtbot: QtBot, small_with_need: SmallLibrary, tmp_path: Path) -> Iterator[CollectionStage]:
    made = CollectionStage(qtbot, small_with_need, "head", tmp_path)
    yield made
    made.close()


def test_what_to_buy_stands_with_its_reason_and_leads_to_the_title(stage: CollectionStage) -> None:
    (row,) = stage.rows(BUYING)
    assert "beli 1 eksemplar" in row and "68 % waktu tidak ada eksemplar di rak" in row
    told = stage.part.room.said[BUYING].text()
    assert told == "1 judul, 1 eksemplar perlu dibeli, sekitar Rp75.000"
    asked: list[object] = []
    stage.part.title_asked.connect(asked.append)
    list_ = stage.part.room.lists[BUYING]
    list_.enter()
    list_.activated.emit(list_.currentIndex())
    assert asked == [stage.small.titles[0]]


def test_another_rule_is_kept_and_the_list_follows(stage: CollectionStage) -> None:
    stage.part.room.rule.share.edit.setValue(90)
    stage.part.room.rule.keep.click()
    stage.wait()
    assert stage.rows(BUYING) == []
    assert buying_rule(stage.desk).out_share == 90


def test_a_budget_is_shared_out_and_set_for_a_class(stage: CollectionStage) -> None:
    room = stage.part.room
    room.tabs.setCurrentIndex(BUDGET)
    stage.wait()
    room.budget.money.edit.set_amount(50_000_000)
    room.budget.share.click()
    stage.wait()
    assert sum("Rp50.000.000" in row for row in stage.rows(BUDGET)) == 1
    place = next(n for n, row in enumerate(stage.rows(BUDGET)) if "Rp50.000.000" in row)
    room.lists[BUDGET].selectRow(place)
    stage.wait()
    assert room.budget.decided.edit.amount() == 50_000_000
    room.budget.decided.edit.set_amount(40_000_000)
    room.budget.keep.click()
    stage.wait()
    assert "ditetapkan Rp40.000.000" in stage.rows(BUDGET)[place]


def test_the_age_of_the_stock_tells_the_whole_first(stage: CollectionStage) -> None:
    stage.part.room.tabs.setCurrentIndex(AGE)
    stage.wait()
    assert stage.rows(AGE)[0].startswith("Seluruh koleksi")
    assert stage.part.room.said[AGE].text() == "Seberapa tua koleksi ini"
    asked: list[bool] = []
    stage.part.weeding_asked.connect(lambda: asked.append(True))
    steps = stage.part.room.findChildren(QPushButton)
    next(step for step in steps if step.text() == "Cari calon penyiangan").click()
    assert asked == [True]


def test_it_is_well_made_in_all_looks(stage: CollectionStage, qapp: QApplication) -> None:
    for place in (BUYING, BUDGET, AGE):
        stage.part.room.tabs.setCurrentIndex(place)
        stage.wait()
        assert audit_everywhere(qapp, stage.window) == []
