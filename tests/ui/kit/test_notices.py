"""Toasts, the bar for problems, empty states and cards: what they say, and what they never take."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.ui.kit import theme, toasts
from perpusdesk.ui.kit.cards import ResultCard
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.in_page_bar import InPageBar, Problem
from perpusdesk.ui.kit.toasts import ToastAction, Toasts


@pytest.fixture
def place(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.field = QLineEdit(made)
    QVBoxLayout(made).addWidget(made.field)
    made.resize(800, 500)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def test_a_toast_takes_no_focus_and_undo_works(place, qtbot):
    undone = []
    shown = Toasts(place)
    shown.show("Dipinjamkan", action=ToastAction("Urungkan", lambda: undone.append(1), "Ctrl+Z"))
    assert place.field.hasFocus()
    assert shown.text == "Dipinjamkan"
    qtbot.mouseClick(button(place, "Urungkan"), Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert shown.text == ""


def test_one_toast_at_a_time(place):
    shown = Toasts(place)
    shown.show("satu")
    shown.show("dua")
    assert shown.text == "dua"
    assert len([w for w in place.findChildren(toasts._Toast) if not w.isHidden()]) == 1


def test_a_toast_goes_by_itself(place, qtbot, monkeypatch):
    monkeypatch.setattr(toasts, "STAYS_FOR", 20)
    shown = Toasts(place)
    shown.show("sebentar")
    qtbot.waitUntil(lambda: shown.text == "")


def test_clearing_by_key_spares_other_toasts(place):
    shown = Toasts(place)
    shown.show("dua buku", replace="lent")
    shown.clear("other")
    assert shown.text == "dua buku"
    shown.clear("lent")
    assert shown.text == ""


def test_a_toast_is_announced_but_its_replacement_is_not(place, monkeypatch):
    said = []
    monkeypatch.setattr(toasts, "announce", lambda _widget, text: said.append(text))
    shown = Toasts(place)
    shown.show("1 dipinjamkan", replace="lent")
    shown.show("2 dipinjamkan", replace="lent")
    shown.show("Dikembalikan")
    assert said == ["1 dipinjamkan", "Dikembalikan"]


def test_a_long_toast_wraps_and_stays_inside(place):
    shown = Toasts(place)
    shown.show("kata " * 120)
    toast = place.findChild(toasts._Toast)
    assert place.rect().adjusted(0, 0, 0, -64).contains(toast.geometry())
    assert toast.height() > 60


def test_the_words_of_the_bar_have_its_width_with_buttons_and_without(place):
    bar = InPageBar()
    place.layout().addWidget(bar)
    for steps in ((), [("Lagi", list)], ()):
        bar.say(Problem("Penuh.", "Aman " * 10, "Kosongkan.", steps=steps))
        place.grab()
        texts = [label for label in bar.findChildren(QLabel) if label.text().startswith("Aman")]
        assert [label.width() > 0.7 * bar.width() for label in texts] == [True]


def test_the_bar_says_what_happened_what_is_safe_and_what_to_do(place, qtbot):
    bar = InPageBar()
    place.layout().addWidget(bar)
    again = []
    assert bar.isHidden()
    bar.say(
        Problem(
            "Penuh.", "Aman.", "Kosongkan.", "disk_full", steps=[("Lagi", lambda: again.append(1))]
        )
    )
    assert not bar.isHidden()
    place.grab()
    assert bar.accessibleName() == "Penuh. Aman. Kosongkan."
    qtbot.mouseClick(button(bar, "Lagi"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(bar, "Salin rincian"), Qt.MouseButton.LeftButton)
    assert again == [1]
    assert QGuiApplication.clipboard().text() == "disk_full"
    bar.say(Problem("Lain."))
    assert [b.text() for b in bar.findChildren(QPushButton) if not b.isHidden()] == []
    bar.clear()
    assert bar.isHidden()


def test_a_reminder_waits_until_what_is_shown_is_dealt_with(place):
    bar = InPageBar()
    place.layout().addWidget(bar)
    bar.say(Problem("Cadangan lama.", waits=True))
    bar.say(Problem("Belum ada lembar.", waits=True))
    assert bar.accessibleName() == "Belum ada lembar."
    bar.say(Problem("Ada paket di flashdisk."))
    bar.say(Problem("Cadangan lama.", waits=True))
    assert bar.accessibleName() == "Ada paket di flashdisk."
    bar.say(Problem("Penuh."))
    assert bar.accessibleName() == "Penuh."
    bar.clear()
    assert bar.accessibleName() == "Cadangan lama."
    bar.clear()
    assert bar.isHidden()


def test_a_reminder_comes_back_after_what_took_its_place(place):
    bar = InPageBar()
    place.layout().addWidget(bar)
    bar.say(Problem("Belum ada lembar.", waits=True))
    bar.say(Problem("Penuh."))
    assert bar.accessibleName() == "Penuh."
    bar.clear()
    assert bar.accessibleName() == "Belum ada lembar."
    bar.clear()
    assert bar.isHidden()


def test_an_empty_state_offers_its_step(qtbot):
    done = []
    empty = EmptyState("stock", "Belum ada", "Isi dulu.", main=("Mulai", lambda: done.append(1)))
    qtbot.addWidget(empty)
    qtbot.mouseClick(button(empty, "Mulai"), Qt.MouseButton.LeftButton)
    assert done == [1]


def test_a_card_says_its_state_in_a_word_and_not_by_colour_alone(qtbot):
    card = ResultCard()
    qtbot.addWidget(card)
    card.resize(900, 160)
    card.show_result(
        icon="check", state="Dipinjamkan", tone="ok", title="Judul", terms="kembali Senin"
    )
    assert card.state == "Dipinjamkan"
    assert QAccessible.queryAccessibleInterface(card).text(QAccessible.Text.Name) == (
        "Dipinjamkan · Judul · kembali Senin"
    )
    image = card.grab().toImage()
    assert image.pixelColor(1, 80) == theme.colour("ok")
    card.show_result(icon="blocked", state="Ditolak", tone="bad", title="Judul")
    assert card.grab().toImage().pixelColor(1, 80) == theme.colour("bad")


def test_a_card_shows_a_cover_and_then_none_again(qtbot, qapp):
    card = ResultCard()
    qtbot.addWidget(card)
    cover = QPixmap(300, 400)
    cover.fill(QColor("#123456"))
    card.show_result(icon="check", state="a", tone="ok", title="b", cover=cover)
    assert card._cover.pixmap().toImage().pixelColor(20, 20).name() == "#123456"
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.DARK))
    assert card._cover.pixmap().toImage().pixelColor(20, 20).name() == "#123456"
    card.show_result(icon="check", state="a", tone="ok", title="b")
    assert card._cover.bare
