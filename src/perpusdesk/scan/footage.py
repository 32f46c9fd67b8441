"""Files in place of a camera: a folder of pictures or a video, once or over and over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan.pictures import even, load_picture
from perpusdesk.scan.types import Picture

PICTURE_ENDINGS: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pgm", ".ppm"}
)
VIDEO_ENDINGS: Final = frozenset({".avi", ".mp4", ".mkv", ".mov", ".webm", ".m4v", ".mjpeg"})


def pictures_in(folder: Path) -> list[Path]:
    """Return the picture files of ``folder``, ordered as people count (2 before 10)."""
    if not folder.is_dir():
        raise KnownError(Fault.UNREADABLE_FILE, file=str(folder), why="not a folder")
    found = [path for path in folder.iterdir() if path.suffix.lower() in PICTURE_ENDINGS]
    return sorted(found, key=_counting_order)


class ImageFolder:
    """The pictures of a folder (or a list of files) as a ``FrameSource``.

    ``hold`` shows each picture that many times, as a hand holds a book before a camera; a
    picture that cannot be read is passed over.
    """

    is_live: Final = False

    def __init__(
        self,
        pictures: Path | Sequence[Path],
        *,
        fps: float = 0.0,
        loop: bool = False,
        hold: int = 1,
    ) -> None:
        self._pictures = pictures
        self.interval = 1.0 / fps if fps > 0 else 0.0
        self._loop = loop
        self._hold = max(1, hold)
        self._files: list[Path] = []
        self._place = 0
        self._shown: Picture | None = None

    @property
    def name(self) -> str:
        """Return the name of the folder (of a list: of its first file)."""
        if isinstance(self._pictures, Path):
            return self._pictures.name
        return self._pictures[0].name if self._pictures else ""

    def open(self) -> None:
        """List the files; ``UNREADABLE_FILE`` when there is none."""
        if self._files:
            return
        many = self._pictures
        self._files = pictures_in(many) if isinstance(many, Path) else list(many)
        self._place = 0
        if not self._files:
            raise KnownError(Fault.UNREADABLE_FILE, file=self.name, why="no pictures")

    def read(self) -> Picture | None:
        """Return the next picture; ``UNREADABLE_FILE`` when none of them can be read."""
        for _ in self._files:
            if self._place >= len(self._files) * self._hold:
                if not self._loop:
                    return None
                self._place = 0
            turn = self._place % self._hold
            self._shown = self._shown if turn else self._load(self._place // self._hold)
            self._place += 1 if self._shown is not None else self._hold
            if self._shown is not None:
                return self._shown.copy()
        raise KnownError(Fault.UNREADABLE_FILE, file=self.name, why="no picture can be read")

    def close(self) -> None:
        """Forget the list; opening again starts from the first picture."""
        self._files = []
        self._shown = None

    def _load(self, number: int) -> Picture | None:
        try:
            return load_picture(self._files[number])
        except KnownError:
            return None


class VideoFile:
    """A video file as a ``FrameSource``, at its own pace or at ``fps`` (0: as fast as read)."""

    is_live: Final = False

    def __init__(self, path: Path, *, fps: float | None = None, loop: bool = False) -> None:
        self.path = path
        self._fps = fps
        self._loop = loop
        self._capture: cv2.VideoCapture | None = None

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.path.name

    @property
    def interval(self) -> float:
        """Return the seconds between two frames."""
        own = self._capture.get(cv2.CAP_PROP_FPS) if self._capture and self._fps is None else 0.0
        fps = own if self._fps is None else self._fps
        return 1.0 / fps if 0 < fps < 1000 else 0.0

    def open(self) -> None:
        """Open the file; ``UNREADABLE_FILE`` when it is missing or no video."""
        if self._capture is not None:
            return
        capture = cv2.VideoCapture()
        if not (self.path.is_file() and capture.open(str(self.path))):
            raise KnownError(Fault.UNREADABLE_FILE, file=str(self.path), why="not a video")
        self._capture = capture

    def read(self) -> Picture | None:
        """Return the next frame; at the end the first again, when it loops."""
        picture = self._next()
        if picture is None and self._loop and self._capture is not None:
            self.close()
            self.open()
            picture = self._next()
        return picture

    def close(self) -> None:
        """Let go of the file; opening again starts from its first frame."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _next(self) -> Picture | None:
        if self._capture is None:
            return None
        arrived, frame = self._capture.read()
        return even(frame) if arrived else None


def _counting_order(path: Path) -> list[tuple[int, str]]:
    parts = re.findall(r"\d+|\D+", path.name.lower())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
