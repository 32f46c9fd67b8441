"""Where two-dimensional codes may be: square patches whose edges point every way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from perpusdesk.scan import zxing
from perpusdesk.scan.regions import ABOVE_NOISE, CELL, Tensor
from perpusdesk.scan.types import Code, Picture, Quad

BUSY = 150.0
"""Least energy per pixel of the gradients that do not agree on a way."""

SMALLEST = 9
"""Cells of a blob."""

LONGEST = 900
"""Pixels that an enlarged blob may be long."""


@dataclass(frozen=True, slots=True)
class Blob:
    """An upright box in the pixels of its frame."""

    x: int
    y: int
    width: int
    height: int


def code_blobs(tensor: Tensor, most: int = 2) -> list[Blob]:
    """Return up to ``most`` patches that may be 2-D codes, the busiest first."""
    every_way = np.maximum(tensor.energy - tensor.one_way, 0)
    noise = float(np.median(every_way))
    busy = every_way > max(BUSY, ABOVE_NOISE * noise)
    cells = (busy & (tensor.one_way < 0.6 * tensor.energy)).astype(np.uint8)
    square = np.ones((3, 3), np.uint8)
    closed = cv2.morphologyEx(cells, cv2.MORPH_CLOSE, square)
    mask = cv2.morphologyEx(closed, cv2.MORPH_OPEN, square)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    scores = np.bincount(labels.ravel(), np.sqrt(every_way).ravel(), minlength=count)
    boxes = [stats[number] for number in np.argsort(-scores) if number]
    found = [_blob(box) for box in boxes if _may_be_code(box)]
    return found[:most]


def read_blob(light: Picture, blob: Blob) -> list[Code]:
    """Return the 2-D codes in ``blob``: enlarged, smoothed, stretched."""
    room = int(max(blob.width, blob.height) * 0.3) + 12
    left, top = max(0, blob.x - room), max(0, blob.y - room)
    part = light[top : blob.y + blob.height + room, left : blob.x + blob.width + room]
    factor = 2.0 if 2 * max(part.shape) <= LONGEST else max(1.0, LONGEST / max(part.shape))
    codes = zxing.read(_made_easy(part, factor), zxing.MATRIX, patient=True)
    return [
        replace(code, quad=_in_frame(code.quad, factor, left, top)) if code.quad else code
        for code in codes
    ]


def _made_easy(part: Picture, factor: float) -> Picture:
    large = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (0, 0), 1.0).astype(np.float32)
    low, high = np.percentile(smooth, (1, 99))
    stretched = (smooth - low) * (255.0 / max(float(high - low), 1.0))
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)


def _may_be_code(box: np.ndarray) -> bool:
    width, height, area = box[cv2.CC_STAT_WIDTH], box[cv2.CC_STAT_HEIGHT], box[cv2.CC_STAT_AREA]
    squarish = 0.4 < width / height < 2.5
    return bool(squarish and area >= SMALLEST and area > 0.35 * width * height)


def _blob(box: np.ndarray) -> Blob:
    x, y, width, height = (int(value) * CELL for value in box[:4])
    return Blob(x, y, width, height)


def _in_frame(quad: Quad, factor: float, left: int, top: int) -> Quad:
    one, two, three, four = ((x / factor + left, y / factor + top) for x, y in quad)
    return one, two, three, four
