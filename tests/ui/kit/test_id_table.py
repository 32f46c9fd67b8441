"""Long lists: only painted rows are fetched, pages are kept, late answers are dropped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from perpusdesk.ui.kit.id_table import PAGE, Column, IdTable, IdTableModel

MANY = 250_000


class Source:
    """Answers now, or when told to."""

    def __init__(self, *, late=False):
        self.late, self.asked, self.waiting = late, [], []

    def fetch(self, ids, then):
        self.asked.append(list(ids))
        rows = {id_: (f"Judul {id_}", id_) for id_ in ids if id_ != 13}
        if self.late:
            self.waiting.append(lambda: then(rows))
        else:
            then(rows)


def table_of(source, qtbot, ids=range(MANY)):
    model = IdTableModel(
        (
            Column("Judul", lambda row: row[0], key="title"),
            Column("No", lambda row: str(row[1]), 8),
        ),
        source.fetch,
    )
    model.set_ids(ids)
    table = IdTable(model, "Judul")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    table.grab()
    return model, table


def text(model, row, column=0):
    return model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole)


def test_only_what_is_painted_is_fetched(qtbot):
    source = Source()
    _model, table = table_of(source, qtbot)
    assert [len(ids) for ids in source.asked] == [PAGE]
    table.scrollTo(table.model().index(MANY - 1, 0))
    table.grab()
    assert sum(len(ids) for ids in source.asked) <= 3 * PAGE
    assert text(table.model(), MANY - 1) == f"Judul {MANY - 1}"


def test_a_page_is_asked_for_once_while_it_is_on_its_way(qtbot):
    source = Source(late=True)
    model, table = table_of(source, qtbot)
    table.grab()
    assert text(model, 0) == "…"
    assert len(source.asked) == 1
    source.waiting.pop()()
    assert text(model, 0) == "Judul 0"


def test_an_answer_for_an_older_list_is_dropped(qtbot):
    source = Source(late=True)
    model, _table = table_of(source, qtbot)
    model.set_ids([7, 8])
    source.waiting.pop(0)()
    assert text(model, 0) == "…"
    source.waiting.pop(0)()
    assert text(model, 0) == "Judul 7"


def test_a_record_that_is_no_more_is_shown_as_gone(qtbot):
    model, _table = table_of(Source(), qtbot)
    assert text(model, 13) == "–"
    assert text(model, 13, 1) == ""


def test_pages_far_away_are_forgotten(qtbot):
    source = Source()
    model, _table = table_of(source, qtbot)
    for page in range(1, 60):
        text(model, page * PAGE)
    before = len(source.asked)
    text(model, 0)
    assert len(source.asked) == before + 1


def test_choosing_and_opening_tell_the_id(qtbot):
    model, table = table_of(Source(), qtbot, ids=["a", "b", "c"])
    with qtbot.waitSignal(table.chosen) as chosen:
        table.selectRow(1)
    assert chosen.args == ["b"]
    assert table.chosen_id() == "b"
    with qtbot.waitSignal(table.opened) as opened:
        table.activated.emit(model.index(2, 0))
    assert opened.args == ["c"]


def test_ordering_is_asked_for_and_not_done(qtbot):
    model, table = table_of(Source(), qtbot, ids=["b", "a"])
    asked = []
    table.sort_asked.connect(lambda key, down: asked.append((key, down)))
    table.horizontalHeader().sectionClicked.emit(0)
    table.horizontalHeader().sectionClicked.emit(0)
    table.horizontalHeader().sectionClicked.emit(1)
    assert asked == [("title", False), ("title", True)]
    assert text(model, 0) == "Judul b"


def test_refreshing_keeps_place_and_choice(qtbot):
    source = Source()
    model, table = table_of(source, qtbot)
    table.selectRow(3)
    model.refresh()
    table.grab()
    assert table.chosen_id() == 3
    assert len(source.asked) == 2


@pytest.mark.parametrize("row", [0, 5])
def test_the_record_of_a_row(qtbot, row):
    model, _table = table_of(Source(), qtbot)
    assert model.row_at(row) == (f"Judul {row}", row)
    assert model.row_at(200) is None


def test_a_list_that_goes_on_keeps_place_and_choice(qtbot):
    source = Source()
    model, table = table_of(source, qtbot, list(range(150)))
    table.selectRow(120)
    asked = len(source.asked)
    model.change_ids(list(range(400)))
    table.grab()
    assert model.rowCount() == 400
    assert table.chosen_id() == 120
    assert text(model, 199) == "Judul 199", "the page that was cut short is fetched anew"
    assert len(source.asked) > asked


def test_the_same_list_is_fetched_anew_in_its_place_and_another_from_the_top(qtbot):
    source = Source()
    model, table = table_of(source, qtbot, list(range(150)))
    table.selectRow(120)
    table.grab()
    source.asked.clear()
    model.change_ids(list(range(150)))
    table.grab()
    assert table.chosen_id() == 120
    assert source.asked
    model.change_ids(list(range(1, 151)))
    assert table.chosen_id() is None


def test_a_key_still_down_from_a_shortcut_adds_no_row_to_the_choice(qtbot):
    _model, table = table_of(Source(), qtbot, range(5))
    table.setSelectionMode(table.SelectionMode.ExtendedSelection)
    table.selectRow(0)
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    table.selectRow(1)
    QTest.keyRelease(table, Qt.Key.Key_Control)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    assert table.chosen_id() == 1
