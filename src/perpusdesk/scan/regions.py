"""Where bars are: one structure tensor of the frame, at any angle, in cells of a few pixels.

Bars make strong gradients that all point one way; text, covers and noise do not. The tensor is
computed at full resolution (fine bars vanish in a reduced frame) and summed up per cell.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from perpusdesk.scan.types import Picture, Quad

CELL = 8
"""Pixels: side of a cell."""

ONE_WAY = 0.6
"""Share of the gradients of a bar cell that point one way (0 to 1)."""

FAINTEST = 60.0
"""Least gradient energy per pixel of a bar cell, and how far above the frame's noise it is."""
ABOVE_NOISE = 2.5

DENSE = 0.15
"""Share of a region's greatest energy that its bars have at least."""

SMALLEST = 10
"""Cells of a region."""

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of bars in the pixels of its frame.

    ``angle`` (radians) is the direction across the bars; ``length`` runs that way, ``height``
    along the bars.
    """

    x: float
    y: float
    angle: float
    length: float
    height: float

    @property
    def quad(self) -> Quad:
        """Return its corners."""
        across = np.array([math.cos(self.angle), math.sin(self.angle)]) * self.length / 2
        along = np.array([-math.sin(self.angle), math.cos(self.angle)]) * self.height / 2
        signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        one, two, three, four = (
            (self.x + a * across[0] + b * along[0], self.y + a * across[1] + b * along[1])
            for a, b in signs
        )
        return (
            (float(one[0]), float(one[1])),
            (float(two[0]), float(two[1])),
            (float(three[0]), float(three[1])),
            (float(four[0]), float(four[1])),
        )


@dataclass(frozen=True, slots=True)
class Tensor:
    """The structure tensor per cell: energy, one-way part, and doubled direction."""

    energy: _Floats
    cos2: _Floats
    sin2: _Floats

    @property
    def one_way(self) -> _Floats:
        """Return the energy of the gradients that point one way."""
        return np.asarray(cv2.magnitude(self.cos2, self.sin2), dtype=np.float32)


def tensor_of(light: Picture) -> Tensor:
    """Return the tensor of an 8-bit gray picture of at least one cell."""
    across, down = cv2.spatialGradient(light)
    xx, yy, xy = (
        _cells(cv2.multiply(one, other, dtype=cv2.CV_32F))
        for one, other in ((across, across), (down, down), (across, down))
    )
    return Tensor(xx + yy, xx - yy, 2 * xy)


def bar_regions(tensor: Tensor, most: int = 3) -> list[Region]:
    """Return up to ``most`` regions of bars, the likeliest first."""
    one_way = tensor.one_way
    noise = float(np.median(tensor.energy - one_way))
    strong = one_way > max(FAINTEST, ABOVE_NOISE * noise)
    bars = strong & (one_way > ONE_WAY * tensor.energy)
    weight = np.sqrt(one_way)
    cores = [core for part in _parts(bars, weight, most) for core in _cores(part, one_way, weight)]
    cores.sort(key=lambda core: -float(weight[core].sum()))
    regions = [_region(core, tensor, weight) for core in cores[: most + 2]]
    return _with_joined(regions)[:most]


def _with_joined(regions: list[Region]) -> list[Region]:
    """Put in front of regions in line with each other what they make together.

    Glare or a tear may have cut one code into two regions.
    """
    joined = [
        union
        for number, region in enumerate(regions)
        for other in regions[number + 1 :]
        if (union := _joined(region, other))
    ]
    return joined + regions


def _joined(one: Region, other: Region) -> Region | None:
    turn = (one.angle - other.angle + math.pi / 2) % math.pi - math.pi / 2
    cos, sin = math.cos(one.angle), math.sin(one.angle)
    x, y = other.x - one.x, other.y - one.y
    across, along = x * cos + y * sin, y * cos - x * sin
    gap = abs(across) - (one.length + other.length) / 2
    lower, higher = sorted((one.height, other.height))
    if abs(turn) > 0.1 or abs(along) > 0.3 * lower or lower < 0.5 * higher:
        return None
    if gap > 0.8 * max(one.length, other.length) or gap < -0.5 * min(one.length, other.length):
        return None
    left = min(-one.length / 2, across - other.length / 2)
    right = max(one.length / 2, across + other.length / 2)
    middle, shift = (left + right) / 2, along / 2
    return Region(
        x=one.x + middle * cos - shift * sin,
        y=one.y + middle * sin + shift * cos,
        angle=one.angle,
        length=right - left,
        height=lower,
    )


def _cores(part: NDArray[np.bool_], one_way: _Floats, weight: _Floats) -> list[NDArray[np.bool_]]:
    """Return where in ``part`` edges stand close: bars, without single edges around them."""
    peak = float(np.percentile(one_way[part], 90))
    return _parts(part & (one_way > DENSE * peak), weight, 2)


def _parts(mask: NDArray[np.bool_], weight: _Floats, most: int) -> list[NDArray[np.bool_]]:
    """Return the heaviest connected parts of ``mask``, small gaps closed."""
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    scores = np.bincount(labels.ravel(), weights=weight.ravel(), minlength=count)
    order = [int(n) for n in np.argsort(-scores) if n and stats[n, cv2.CC_STAT_AREA] >= SMALLEST]
    return [labels == number for number in order[:most]]


def _region(inside: NDArray[np.bool_], tensor: Tensor, weight: _Floats) -> Region:
    angle = 0.5 * math.atan2(float(tensor.sin2[inside].sum()), float(tensor.cos2[inside].sum()))
    rows, columns = np.nonzero(inside)
    across = columns * math.cos(angle) + rows * math.sin(angle)
    along = -columns * math.sin(angle) + rows * math.cos(angle)
    left, right = np.percentile(across, (0.5, 99.5))
    top, bottom = _heavy(along, weight[inside])
    middle, centre = (left + right) / 2, (top + bottom) / 2
    x = middle * math.cos(angle) - centre * math.sin(angle)
    y = middle * math.sin(angle) + centre * math.cos(angle)
    return Region(
        x=float((x + 0.5) * CELL),
        y=float((y + 0.5) * CELL),
        angle=angle,
        length=float((right - left + 1) * CELL),
        height=float((bottom - top + 1) * CELL),
    )


def _heavy(places: NDArray[np.float64], weights: _Floats) -> tuple[float, float]:
    """Return the places between which the middle 90 per cent of the weight lies."""
    order = np.argsort(places)
    share = np.cumsum(weights[order])
    low, high = np.searchsorted(share, (0.05 * share[-1], 0.95 * share[-1]))
    return float(places[order[low]]), float(places[order[min(high, len(order) - 1)]])


def _cells(values: NDArray[np.generic]) -> _Floats:
    height, width = values.shape[:2]
    size = (max(1, width // CELL), max(1, height // CELL))
    cells = cv2.resize(values.astype(np.float32, copy=False), size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.blur(cells, (3, 3)), dtype=np.float32)
