"""The palette and the key sheet: made from the registry, left with Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from helpers.keys import type_keys
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.key_sheet import grouped, told
from perpusdesk.ui.shell.palette import Hit, ranked

CONTROL = Qt.KeyboardModifier.ControlModifier


def hits(*texts):
    return [Hit(text, lambda: None, id=text) for text in texts]


@pytest.fixture
def done(window):
    ran = []
    for id_, words in (
        ("renew_all", "Perpanjang semua"),
        ("slip", "Cetak slip"),
        ("quick", "Kembali kilat"),
    ):
        window.registry.add(Action(id_, lambda w=words: w, lambda i=id_: ran.append(i)))
    return ran


def open_palette(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K, CONTROL)
    return window.palette_panel


def test_a_few_letters_find_a_command(window, done, qtbot):
    palette = open_palette(window)
    assert palette.isVisible()
    qtbot.keyClicks(palette.edit, "cetak")
    assert palette.hits[0].text == "Cetak slip"
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert done == ["slip"]
    assert not palette.isVisible()
    assert window.box.edit.hasFocus()


def test_arrows_choose(window, done, qtbot):
    palette = open_palette(window)
    second = palette.hits[1]
    qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    assert second.text == palette.list.currentItem().text()
    qtbot.keyClick(palette.edit, Qt.Key.Key_Up)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 0


def test_what_was_done_last_comes_first(window, done):
    window.registry.run("quick")
    window.registry.run("slip")
    assert [hit.id for hit in open_palette(window).hits][:2] == ["slip", "quick"]


def test_escape_closes_and_gives_the_keyboard_back(window, done, qtbot):
    window.box.take_focus()
    palette = open_palette(window)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.box.edit.hasFocus()


def test_providers_add_what_they_find_and_late_answers_are_dropped(window, done, qtbot):
    answers = []
    window.palette_panel.add_provider(lambda text, answer: answers.append((text, answer)))
    palette = open_palette(window)
    assert answers == []
    qtbot.keyClicks(palette.edit, "si")
    (_, early), (asked, late) = answers
    assert asked == "si"
    early(hits("terlambat"))
    late(hits("Siti Contoh"))
    texts = [hit.text for hit in palette.hits]
    assert "Siti Contoh" in texts
    assert "terlambat" not in texts


def test_better_matches_stand_first_and_nothing_foreign_at_all():
    found = ranked("kembali", hits("Cetak slip", "Kembali kilat", "Pengembalian"), ())
    assert found[0].text == "Kembali kilat"
    assert "Cetak slip" not in [hit.text for hit in found]


def test_among_equals_the_recent_one_stands_first():
    found = ranked("cetak", hits("Cetak label", "Cetak slips"), ["Cetak slips"])
    assert found[0].text == "Cetak slips"


def test_the_sheet_lists_the_keys_that_work_here(window, qtbot):
    window.registry.add(
        Action("a", lambda: "Urungkan", lambda: None, ("Ctrl+Z",), group=lambda: "Meja"),
        Action("b", lambda: "Lain", lambda: None, ("F8",), page="elsewhere"),
    )
    window.box.take_focus()
    type_keys(window, "?")
    qtbot.waitUntil(window.key_sheet.isVisible)
    texts = [label.text() for label in window.key_sheet.findChildren(QLabel)]
    assert "Urungkan" in texts
    assert "Ctrl+Z" in texts
    assert "Lain" not in texts
    assert window.box.text() == ""
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert not window.key_sheet.isVisible()


def test_groups_keep_their_order():
    actions = [
        Action(name, lambda: "", lambda: None, ("x",), group=lambda g=group: g)
        for name, group in (("a", "one"), ("b", "two"), ("c", "one"))
    ]
    assert [(name, [a.id for a in part]) for name, part in grouped(actions)] == [
        ("one", ["a", "c"]),
        ("two", ["b"]),
    ]


def test_numbered_actions_stand_in_one_line():
    choices = [
        Action(f"choose_{n}", lambda n=n: f"Pilih {n}", lambda: None, (f"Alt+{n}",))
        for n in (1, 2, 3)
    ]
    alone = Action("choose", lambda: "Pilih", lambda: None, ("F8",))
    odd = Action("year", lambda: "Tahun 2026", lambda: None, ("F7",))
    assert told([*choices, alone, odd]) == [
        ("Pilih 1–3", "Alt+1 … Alt+3"),
        ("Pilih", "F8"),
        ("Tahun 2026", "F7"),
    ]


def test_a_key_never_works_out_of_sight_below_a_panel(window, qtbot):
    covered = []
    window.registry.add(
        Action(
            "undo",
            lambda: "Urungkan",
            lambda: covered.append(window.key_sheet.isVisible()),
            ("Ctrl+Z",),
        )
    )
    window.key_sheet.open()
    assert window.key_sheet.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, CONTROL)
    assert covered == [False]
    assert window.box.edit.hasFocus()
