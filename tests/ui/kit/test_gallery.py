"""Every part of the kit passes the audit, in every look and size; and the audit finds faults."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from helpers.gallery import gallery
from helpers.ui_audit import audit, audit_everywhere
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.words import words


@pytest.fixture
def shown(qtbot):
    made = gallery()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("page", ["desk", "members", "catalogue", "parts", "stock"])
def test_every_part_passes_in_every_look(qapp, shown, page):
    shown.go(page)
    assert audit_everywhere(qapp, shown) == []


def test_notices_and_panels_pass(qapp, shown):
    shown.messages.problem(Problem("Printer macet.", "Aman.", "Periksa kertas.", "x"))
    shown.messages.toast("Dipinjamkan", tone="ok")
    assert audit_everywhere(qapp, shown) == []
    shown.palette_panel.open_fresh()
    assert audit(shown.palette_panel) == []
    shown.palette_panel.close_panel()
    shown.key_sheet.toggle()
    assert audit(shown.key_sheet) == []
    shown.key_sheet.close_panel()


def test_the_fault_page_passes(qapp, qtbot, tmp_path):
    made = gallery(tmp_path)
    qtbot.addWidget(made)
    made.show()
    made.messages.bug(ValueError("x"))
    assert audit_everywhere(qapp, made) == []


@pytest.fixture
def holder(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    QVBoxLayout(made)
    made.show()
    return made


def faults(holder, *parts):
    for part in parts:
        holder.layout().addWidget(part)
    return " | ".join(audit(holder))


def test_a_nameless_field_is_found(holder):
    assert "no accessible name" in faults(holder, QLineEdit())


def test_pale_text_is_found(holder):
    label = QLabel("pucat")
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#9AA3AE"))
    label.setPalette(palette)
    assert "contrast" in faults(holder, label)


def test_a_tiny_button_is_found(holder):
    tiny = QPushButton("x")
    tiny.setFixedSize(20, 20)
    assert "to hit" in faults(holder, tiny)


def test_cut_words_are_found(holder):
    label = words("Tersimpan di komputer ini")
    label.setFixedWidth(60)
    assert "cut off" in faults(holder, label)


def test_words_too_high_for_their_place_are_found(holder):
    label = words("kata " * 200, wrap=True)
    label.setFixedHeight(30)
    assert "high" in faults(holder, label)


def test_a_window_that_needs_more_room_is_found(qtbot):
    wide = QWidget()
    row = QHBoxLayout(wide)
    for number in range(12):
        row.addWidget(button(f"Tombol nomor {number}"))
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(500, 200)
    wide.setParent(outer)
    QVBoxLayout(outer).addWidget(wide)
    outer.setMinimumSize(1, 1)
    outer.show()
    outer.resize(500, 200)
    assert "parts need" in " | ".join(audit(outer))


def test_a_sound_window_has_no_findings(holder):
    assert faults(holder, words("Baik"), button("Simpan")) == ""
