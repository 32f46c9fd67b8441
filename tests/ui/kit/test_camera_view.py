"""The live picture: colours right, outlines in place, odd frames harmless."""

from __future__ import annotations

import numpy as np
import pytest

from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.camera_view import CameraView

BLUE_AS_BGR = (200, 40, 10)


@pytest.fixture
def view(qtbot):
    made = CameraView()
    qtbot.addWidget(made)
    made.resize(320, 240)
    return made


def test_colours_are_not_swapped(view):
    frame = np.empty((480, 640, 3), np.uint8)
    frame[:] = BLUE_AS_BGR
    view.show_frame(frame)
    assert view.grab().toImage().pixelColor(160, 120).getRgb()[:3] == (10, 40, 200)


@pytest.mark.parametrize(
    "frame",
    [
        np.full((480, 640), 99, np.uint8),
        np.full((37, 53), 99, np.uint8),
        np.full((480, 1280, 3), 99, np.uint8)[:, ::2],
        np.full((640, 480, 3), 99, np.uint8),
    ],
    ids=["gray", "odd", "strided", "tall"],
)
def test_any_frame_is_shown_whole(view, frame):
    view.show_frame(frame)
    assert view.grab().toImage().pixelColor(160, 120).red() == 99


def test_a_code_is_outlined_where_it_is(view):
    view.show_frame(np.zeros((480, 640), np.uint8))
    view.show_codes([((200, 100), (400, 100), (400, 300), (200, 300))])
    image = view.grab().toImage()
    assert image.pixelColor(150, 50).name() == "#6fd08c"
    assert image.pixelColor(150, 100).name() == "#000000"


def test_why_there_is_no_picture_is_said(view):
    view.show_frame(np.zeros((48, 64), np.uint8))
    view.show_nothing("Kamera tercabut.")
    assert view.accessibleDescription() == "Kamera tercabut."
    assert view.grab().toImage().pixelColor(20, 20) == theme.colour("hover")


def test_a_hint_is_shown_and_goes(view):
    view.show_frame(np.full((480, 640), 255, np.uint8))
    view.show_hint("Terlalu gelap")
    assert view.grab().toImage().pixelColor(5, 235).lightness() < 90
    view.show_hint("")
    assert view.grab().toImage().pixelColor(5, 235).lightness() == 255
