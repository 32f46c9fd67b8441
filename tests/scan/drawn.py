"""Pictures made in the test itself: codes drawn by zxing's writer, put before a camera."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from zxingcpp import BarcodeFormat

from perpusdesk.scan.types import Picture

FORMATS = {
    "code128": BarcodeFormat.Code128,
    "code39": BarcodeFormat.Code39,
    "codabar": BarcodeFormat.Codabar,
    "itf": BarcodeFormat.ITF,
    "ean13": BarcodeFormat.EAN13,
    "ean8": BarcodeFormat.EAN8,
    "qr": BarcodeFormat.QRCode,
    "datamatrix": BarcodeFormat.DataMatrix,
}


def code(text: str, kind: str = "code128", scale: int = 2) -> Picture:
    """Return the printed code, black on white, with its quiet zones."""
    drawn = zxingcpp.create_barcode(text, FORMATS[kind])
    return np.array(drawn.to_image(scale=scale, add_quiet_zones=True), dtype=np.uint8)


def on_desk(
    printed: Picture,
    *,
    turned: float = 0.0,
    size: tuple[int, int] = (1280, 720),
    desk: int = 150,
    contrast: float = 1.0,
    noise: float = 0.0,
) -> Picture:
    """Return a gray frame in which ``printed`` lies in the middle of a desk, turned (degrees)."""
    height, width = printed.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turned, 1.0)
    matrix[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    frame = np.full(size[::-1], desk, np.uint8)
    paper = cv2.warpAffine(printed, matrix, size, borderValue=255)
    where = cv2.warpAffine(np.full_like(printed, 255), matrix, size, borderValue=0)
    frame = np.where(where > 127, paper, frame).astype(np.float32)
    frame = 128 + (frame - 128) * contrast
    if noise:
        frame += np.random.default_rng(7).normal(0, noise, frame.shape)
    return np.clip(frame, 0, 255).astype(np.uint8)


def without_margin(printed: Picture) -> Picture:
    """Return the code alone: a label cut too close, no quiet zone left."""
    columns = np.flatnonzero((printed < 128).any(axis=0))
    rows = np.flatnonzero((printed < 128).any(axis=1))
    return printed[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def blurred(frame: Picture, radius: float) -> Picture:
    """Return ``frame`` out of focus."""
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), radius), dtype=np.uint8)


def with_glare(
    frame: Picture, *, at: tuple[int, int], size: tuple[int, int], light: int
) -> Picture:
    """Return ``frame`` with a soft lamp reflected in it."""
    across = (np.arange(frame.shape[1])[None] - at[0]) / size[0]
    down = (np.arange(frame.shape[0])[:, None] - at[1]) / size[1]
    lamp = light * np.exp(-(across**2 + down**2) / 2)
    return np.clip(frame * 0.8 + lamp, 0, 255).astype(np.uint8)
