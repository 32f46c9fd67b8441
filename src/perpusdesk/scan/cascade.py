"""The cascade: stop at the first accepted read, the quickest way of looking first.

1. zxing over the whole frame, upright and at its own size;
2. up to three strips cut along bars at any angle, each made easy in four ways: plain, levelled
   and with repainted quiet zones for zxing, softly cut for zbar (1-D only);
3. up to two two-dimensional blobs, enlarged, for zxing;
4. for pictures that come alone: zxing patiently, then zbar, over the whole frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from perpusdesk.domain.codes import CodeMask
from perpusdesk.scan import strips, zbar, zxing
from perpusdesk.scan.blobs import code_blobs, read_blob
from perpusdesk.scan.decode import Effort, Reading
from perpusdesk.scan.filters import Expected
from perpusdesk.scan.pictures import gray, reduced
from perpusdesk.scan.regions import CELL, Region, bar_regions, tensor_of
from perpusdesk.scan.types import Code, Picture, Quad


class Cascade:
    """The ``Decoder`` of the desk; ``masks`` are the library's own numbers."""

    def __init__(self, masks: Iterable[CodeMask] = ()) -> None:
        self._expected = Expected(masks)

    def read(self, picture: Picture, effort: Effort = Effort.FULL) -> Reading:
        """Return what is in ``picture``, in its own pixels."""
        light = gray(picture)
        if light is None:
            return Reading()
        light, factor = reduced(light)
        codes = self._accepted(zxing.read(light))
        unread: tuple[Quad, ...] = ()
        if not codes and effort >= Effort.FULL and min(light.shape) >= CELL:
            codes, unread = self._by_parts(light)
        if not codes and effort >= Effort.THOROUGH:
            codes = self._patiently(light)
        return Reading(_enlarged(codes, factor), () if codes else _quads_enlarged(unread, factor))

    def _by_parts(self, light: Picture) -> tuple[list[Code], tuple[Quad, ...]]:
        tensor = tensor_of(light)
        regions = bar_regions(tensor)
        for region in regions:
            if codes := self._from_strip(light, region):
                return codes, ()
        for blob in code_blobs(tensor):
            if codes := self._accepted(read_blob(light, blob)):
                return codes, ()
        return [], tuple(region.quad for region in regions)

    def _from_strip(self, light: Picture, region: Region) -> list[Code]:
        for found in _strip_reads(light, region):
            codes = self._accepted(found, averaged=True)
            if codes:
                return [replace(code, quad=region.quad) for code in codes]
        return []

    def _patiently(self, light: Picture) -> list[Code]:
        found = self._accepted(zxing.read(light, patient=True))
        return found or self._accepted(zbar.read(light))

    def _accepted(self, found: Iterable[Code], *, averaged: bool = False) -> list[Code]:
        judged = (self._expected.judge(code, averaged=averaged) for code in found)
        distinct = {(code.symbology, code.text): code for code in judged if code is not None}
        return list(distinct.values())


def _strip_reads(light: Picture, region: Region) -> Iterator[list[Code]]:
    """Yield what each way of making a strip easy gives, the quickest first."""
    bands = strips.cut(light, region)
    if not strips.has_bars(bands):
        return
    ways: tuple[tuple[Callable[[strips.Bands], Picture], Callable[[Picture], list[Code]]], ...] = (
        (strips.plain, _linear),
        (strips.levelled, _linear),
        (strips.softly_cut, zbar.read),
        (strips.with_quiet_zones, _linear),
    )
    for prepare, read in ways:
        yield read(prepare(bands))


def _linear(picture: Picture) -> list[Code]:
    return zxing.read(picture, zxing.LINEAR)


def _enlarged(codes: list[Code], factor: float) -> tuple[Code, ...]:
    if factor == 1.0:
        return tuple(codes)
    return tuple(
        replace(code, quad=_quad_enlarged(code.quad, factor)) if code.quad else code
        for code in codes
    )


def _quads_enlarged(quads: tuple[Quad, ...], factor: float) -> tuple[Quad, ...]:
    return quads if factor == 1.0 else tuple(_quad_enlarged(quad, factor) for quad in quads)


def _quad_enlarged(quad: Quad, factor: float) -> Quad:
    one, two, three, four = ((x / factor, y / factor) for x, y in quad)
    return one, two, three, four
