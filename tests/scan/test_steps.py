"""Each step of the cascade reads something that the other steps do not: it earns its time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from drawn import blurred, code, on_desk, with_glare, without_margin

from perpusdesk.scan import cascade, regions, strips, zbar
from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.decode import Effort
from perpusdesk.scan.types import Picture

COPY = "B000457"
PAGE = "https://contoh.id/b/B000457"

Frames = Callable[[], list[Picture]]


def close_cut(kind: str, scale: int, **scene: float) -> Picture:
    return on_desk(without_margin(code(COPY, kind, scale)), **scene)


def frames_for_zbar() -> list[Picture]:
    return [
        blurred(close_cut("code128", 4, turned=23.0, noise=8.0, desk=90), 1.5),
        close_cut("code39", 3, turned=44.0, noise=3.0, desk=90),
        close_cut("code128", 1, turned=58.0, contrast=0.5, noise=3.0, desk=90),
    ]


def frames_for_quiet_zones() -> list[Picture]:
    return [
        close_cut("code39", 2, turned=8.0, contrast=0.5, noise=8.0, desk=90),
        blurred(on_desk(code(COPY, "code39", 2), turned=78.0, contrast=0.5, noise=3.0, desk=90), 1),
        blurred(on_desk(code(COPY, "code128", 3), turned=25.0, contrast=0.15, desk=90), 1.5),
    ]


def frames_for_blobs() -> list[Picture]:
    scenes = ((3, 10.0, 90, 0.15), (3, 20.0, 20, 0.15), (2, 46.0, 150, 0.25))
    return [
        on_desk(code(PAGE, "qr", scale), turned=turned, contrast=contrast, noise=8.0, desk=desk)
        for scale, turned, desk, contrast in scenes
    ]


def frames_for_shear() -> list[Picture]:
    return [
        close_cut("code128", 3, turned=19.0, noise=3.0, desk=20),
        close_cut("code39", 4, turned=22.0, contrast=0.15, desk=90),
        close_cut("code39", 4, turned=9.0, contrast=0.5, noise=3.0, desk=90),
    ]


def frames_for_joining() -> list[Picture]:
    scenes = (
        (5, 37.0, (685, 360), (56, 293), 256),
        (6, 25.0, (662, 375), (38, 239), 241),
        (3, 5.0, (675, 359), (38, 192), 228),
    )
    return [
        with_glare(
            on_desk(code(COPY, "code128", scale), turned=turned, noise=3.0),
            at=at,
            size=size,
            light=light,
        )
        for scale, turned, at, size, light in scenes
    ]


def frames_for_cores() -> list[Picture]:
    return [
        on_desk(code(COPY, "code39", 1), turned=74.0, contrast=0.5, noise=8.0, desk=90),
        on_desk(code(COPY, "code39", 1), turned=75.0, contrast=0.15, noise=3.0),
        close_cut("code128", 3, turned=19.0, noise=3.0, desk=20),
    ]


STEPS: dict[str, tuple[Frames, object, str, object]] = {
    "zbar": (frames_for_zbar, zbar, "read", lambda _: []),
    "quiet zones": (frames_for_quiet_zones, strips, "with_quiet_zones", strips.plain),
    "blobs": (frames_for_blobs, cascade, "code_blobs", lambda _: []),
    "shear": (frames_for_shear, strips, "_shears", lambda _: np.zeros(1)),
    "joined regions": (frames_for_joining, regions, "_with_joined", lambda found: found),
    "cores of regions": (frames_for_cores, regions, "DENSE", 0.0),
}


def read(frames: list[Picture]) -> list[bool]:
    codes = [Cascade().read(frame).codes for frame in frames]
    return [any(found.text in (COPY, PAGE) for found in those) for those in codes]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_reads_what_the_others_do_not(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, module, name, without = STEPS[step]
    if name == "read" and not zbar.available():
        pytest.skip("zbar is not installed here")
    frames = make()
    assert read(frames) == [True, True, True]
    monkeypatch.setattr(module, name, without)
    assert False in read(frames)


def test_a_picture_that_comes_alone_gets_the_whole_frame_again() -> None:
    white_on_black = 255 - code(COPY, "qr", 4)
    frame = on_desk(np.asarray(white_on_black, np.uint8), desk=0)
    assert Cascade().read(frame, Effort.FAST).codes == ()
    assert [found.text for found in Cascade().read(frame, Effort.THOROUGH).codes] == [COPY]
