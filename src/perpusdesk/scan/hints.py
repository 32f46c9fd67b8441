"""What to tell the person who holds something before the camera and is not read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import cv2
import numpy as np

from perpusdesk.scan.pictures import gray, reduced
from perpusdesk.scan.types import Picture, Quad

DARK, BRIGHT = 38.0, 232.0
"""Mean gray below and above which nothing more can be read reliably."""

SHARP = 12.0
"""Variance of the Laplacian, over the squared contrast (x1000), of a sharp bar region."""

NEAR, FAR = 0.92, 0.17
TALL = 0.8
"""Length of a bar region as part of the frame's width: beyond these it is too near or too far;
so it is when its bars are as high as the frame."""


class Hint(StrEnum):
    """One thing to do that would help most; shown as a line under the picture."""

    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    TOO_BLURRED = "too_blurred"
    COME_CLOSER = "come_closer"
    MOVE_BACK = "move_back"


def hint_for(picture: Picture, unread: Sequence[Quad]) -> Hint | None:
    """Return what would help to read ``picture``, whose bar regions ``unread`` were not read."""
    light = gray(picture)
    if light is None:
        return None
    mean = float(reduced(light, 320)[0].mean())
    if mean < DARK:
        return Hint.TOO_DARK
    if mean > BRIGHT:
        return Hint.TOO_BRIGHT
    return _hint_of_region(light, unread[0]) if unread else None


def _hint_of_region(light: Picture, quad: Quad) -> Hint | None:
    part = _cut(light, quad)
    if part.size == 0:
        return None
    length, height = _distance(quad[0], quad[1]), _distance(quad[1], quad[2])
    share = length / light.shape[1]
    if share > NEAR or height > TALL * light.shape[0]:
        return Hint.MOVE_BACK
    if share < FAR:
        return Hint.COME_CLOSER
    return Hint.TOO_BLURRED if _sharpness(part) < SHARP else None


def _sharpness(part: Picture) -> float:
    contrast = float(part.std()) ** 2 + 1.0
    return float(cv2.Laplacian(part, cv2.CV_32F).var()) / contrast * 1000


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def _cut(light: Picture, quad: Quad) -> Picture:
    height, width = light.shape[:2]
    columns = [min(max(int(x), 0), width) for x, _ in quad]
    rows = [min(max(int(y), 0), height) for _, y in quad]
    return light[min(rows) : max(rows), min(columns) : max(columns)]
