"""Odd frames made even: whatever a camera or file hands over becomes 8-bit gray or colour."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan.types import Picture

cv2.setNumThreads(1)  # one reader thread; more threads only take time from the desk
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # faults are told in words

MAX_SIDE = 4096
"""Pixels: a longer side is reduced before reading (a phone's photo, a scanned page)."""


def even(frame: NDArray[np.generic] | None) -> Picture | None:
    """Return ``frame`` as 8-bit gray or BGR, contiguous; ``None`` for nothing or no pixels.

    Takes one to four channels, any number type (16 bits are reduced to 8, floats are taken as
    0 to 1), and alpha (shown on white).
    """
    if frame is None or frame.ndim not in (2, 3) or 0 in frame.shape:
        return None
    picture = _eight_bits(frame)
    if picture.ndim == 3:
        picture = _channels(picture)
    return np.ascontiguousarray(picture)


def gray(frame: NDArray[np.generic] | None) -> Picture | None:
    """Return ``frame`` as 8-bit gray rows, contiguous; ``None`` for nothing or no pixels."""
    picture = even(frame)
    if picture is None or picture.ndim == 2:
        return picture
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def reduced(picture: Picture, longest: int = MAX_SIDE) -> tuple[Picture, float]:
    """Return ``picture`` with no side over ``longest`` pixels, and the factor applied (<= 1)."""
    side = max(picture.shape[:2])
    if side <= longest:
        return picture, 1.0
    factor = longest / side
    height, width = (max(1, round(length * factor)) for length in picture.shape[:2])
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), factor


def load_picture(path: Path) -> Picture:
    """Return the (first) picture of an image file; ``UNREADABLE_FILE`` when it holds none."""
    try:
        data = np.frombuffer(path.read_bytes(), dtype=np.uint8)  # cv2 alone cannot open "ä.png"
        frame = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    except (OSError, cv2.error) as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), why=str(error)) from error
    picture = even(frame)
    if picture is None:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), why="not a picture")
    return picture


def _eight_bits(frame: NDArray[np.generic]) -> Picture:
    if frame.dtype == np.uint8:
        return np.asarray(frame, dtype=np.uint8)
    if frame.dtype == np.bool_:
        return np.where(frame, 255, 0).astype(np.uint8)
    if np.issubdtype(frame.dtype, np.integer):
        whole = np.right_shift(frame, frame.dtype.itemsize * 8 - 8)
        return np.asarray(np.clip(whole, 0, 255), dtype=np.uint8)
    values = np.nan_to_num(np.real(frame).astype(np.float64), nan=0.0, posinf=1.0, neginf=0.0)
    return (np.clip(values, 0.0, 1.0) * 255).astype(np.uint8)


def _channels(picture: Picture) -> Picture:
    count = picture.shape[2]
    if count == 3:
        return picture
    if count == 4:
        alpha = picture[:, :, 3:].astype(np.uint16)
        mixed = (picture[:, :, :3] * alpha + 255 * (255 - alpha)) // 255
        return np.asarray(mixed, dtype=np.uint8)
    return picture[:, :, 0]
