"""The webcam: which ones there are, and frames from one of them (OpenCV)."""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.scan.pictures import even
from perpusdesk.scan.types import Picture

HD: Final = (1280, 720)
FULL_HD: Final = (1920, 1080)

MISSES = 10
"""Frames in a row that may fail before the camera counts as lost."""

MISS_PAUSE = 0.05
"""Seconds between two attempts after a frame that failed."""

PROBED = 4
"""Cameras looked for where the system has no list of them."""

_LINUX_LIST = Path("/sys/class/video4linux")


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera to choose from: its number for ``Camera`` and what to call it."""

    index: int
    name: str


def list_cameras() -> list[CameraChoice]:
    """Return the cameras of this computer; quiet, and without opening them where possible.

    Where the system keeps no list (Windows) they are tried one by one, which takes up to some
    seconds and does not find one that another program uses: call it off the main thread.
    """
    if _on_linux():
        return _listed_by_linux()
    return [_choice(index) for index in range(PROBED) if _answers(index)]


class Camera:
    """A webcam as a ``FrameSource``: MJPG, autofocus on, the newest frame rather than all."""

    is_live: Final = True
    interval: Final = 0.0

    def __init__(self, index: int = 0, size: tuple[int, int] = HD) -> None:
        self.index = index
        self.size = size
        self._capture: cv2.VideoCapture | None = None

    @property
    def name(self) -> str:
        """Return the system's name of the camera, else "Camera 1"."""
        return _name(self.index)

    def open(self) -> None:
        """Open the device; ``CAMERA_LOST`` when it is missing or taken."""
        if self._capture is not None:
            return
        capture = _open(self.index)
        if not capture.isOpened():
            capture.release()
            raise self._lost("missing")
        _set_up(capture, self.size)
        self._capture = capture

    def read(self) -> Picture | None:
        """Wait for the next frame; ``CAMERA_LOST`` when the device gives none any more."""
        if self._capture is None:
            raise self._lost("closed")
        for attempt in range(MISSES):
            if attempt:
                time.sleep(MISS_PAUSE)
            arrived, frame = self._capture.read()
            picture = even(frame) if arrived else None
            if picture is not None:
                return picture
        raise self._lost("silent")

    def close(self) -> None:
        """Let go of the device."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _lost(self, why: str) -> KnownError:
        return KnownError(Fault.CAMERA_LOST, camera=self.name, why=why)


def _on_linux() -> bool:
    return platform.system() == "Linux"


def _backends() -> tuple[int, ...]:
    if platform.system() == "Windows":
        return (cv2.CAP_DSHOW, cv2.CAP_MSMF)
    return (cv2.CAP_V4L2,) if _on_linux() else (cv2.CAP_ANY,)


def _open(index: int) -> cv2.VideoCapture:
    capture = cv2.VideoCapture()
    for backend in _backends():
        if capture.open(index, backend):
            break
    return capture


def _set_up(capture: cv2.VideoCapture, size: tuple[int, int]) -> None:
    """Ask for what reads best; a camera that lacks something keeps its own way."""
    wishes = (
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, size[0]),
        (cv2.CAP_PROP_FRAME_HEIGHT, size[1]),
        (cv2.CAP_PROP_FPS, 30),
        (cv2.CAP_PROP_AUTOFOCUS, 1),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    )
    for what, value in wishes:
        capture.set(what, value)


def _listed_by_linux() -> list[CameraChoice]:
    nodes = sorted(_LINUX_LIST.glob("video*"), key=lambda node: int(node.name[5:] or 0))
    return [_choice(int(node.name[5:])) for node in nodes if _first_of_device(node)]


def _first_of_device(node: Path) -> bool:
    """Tell the pictures of a device from its other channels, which have a higher index."""
    return _line(node / "index") in ("", "0")


def _answers(index: int) -> bool:
    capture = _open(index)
    try:
        return capture.isOpened()
    finally:
        capture.release()


def _choice(index: int) -> CameraChoice:
    return CameraChoice(index, _name(index))


def _name(index: int) -> str:
    system = _line(_LINUX_LIST / f"video{index}" / "name")
    return system or _("Camera {number}").format(number=index + 1)


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
