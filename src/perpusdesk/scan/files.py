"""Reading the codes in pictures and videos, as the webcam path reads them (``perpusdesk scan``)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NotRequired, TypedDict

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.codes import CodeMask
from perpusdesk.scan.agree import Agreement
from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.decode import Decoder, Effort
from perpusdesk.scan.footage import VIDEO_ENDINGS, VideoFile, pictures_in
from perpusdesk.scan.pictures import load_picture
from perpusdesk.scan.types import Code


class CodeFound(TypedDict):
    """One code, as scripts get it; ``sure`` is False where a second look would be wanted."""

    text: str
    symbology: str
    quad: list[list[float]]
    sure: bool


class FileRead(TypedDict):
    """The codes of one file, each once; ``error`` is there when the file could not be read."""

    file: str
    codes: list[CodeFound]
    ms: float
    error: NotRequired[str]


def read_files(paths: Sequence[Path], masks: Iterable[CodeMask] = ()) -> list[FileRead]:
    """Return what is in each picture or video of ``paths``; of a folder, in each picture there.

    A file that cannot be read has an ``error`` (the code of a ``Fault``) and no codes.
    """
    decoder = Cascade(masks)
    return [_read_one(path, decoder) for given in paths for path in _files(given)]


def _files(path: Path) -> list[Path]:
    return pictures_in(path) if path.is_dir() else [path]


def _read_one(path: Path, decoder: Decoder) -> FileRead:
    started = time.perf_counter()
    is_video = path.suffix.lower() in VIDEO_ENDINGS
    try:
        codes = _of_video(path, decoder) if is_video else _of_picture(path, decoder)
    except KnownError as error:
        return FileRead(file=str(path), codes=[], ms=0.0, error=error.fault.value)
    ms = round((time.perf_counter() - started) * 1000, 2)
    return FileRead(file=str(path), codes=[_found(code) for code in codes], ms=ms)


def _of_picture(path: Path, decoder: Decoder) -> list[Code]:
    return list(decoder.read(load_picture(path), Effort.THOROUGH).codes)


def _of_video(path: Path, decoder: Decoder) -> list[Code]:
    """Return the codes that count, in the order in which they came into view, each once."""
    video = VideoFile(path)
    agreement = Agreement()
    counted: dict[tuple[str, str], Code] = {}
    video.open()
    try:
        step = video.interval or 1 / 30
        frame_time = 0.0
        while (frame := video.read()) is not None:
            for code in agreement.take(decoder.read(frame, Effort.FULL).codes, frame_time):
                counted.setdefault((code.symbology, code.text), code)
            frame_time += step
    finally:
        video.close()
    return list(counted.values())


def _found(code: Code) -> CodeFound:
    quad = [[round(x, 1), round(y, 1)] for x, y in code.quad or ()]
    return CodeFound(text=code.text, symbology=code.symbology.value, quad=quad, sure=code.confident)
