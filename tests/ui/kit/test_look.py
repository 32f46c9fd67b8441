"""Colours, type and icons: contrast, scaling, and widgets that follow a change of look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit, QPushButton

from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.buttons import primary_button
from perpusdesk.ui.kit.theme.contrast import LINES_AT_LEAST, TEXT_AT_LEAST
from perpusdesk.ui.kit.theme.tokens import ALL, DARK, LINE_PAIRS, TEXT_PAIRS
from perpusdesk.ui.kit.words import picture, words

COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@pytest.mark.parametrize("look", ALL, ids=lambda look: look.name)
def test_every_pair_in_use_can_be_read(look):
    text = {
        pair: theme.contrast(getattr(look, pair[0]), getattr(look, pair[1])) for pair in TEXT_PAIRS
    }
    lines = {
        pair: theme.contrast(getattr(look, pair[0]), getattr(look, pair[1])) for pair in LINE_PAIRS
    }
    assert [pair for pair, ratio in text.items() if ratio < TEXT_AT_LEAST] == []
    assert [pair for pair, ratio in lines.items() if ratio < LINES_AT_LEAST] == []


def test_contrast_of_black_and_white_is_21_and_of_one_colour_1():
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@given(COLOUR, COLOUR)
def test_contrast_is_the_same_either_way_round(one, other):
    assert theme.contrast(one, other) == theme.contrast(other, one)
    assert 1 <= theme.contrast(one, other) <= 21.01
    assert theme.contrast(one, one) == 1


def test_the_palette_says_what_the_tokens_say(qapp):
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.DARK, high_contrast=False))
    assert theme.tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name().upper() == "#E8ECF1"


@pytest.mark.parametrize(("dark", "name"), [(False, "light-contrast"), (True, "dark-contrast")])
def test_high_contrast_can_be_asked_for(qapp, dark, name):
    scheme = theme.Scheme.DARK if dark else theme.Scheme.LIGHT
    theme.apply(qapp, theme.ThemeSettings(scheme, high_contrast=True))
    assert theme.tokens().name == name


def test_text_follows_the_chosen_size_and_stays_within_its_limits(qapp, qtbot):
    title = words("Judul", "title")
    qtbot.addWidget(title)
    plain = qapp.font().pointSizeF()
    assert title.font().pointSizeF() == pytest.approx(plain * 1.6)
    theme.apply(qapp, theme.ThemeSettings(text_percent=150))
    assert title.font().pointSizeF() == pytest.approx(plain * 1.6 * 1.5)
    theme.apply(qapp, theme.ThemeSettings(text_percent=400))
    assert qapp.font().pointSizeF() == pytest.approx(plain * 1.5)


def test_tone_and_icon_follow_light_and_dark(qapp, qtbot):
    label, mark = words("salah", tone="bad"), picture("warning", "bad")
    qtbot.addWidget(label)
    qtbot.addWidget(mark)
    before = mark.pixmap().toImage()
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.DARK, high_contrast=False))
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == "#FF8A80"
    assert mark.pixmap().toImage() != before


def test_everybody_hears_of_a_change(qapp, qtbot, look):
    with qtbot.waitSignal(look.changed):
        theme.apply(qapp, theme.ThemeSettings(theme.Scheme.DARK))


@pytest.mark.parametrize("name", theme.icon_names())
def test_every_icon_can_be_drawn_and_takes_its_tone(qapp, name):
    ink = theme.colour("ok")
    image = theme.pixmap(name, "ok", 48).toImage()
    drawn = [
        image.pixelColor(x, y)
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert drawn
    assert all(abs(colour.green() - ink.green()) < 6 for colour in drawn)


def test_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(KeyError):
        theme.icon("no-such-icon")


@pytest.mark.parametrize("percent", [90, 100, 150])
def test_buttons_and_fields_are_high_enough_to_hit(qapp, qtbot, percent):
    theme.apply(qapp, theme.ThemeSettings(text_percent=percent))
    for widget in (QPushButton("Pinjamkan"), QLineEdit(), primary_button("Simpan", icon="check")):
        qtbot.addWidget(widget)
        assert widget.sizeHint().height() >= theme.TARGET


def test_the_ring_goes_where_the_keyboard_is(window, qtbot):
    field = QLineEdit(window)
    field.setGeometry(300, 300, 200, 32)
    field.show()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    shot = window.grab().toImage()
    accent = theme.colour("accent")
    assert shot.pixelColor(400, 300 - 4) == accent
    assert shot.pixelColor(400, 300 - 1) != accent
