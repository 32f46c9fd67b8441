"""Where frames come from: one small interface, kept by cameras, folders and video files."""

from __future__ import annotations

from typing import Protocol

from perpusdesk.scan.types import Picture


class FrameSource(Protocol):
    """Something that yields frames, used by one thread at a time.

    ``open`` and ``read`` raise ``KnownError``: ``CAMERA_LOST`` when a camera is missing, taken
    by another program or silent, ``UNREADABLE_FILE`` when files cannot be used.
    """

    @property
    def name(self) -> str:
        """Return what a person calls it: "Camera 1", the name of the folder or file."""

    @property
    def is_live(self) -> bool:
        """Tell whether frames pass by themselves (a camera) or wait to be read (files)."""

    @property
    def interval(self) -> float:
        """Return the seconds from one frame to the next that the reader keeps (0: no pause)."""

    def open(self) -> None:
        """Get ready to read; harmless when open already."""

    def read(self) -> Picture | None:
        """Return the next frame (8-bit gray or BGR, not reused), ``None`` at the end of files.

        A live source waits for its next frame; files answer at once.
        """

    def close(self) -> None:
        """Let go of the device or file; harmless when closed; may be opened again."""
