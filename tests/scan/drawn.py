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
