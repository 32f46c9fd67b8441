"""Strips: a region of bars cut out, turned level, its rows averaged, and made easy to read."""

from __future__ import annotations

import math
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from perpusdesk.scan.regions import Region
from perpusdesk.scan.types import Picture

BANDS = (1, 4, 12)
"""Bands that the rows are averaged to: one is the quietest, twelve follow curve and tilt."""

BAND_HEIGHT = 4
"""Pixels that each band gets in the finished strip."""

ROWS = 36
"""Rows a strip is sampled at before they are averaged."""

MARGIN = 0.2
"""Share of the region's length added at both ends for the quiet zones."""

FEWEST_CHANGES = 24
"""Changes between light and dark: ITF of six digits has some 40, three letters of text 12."""

LONGEST = 2400
"""Pixels a strip may be long."""

BLUR = 2.0
NOISE = 0.02
"""Pixels of the doubled strip that a bar's edge is blurred by, and the noise beside it."""

TILTS = np.tan(np.radians(np.arange(-3.0, 3.01, 0.75)))
"""Small corrections of the bars' direction that are tried (shear)."""

Bands: TypeAlias = NDArray[np.float32]
"""Rows of gray values (0 to 255), each the average of some of the strip's rows."""


def cut(light: Picture, region: Region) -> Bands:
    """Return the region as averaged rows (see ``BANDS``), bars upright, quiet zones included."""
    rows = _level(light, region)
    best = max((_sheared(rows, shear) for shear in _shears(region)), key=_sharpness)
    width = best.shape[1]
    bands = [cv2.resize(best, (width, count), interpolation=cv2.INTER_AREA) for count in BANDS]
    return np.asarray(np.vstack(bands), dtype=np.float32)


def has_bars(bands: Bands) -> bool:
    """Tell whether some row changes between light and dark as often as the shortest code does."""
    centred = bands - cv2.blur(bands, (31, 1))
    low, high = np.percentile(bands, (2, 98))
    least = 0.08 * float(high - low)
    return any(_changes(row[np.abs(row) > least]) >= FEWEST_CHANGES for row in centred)


def plain(bands: Bands) -> Picture:
    """Return the bands as a picture, stretched to the full range of gray."""
    low, high = np.percentile(bands, (1, 99))
    return _picture((bands - low) * (255.0 / max(float(high - low), 1.0)))


def levelled(bands: Bands) -> Picture:
    """Return the bands twice as long, paper and ink brought to the same level everywhere."""
    return _picture(_even_light(_doubled(bands)) * 255.0)


def softly_cut(bands: Bands) -> Picture:
    """Return the bands twice as long, pushed softly to black or white at the local mean."""
    wide = _even_light(_doubled(bands))
    middle = cv2.blur(wide, (61, 1))
    return _picture(127.5 + 127.5 * np.tanh((wide - middle) * 4.0))


def with_quiet_zones(bands: Bands) -> Picture:
    """Return the bands twice as long, sharpened, with paper painted beside the bars."""
    wide = _sharpened(_even_light(_doubled(bands)))
    left, right = _ends(wide)
    painted = wide.copy()
    painted[:, :left] = 1.0
    painted[:, right:] = 1.0
    room = np.ones((painted.shape[0], 40), np.float32)
    return _picture(np.hstack([room, painted, room]) * 255.0)


def _changes(values: NDArray[np.floating]) -> int:
    return int(np.count_nonzero(np.diff(values > 0)))


def _level(light: Picture, region: Region) -> Bands:
    length = min(LONGEST, max(16, round(region.length * (1 + 2 * MARGIN))))
    scale = region.length * (1 + 2 * MARGIN) / length
    rise = max(region.height * 0.8, 4.0) / ROWS
    cos, sin = math.cos(region.angle), math.sin(region.angle)
    matrix = np.array(
        [
            [cos * scale, -sin * rise, 0.0],
            [sin * scale, cos * rise, 0.0],
        ]
    )
    middle = matrix[:, :2] @ np.array([(length - 1) / 2, (ROWS - 1) / 2])
    matrix[:, 2] = np.array([region.x, region.y]) - middle
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    rows = cv2.warpAffine(
        light, matrix, (length, ROWS), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return rows.astype(np.float32)


def _shears(region: Region) -> NDArray[np.float64]:
    """Return shears in strip pixels per strip row."""
    rise = max(region.height * 0.8, 4.0) / ROWS
    return np.asarray(TILTS * rise, dtype=np.float64)


def _sheared(rows: Bands, shear: float) -> Bands:
    matrix = np.array([[1.0, shear, -shear * (ROWS - 1) / 2], [0.0, 1.0, 0.0]])
    size = (rows.shape[1], rows.shape[0])
    moved = cv2.warpAffine(
        rows, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, dtype=np.float32)


def _sharpness(rows: Bands) -> float:
    line = cv2.reduce(rows, 0, cv2.REDUCE_AVG)
    return float(np.abs(np.diff(line)).sum() + np.square(np.diff(line)).sum() / 16)


def _doubled(bands: Bands) -> Bands:
    size = (bands.shape[1] * 2, bands.shape[0])
    return np.asarray(cv2.resize(bands, size, interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _even_light(wide: Bands) -> Bands:
    """Return values from 0 (ink) to 1 (paper) by the light and dark envelopes around each place."""
    window = np.ones((1, 2 * (max(24, wide.shape[1] // 24)) + 1), np.uint8)
    smooth = (window.shape[1], 1)
    paper = cv2.blur(cv2.dilate(wide, window), smooth)
    ink = cv2.blur(cv2.erode(wide, window), smooth)
    return np.asarray(np.clip((wide - ink) / np.maximum(paper - ink, 12.0), 0, 1), dtype=np.float32)


def _sharpened(wide: Bands) -> Bands:
    """Undo a blur of ``BLUR`` pixels along the rows (Wiener)."""
    mean = wide.mean(axis=1, keepdims=True)
    blur = np.exp(-2.0 * np.square(np.pi * BLUR * np.fft.rfftfreq(wide.shape[1])))
    spectrum = np.fft.rfft(wide - mean, axis=1) * (blur / (blur * blur + NOISE))
    sharp = np.fft.irfft(spectrum, n=wide.shape[1], axis=1) + mean
    return np.asarray(np.clip(sharp, 0, 1), dtype=np.float32)


def _ends(wide: Bands) -> tuple[int, int]:
    """Return the columns where the bars begin and end, seen from the middle outwards."""
    line = wide.mean(axis=0)
    change = np.flatnonzero(np.diff((line > 0.5).astype(np.int8)))
    if change.size < 4:
        return 0, wide.shape[1]
    gaps = np.diff(change)
    wide_gap = 4.0 * float(np.percentile(gaps, 85))
    breaks = np.flatnonzero(gaps > wide_gap)
    middle = wide.shape[1] / 2
    left = max((int(change[n + 1]) for n in breaks if change[n + 1] < middle), default=0)
    right = min((int(change[n]) for n in breaks if change[n] > middle), default=0)
    return _to_paper(line, left or int(change[0])), _to_paper(line, right or int(change[-1])) + 1


def _to_paper(line: NDArray[np.floating], place: int) -> int:
    """Return the lightest column next to an edge, so that no gray rest of it looks like a bar."""
    step = 1 if line[min(place + 1, len(line) - 1)] > line[place] else -1
    while 0 <= place + step < len(line) and line[place + step] > line[place]:
        place += step
    return place


def _picture(values: NDArray[np.floating]) -> Picture:
    bands = np.clip(values, 0, 255).astype(np.uint8)
    return np.repeat(bands, BAND_HEIGHT, axis=0)
