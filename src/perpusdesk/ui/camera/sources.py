"""Which camera a setting means; files may stand in for one (tests, demo, training).

A setting is a camera's number as text (``"1"``), ``folder:PATH`` for the pictures of a folder or
``video:PATH`` for a video file. Empty is the first camera. The environment variable
``PERPUSDESK_CAMERA`` goes before the setting.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from perpusdesk.scan.frames import FrameSource

VARIABLE: Final = "PERPUSDESK_CAMERA"
PICTURES_A_SECOND: Final = 4.0
HOLD: Final = 6
"""Times that a picture of a folder is shown, as a hand holds a book before a camera."""

_FOLDER, _VIDEO = "folder:", "video:"


@dataclass(frozen=True, slots=True)
class Offer:
    """A camera to choose: the value of the setting, and what people call it."""

    value: str
    name: str


def wanted(setting: str) -> str:
    """Return what to use: the environment's word, else the setting."""
    return os.environ.get(VARIABLE, "") or setting


def source_of(value: str) -> FrameSource:
    """Return the source that ``value`` means; imports OpenCV, so call it off the main thread."""
    from perpusdesk.scan.footage import ImageFolder, VideoFile
    from perpusdesk.scan.webcam import Camera

    if value.startswith(_FOLDER):
        return ImageFolder(Path(value[len(_FOLDER) :]), fps=PICTURES_A_SECOND, hold=HOLD)
    if value.startswith(_VIDEO):
        return VideoFile(Path(value[len(_VIDEO) :]))
    return Camera(int(value) if value.isdecimal() else 0)


def offers(current: str) -> list[Offer]:
    """Return the cameras there are, and ``current`` whatever it is; off the main thread."""
    from perpusdesk.scan.webcam import list_cameras

    found = [Offer(str(choice.index), choice.name) for choice in list_cameras()]
    if current and current not in [offer.value for offer in found]:
        found.append(Offer(current, source_of(current).name))
    return found
