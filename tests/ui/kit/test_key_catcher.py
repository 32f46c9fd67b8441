"""Scanner bursts wherever the focus is, and typing that finds its way to the box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from helpers.keys import HAND_MS, scan, type_keys
from perpusdesk.scan.types import Source
from perpusdesk.scan.wedge import WedgeSettings
from perpusdesk.ui.kit import dialog_guard
from perpusdesk.ui.kit.dialog_guard import guard
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.shell.actions import Action


@pytest.fixture
def scans(window):
    got = []
    window.box.scanned.connect(got.append)
    return got


def put(window, widget):
    widget.setParent(window)
    widget.setGeometry(300, 300, 300, 40)
    widget.show()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return widget


def test_a_burst_into_the_box_is_a_scan(window, scans):
    window.box.take_focus()
    scan(window, "B000457")
    assert [(each.text, each.source) for each in scans] == [("B000457", Source.SCANNER)]
    assert window.box.text() == ""


def test_a_half_typed_word_in_the_box_is_dropped_for_a_scan(window, scans):
    window.box.take_focus()
    type_keys(window, "las")
    scan(window, "B000457")
    assert [each.text for each in scans] == ["B000457"]
    assert window.box.text() == ""


def test_a_hand_in_the_box_is_typing(window, scans):
    window.box.take_focus()
    type_keys(window, "laskar\r", HAND_MS)
    assert [(each.text, each.source) for each in scans] == [("laskar", Source.KEYBOARD)]


@pytest.mark.parametrize("end", ["\r", "\t"])
def test_a_burst_over_a_button_presses_nothing(window, scans, end):
    button = put(window, QPushButton("Hapus"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    scan(window, "A00 123", end)
    assert [each.text for each in scans] == ["A00 123"]
    assert pressed == []
    assert button.hasFocus()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
@pytest.mark.parametrize("end", ["\r", "\t"])
def test_a_burst_in_a_field_gives_the_field_its_text_back(window, scans, kind, end):
    field = put(window, kind("Siti Contoh"))
    scan(window, "B000457", end)
    assert [each.text for each in scans] == ["B000457"]
    text = field.text() if kind is QLineEdit else field.toPlainText()
    assert text == "Siti Contoh"
    assert field.hasFocus()


def test_two_bursts_in_one_field(window, scans):
    field = put(window, QLineEdit("Siti"))
    scan(window, "B000001")
    scan(window, "B000002")
    assert [each.text for each in scans] == ["B000001", "B000002"]
    assert field.text() == "Siti"


def test_a_hand_in_a_field_stays_there(window, scans):
    field = put(window, QLineEdit())
    type_keys(window, "B000457\r", HAND_MS)
    assert scans == []
    assert field.text() == "B000457"


def test_a_barcode_field_keeps_its_scans(window, scans):
    field = put(window, QLineEdit())
    keep_scans(field)
    scan(window, "B000457")
    assert scans == []
    assert field.text() == "B000457"


def test_typing_where_no_field_is_goes_on_in_the_box(window, scans, qtbot):
    put(window, QPushButton("x"))
    type_keys(window, "l")
    qtbot.waitUntil(lambda: window.box.text() == "l")
    assert window.box.edit.hasFocus()
    type_keys(window, "as")
    assert window.box.text() == "las"
    assert scans == []


def test_a_space_presses_the_button_that_has_the_focus(window):
    button = put(window, QPushButton("x"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    type_keys(window, " ")  # no key code: the button must at least see it, and the box must not
    assert window.box.text() == ""


def test_a_single_key_that_means_something_does_its_work(window, qtbot):
    done = []
    window.registry.add(Action("one", lambda: "Budi yang benar", lambda: done.append(1), ("1",)))
    window.box.take_focus()
    type_keys(window, "1")
    qtbot.waitUntil(lambda: done == [1])
    assert window.box.text() == ""


def test_a_code_that_begins_with_such_a_key_is_still_a_scan(window, scans, qtbot):
    done = []
    window.registry.add(Action("one", lambda: "Satu", lambda: done.append(1), ("1",)))
    window.box.take_focus()
    scan(window, "123456")
    assert [each.text for each in scans] == ["123456"]
    type_keys(window, "12")
    qtbot.waitUntil(lambda: window.box.text() == "12")
    assert done == []


def test_two_scanners_at_once_are_told_and_not_believed(window, scans, qtbot):
    window.use_scanner(WedgeSettings(pace_ms=8))
    said = []
    window.messages.said.connect(lambda message: said.append(message.text))
    window.box.take_focus()
    type_keys(window, "BA00000014257\r", 2)
    assert scans == []
    assert len(said) == 1


def test_a_scanner_without_an_end_is_understood_by_its_silence(window, scans, qtbot):
    window.use_scanner(WedgeSettings(ends_alone=True))
    put(window, QPushButton("x"))
    scan(window, "B000457", end="")
    qtbot.waitUntil(lambda: [each.text for each in scans] == ["B000457"])


def test_prefix_and_suffix_are_taken_off(window, scans):
    window.use_scanner(WedgeSettings(prefix="~", suffix="!"))
    window.box.take_focus()
    scan(window, "~B000457!")
    assert [each.text for each in scans] == ["B000457"]


def test_a_dialog_keeps_a_scan_from_everything(window, scans, qtbot):
    said, pressed = [], []
    window.messages.said.connect(lambda message: said.append(message.text))
    dialog = QDialog(window)
    column = QVBoxLayout(dialog)
    button = QPushButton("Ya, hapus")
    button.clicked.connect(lambda: pressed.append(True))
    column.addWidget(button)
    guard(dialog)
    dialog.setModal(True)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    button.setFocus()
    scan(dialog, "B000457")
    assert scans == []
    assert pressed == []
    assert dialog.isVisible()
    assert "B000457" in said[0]
    dialog.close()


@pytest.mark.parametrize(("deaf_for", "entered"), [(60.0, []), (0.0, [1])])
def test_a_fresh_dialog_is_deaf_to_enter(window, qtbot, monkeypatch, deaf_for, entered):
    monkeypatch.setattr(dialog_guard, "DEAF_FOR", deaf_for)
    got = []
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    field.returnPressed.connect(lambda: got.append(1))
    guard(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    type_keys(dialog, "\r")
    assert got == entered
    dialog.close()


def test_a_guarded_dialog_has_no_default_button(window, qtbot):
    dialog = QDialog(window)
    button = QPushButton("Ya", dialog)
    button.setDefault(True)
    guard(dialog)
    dialog.show()
    assert not button.isDefault()
    dialog.close()
