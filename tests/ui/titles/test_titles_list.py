"""The catalogue's list: each keystroke, what was meant, facets, orders, keys, and long lists."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.services.cataloguing.title_lists import (
    EVERYTHING,
    FIRST,
    Asked,
    Narrowing,
    Order,
    TitleList,
)
from perpusdesk.services.feedback.wish_lists import wish_lines
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.facets import ALL

LANGUAGES = ("ind", "ind", "jav", "ind", "jav", "ind", "ind", "ind", "eng", "ind")
YEARS = ("1998", "1999", "2003", "", "2003", "2010", "1998", "2011", "2012", "2013")


@pytest.fixture
def small(small):
    for title, language, year in zip(small.titles, LANGUAGES, YEARS, strict=True):
        small.change("title", title, language=language, year=year, material="book")
    return small


def narrow(screen, group, key):
    screen.pane.facets.word(group, key).click()
    screen.wait()


def test_each_keystroke_searches(screen):
    for typed, left in (("d", 1), ("da", 1), ("dap", 1), ("dapurqqqq", 0), ("dapu", 1)):
        screen.window.box.edit.setText(typed)
        screen.wait()
        assert screen.page.total == left
    assert screen.shown_titles() == ["Dapur Nenek Pasar"]


def test_an_emptied_box_brings_all_titles_back_but_enter_does_not(screen, qtbot):
    screen.window.box.edit.setText("dapur")
    screen.wait()
    screen.window.box.edit.clear()
    qtbot.waitUntil(lambda: screen.page.total == 10)
    screen.window.box.edit.setText("dapur")
    QTest.keyClick(screen.window.box.edit, Qt.Key.Key_Return)
    screen.wait()
    assert screen.window.box.text() == ""
    assert not screen.page.list.asked.typing
    screen.page._box_emptied()
    screen.wait()
    assert screen.page.total == 1


def test_an_answer_that_comes_too_late_is_dropped(screen):
    screen.window.box.edit.setText("dapur")
    screen.window.box.edit.setText("sungai")
    screen.wait()
    assert screen.shown_titles() == ["Ensiklopedia Sungai"]


def test_what_was_meant_is_searched_said_and_taken_by_a_key(screen):
    screen.type("ensiklopedya")
    assert screen.pane.count.text() == "1 judul cocok dengan “ensiklopedia”"
    assert screen.pane.note.text() == "Tidak ada judul untuk “ensiklopedya”."
    assert screen.pane.instead.text() == "Cari “ensiklopedia”"
    screen.do("titles_instead")
    assert not screen.pane.instead.isVisible()
    assert screen.page.list.asked.text == "ensiklopedia"


def test_titles_that_lack_a_word_are_told_so(screen):
    screen.type("kereta terakhir barat")
    assert screen.pane.count.text() == "1 judul mendekati “kereta terakhir barat”"
    screen.pane.instead.click()
    screen.wait()
    assert screen.pane.count.text() == "1 judul cocok dengan “kereta terakhir”"


def test_nothing_found_is_said_and_noted_only_when_it_was_sent(screen):
    screen.window.box.edit.setText("qqqq")
    screen.wait()
    screen.type("qqqqqqqq")
    screen.page.refresh()
    screen.wait()
    missed = screen.small.library.rows("select text, times from search_miss")
    assert missed == [("qqqqqqqq", 1)]
    assert screen.page.total == 0
    assert not screen.page.rows.isVisible()


def test_what_is_not_found_becomes_a_wish_at_once_and_a_vote_the_next_time(screen):
    screen.type("beternak lele")
    for votes in (1, 2):
        screen.pane.wish_asked.emit()
        screen.wait()
        (line,) = wish_lines(screen.desk)
        assert (line.row.title, line.row.votes) == ("Beternak lele", votes)


def test_facets_narrow_together_and_are_taken_away(screen):
    narrow(screen, "language", "ind")
    narrow(screen, "years", (1990, 1999))
    assert screen.shown_titles() == ["Burung-Burung Rawa", "Kebun di Atap", "Pelaut Kertas"]
    assert screen.pane.count.text() == "3 judul"
    assert screen.pane.facets.word("language", "ind").isChecked()
    assert screen.pane.facets.word("language", "jav") is None
    narrow(screen, "language", "ind")
    assert screen.page.list.asked.narrowing == Narrowing(years=(1990, 1999))
    narrow(screen, ALL, None)
    assert screen.page.list.asked.narrowing == EVERYTHING
    assert screen.page.total == 10


def test_facets_stay_while_one_searches_and_leave_with_escape(screen):
    narrow(screen, "language", "ind")
    screen.type("contoh")
    assert screen.page.total == 7
    screen.page.escape()
    screen.wait()
    assert screen.page.total == 10


def test_an_empty_catalogue_leads_to_the_first_title(screen):
    asked = []
    screen.page.new_asked.connect(lambda: asked.append(True))
    screen.pane.show_list(Asked(), TitleList(array("q"), whole=True))
    screen.wait()
    first = next(one for one in screen.pane.findChildren(EmptyState) if one.isVisible())
    assert "Belum ada judul" in [label.text() for label in first.findChildren(QLabel)]
    first.findChild(QPushButton).click()
    assert asked == [True]


def test_nobody_is_asked_to_choose_where_there_is_nothing(screen):
    choose = next(one for one in screen.page.panes.findChildren(EmptyState) if one.isVisible())
    screen.type("qqqqqqqq")
    assert not choose.isVisible()
    screen.page.escape()
    screen.wait()
    assert choose.isVisible()


def test_nothing_left_leads_back(screen):
    narrow(screen, "language", "eng")
    screen.type("sungai")
    assert screen.pane.count.text() == "0 judul cocok dengan “sungai”"
    assert not screen.page.rows.isVisible()
    narrow(screen, ALL, None)
    assert screen.page.total == 1


def test_facets_by_keyboard(screen):
    screen.do("titles_narrow")
    facets = screen.pane.facets
    assert facets.word(ALL, None).hasFocus()
    focused = []
    for _ in range(4):
        QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Down)
        focused.append(screen.window.focusWidget().text())
    assert focused == ["Indonesia", "Jawa", "Inggris", "2010–2019"]
    QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Return)
    screen.wait()
    assert screen.page.list.asked.narrowing != EVERYTHING
    assert screen.window.focusWidget().text() == focused[-1], "the keyboard stays on its word"


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.TITLE, "Anak Bulan"),
        (Order.AUTHOR, "Pelaut Kertas"),
        (Order.YEAR, "Sejarah Sebuah Jembatan"),
        (Order.SHELF, "Menghitung Hujan"),
    ],
)
def test_orders(screen, order, first):
    screen.do(f"titles_order_{order}")
    assert screen.shown_titles()[0] == first
    assert screen.pane.order.value() is order


def test_a_new_search_puts_the_best_first_again(screen):
    screen.do("titles_order_title")
    screen.type("contoh")
    assert screen.pane.order.value() is Order.BEST
    screen.page.clear_search()
    screen.wait()
    assert screen.pane.order.value() is Order.NEWEST


def test_where_room_is_short_the_facets_take_the_place_of_the_rows(screen):
    screen.window.resize(1024, 768)
    screen.wait()
    assert not screen.pane.facets.isVisible()
    screen.do("titles_narrow")
    assert screen.pane.facets.isVisible()
    narrow(screen, "language", "ind")
    screen.page.escape()
    screen.wait()
    assert screen.page.rows.isVisible()
    assert screen.page.total == 7


def test_the_choice_stays_when_the_rest_of_a_long_list_comes(screen):
    action = screen.desk.action("import")
    for number in range(FIRST + 100):
        new = screen.desk.library.new_id()
        action.set("title", new, {"title": f"Laut {number:03}"}, fresh=True)
    screen.desk.commit(action)
    screen.type("laut")
    assert screen.page.total == FIRST + 101
    screen.page.rows.selectRow(FIRST + 50)
    screen.wait()
    chosen = screen.page.title_id
    assert chosen is not None
    screen.page.refresh()
    screen.wait()
    assert screen.page.rows.currentIndex().row() == FIRST + 50
    assert screen.page.title_id == chosen


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["narrowed", "instead", "nothing", "folded"])
def test_the_list_can_be_used(qapp, stage, language, state):
    set_language(language)
    screen = stage("head")
    if state == "narrowed":
        narrow(screen, "language", "ind")
    elif state == "instead":
        screen.type("ensiklopedya")
    elif state == "nothing":
        narrow(screen, "language", "eng")
        screen.type("sungai")
    else:
        screen.window.resize(1024, 768)
        screen.wait()
        screen.do("titles_narrow")
    assert audit_everywhere(qapp, screen.window) == []


@pytest.fixture
def saving(screen, tmp_path):
    """The screen whose lists are saved without asking where."""
    screen.page.list.saver._ask = lambda _parent, name, _kinds: tmp_path / f"{name}.xlsx"
    screen.saved = []
    screen.page.list.saver.saved.connect(screen.saved.append)
    return screen


def test_the_list_is_saved_as_it_stands(saving):
    saving.type("contoh")
    saving.do("titles_save")
    (saved,) = saving.saved
    assert saved.lines == 10
    assert saving.said[-1] == "Tersimpan: Judul.xlsx, 10 baris"


def test_nothing_is_saved_when_no_place_is_chosen_or_nothing_is_there(saving):
    saving.page.list.saver._ask = lambda *_: None
    saving.do("titles_save")
    saving.type("qqqqqqqq")
    saving.do("titles_save")
    assert saving.saved == []


def test_a_long_list_can_be_given_up(saving, monkeypatch):
    monkeypatch.setattr("perpusdesk.ui.shell.list_saver._AT_ONCE", 2)
    saver = saving.page.list.saver
    saver._tell = lambda done: saver.stop()
    monkeypatch.setattr("perpusdesk.services.export_list._PART", 2)
    saving.page.list.save()
    assert saver.isVisible()
    saving.wait()
    assert saving.saved[0].stopped
    assert not saver.isVisible()


def test_searches_in_vain_are_listed_searched_again_and_saved(saving):
    saving.type("layangan")
    saving.page.clear_search()
    saving.do("titles_misses")
    view = saving.page.list.misses
    assert view.isVisible() and view.rows.hasFocus()
    assert view.rows.rows.data(view.rows.rows.index(0, 0)).startswith("layangan, ")
    view.save.click()
    saving.wait()
    assert saving.saved[0].lines == 1
    view.rows.opened.emit(0)
    saving.wait()
    assert saving.page.list.asked.text == "layangan"
    assert saving.pane.isVisible()
    saving.do("titles_misses")
    saving.page.escape()
    assert saving.pane.isVisible()


@pytest.mark.parametrize("any_", [True, False])
def test_the_searches_in_vain_can_be_used(qapp, screen, any_):
    if any_:
        screen.type("layangan")
    screen.do("titles_misses")
    assert audit_everywhere(qapp, screen.window) == []
