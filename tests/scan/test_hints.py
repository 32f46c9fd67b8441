"""What helps when nothing is read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn import code, on_desk

from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.hints import Hint, hint_for
from perpusdesk.scan.types import Picture

PRINTED = code("B000457", "code128", 3)


def hint(picture: Picture) -> Hint | None:
    reading = Cascade().read(picture)
    assert reading.codes == ()
    return hint_for(picture, reading.unread)


@pytest.mark.parametrize(
    ("gray", "expected"), [(10, Hint.TOO_DARK), (250, Hint.TOO_BRIGHT), (128, None)]
)
def test_light(gray: int, expected: Hint | None) -> None:
    assert hint(np.full((720, 1280), gray, np.uint8)) is expected


def test_blur() -> None:
    frame = cv2.GaussianBlur(on_desk(PRINTED), (0, 0), 5)
    assert hint(np.asarray(frame, np.uint8)) is Hint.TOO_BLURRED


def test_too_far() -> None:
    small = cv2.resize(PRINTED, None, fx=0.2, fy=0.3, interpolation=cv2.INTER_AREA)
    assert hint(on_desk(np.asarray(small, np.uint8))) is Hint.COME_CLOSER


def test_too_near() -> None:
    large = cv2.resize(PRINTED, None, fx=9, fy=5, interpolation=cv2.INTER_LINEAR)
    blurred = cv2.GaussianBlur(on_desk(np.asarray(large, np.uint8)), (0, 0), 9)
    assert hint(np.asarray(blurred, np.uint8)) is Hint.MOVE_BACK


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (8, 8, 3)])
def test_odd_pictures(shape: tuple[int, ...]) -> None:
    corner = ((-5.0, -5.0), (2000.0, -5.0), (2000.0, 900.0), (-5.0, 900.0))
    hint_for(np.full(shape, 99, np.uint8), [corner])
    outside = ((-50.0, -50.0), (-20.0, -50.0), (-20.0, -20.0), (-50.0, -20.0))
    assert hint_for(np.full(shape, 99, np.uint8), [outside]) is None
