"""Pictures of printed labels as a webcam sees them, made from a seed, to practise and to test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.printing.barcodes import Symbology, modules, quiet
from perpusdesk.printing.fitting import wrap
from perpusdesk.printing.fonts import printable

Picture = NDArray[np.uint8]
WIDTH: Final = 1280
HEIGHT: Final = 720
_LABEL_WIDTH: Final = 900
_LABEL_HEIGHT: Final = 480
_EDGE: Final = 36


@dataclass(frozen=True, slots=True)
class LabelPhoto:
    """What is held into the camera: a code and the words around it."""

    code: str
    symbology: Symbology = Symbology.CODE128
    heading: str = ""
    title: str = ""


def label_photo(photo: LabelPhoto, seed: int, suffix: Literal[".png", ".jpg"] = ".png") -> bytes:
    """Return an image file of 1280 x 720: the label on a table, a little crooked and noisy.

    The same seed gives the same picture. PNG is about 2 MB, JPEG a fifth of it. Raises
    ``KnownError(UNUSABLE_INPUT)`` for a code too long to be seen by a webcam.
    """
    chance = np.random.default_rng(seed)
    table = _table(chance)
    seen = _held(_label(photo), table, chance)
    return _encoded(_camera(seen, chance), suffix)


def table_photo(seed: int, suffix: Literal[".png", ".jpg"] = ".png") -> bytes:
    """Return the same table with nothing on it: what the camera sees between two labels."""
    chance = np.random.default_rng(seed)
    return _encoded(_camera(_table(chance), chance), suffix)


def _encoded(picture: Picture, suffix: str) -> bytes:
    done, data = cv2.imencode(suffix, picture)
    assert done
    return bytes(data)


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(str(resources("fonts", name)), size)


def _label(photo: LabelPhoto) -> Picture:
    image = Image.new("L", (_LABEL_WIDTH, _LABEL_HEIGHT), 250)
    draw = ImageDraw.Draw(image)
    y = _words(draw, photo.heading, 26, 30, lines=1, bold=True)
    y = _words(draw, photo.title, y, 26, lines=2)
    bars = _bars(photo, _LABEL_WIDTH - 2 * _EDGE, _LABEL_HEIGHT - y - 70)
    image.paste(bars, ((_LABEL_WIDTH - bars.width) // 2, y + 8))
    number = _font(36)
    draw.text((_LABEL_WIDTH / 2, _LABEL_HEIGHT - 16), photo.code, font=number, fill=20, anchor="ms")
    return np.asarray(image, dtype=np.uint8)


def _words(
    draw: ImageDraw.ImageDraw, text: str, y: int, size: int, *, lines: int, bold: bool = False
) -> int:
    font = _font(size, bold=bold)
    for line in wrap(printable(text), _LABEL_WIDTH - 2 * _EDGE, font.getlength, lines):
        draw.text((_EDGE, y), line, font=font, fill=30)
        y += round(size * 1.3)
    return y


def _bars(photo: LabelPhoto, width: int, height: int) -> Image.Image:
    grid = np.array(modules(photo.code, photo.symbology))
    margin = quiet(photo.symbology)
    square = photo.symbology is Symbology.QR
    grid = np.pad(grid, ((margin, margin) if square else (0, 0), (margin, margin)))
    cell = width // grid.shape[1]
    if square:
        cell = min(cell, height // grid.shape[0])
    if cell < 2:
        raise KnownError(Fault.UNUSABLE_INPUT, cause=photo.code)
    rows = cell if square else height
    pixels = np.where(grid, 15, 250).astype(np.uint8)
    return Image.fromarray(np.kron(pixels, np.ones((rows, cell), np.uint8)))


def _table(chance: np.random.Generator) -> Picture:
    colour = np.array([70, 105, 140]) + chance.integers(-25, 25, 3)
    grain = chance.normal(0, 1, (HEIGHT // 4, 12)).astype(np.float32)
    wood = cv2.GaussianBlur(cv2.resize(grain, (WIDTH, HEIGHT)), (0, 0), 3) * 9
    picture = colour[None, None, :] + wood[:, :, None]
    return _pixels(picture)


def _held(label: Picture, table: Picture, chance: np.random.Generator) -> Picture:
    corners = np.array(
        [[0, 0], [_LABEL_WIDTH, 0], [_LABEL_WIDTH, _LABEL_HEIGHT], [0, _LABEL_HEIGHT]], np.float32
    )
    angle = np.radians(chance.uniform(-12, 12))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    size = chance.uniform(0.8, 1.0)
    middle = np.array([_LABEL_WIDTH, _LABEL_HEIGHT]) / 2
    place = np.array([WIDTH, HEIGHT]) / 2 + chance.uniform(-50, 50, 2)
    tilt = chance.uniform(-22, 22, (4, 2))
    seen = ((corners - middle) @ turn.T * size + tilt + place).astype(np.float32)
    matrix: Any = cv2.getPerspectiveTransform(corners, seen)
    paper = cv2.warpPerspective(label, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(label, 255), matrix, (WIDTH, HEIGHT))
    cover = (cv2.GaussianBlur(mask, (0, 0), 0.8) / 255.0)[:, :, None]
    shade = 1 - 0.35 * (cv2.GaussianBlur(mask, (0, 0), 14) / 255.0)[:, :, None]
    mixed = table * shade * (1 - cover) + paper[:, :, None] * cover
    return _pixels(mixed)


def _camera(picture: Picture, chance: np.random.Generator) -> Picture:
    across, down = chance.uniform(-0.18, 0.18, 2)
    x = np.linspace(-1, 1, WIDTH)[None, :, None]
    y = np.linspace(-1, 1, HEIGHT)[:, None, None]
    light = chance.uniform(0.72, 1.0) * (1 + across * x + down * y)
    blurred = cv2.GaussianBlur(picture, (0, 0), chance.uniform(0.5, 1.0))
    noise = chance.normal(0, chance.uniform(2, 6), (HEIGHT, WIDTH, 1))
    return _pixels(blurred * light + noise)


def _pixels(values: Any) -> Picture:
    pixels: Picture = np.clip(values, 0, 255).astype(np.uint8)
    return pixels
