"""A hand that holds one picture after another before the camera, for the demo and for tests."""

from __future__ import annotations

from typing import Final

from perpusdesk.scan.types import Picture


class HeldFrames:
    """A ``FrameSource`` that shows what it was given last, again and again."""

    is_live: Final = False

    def __init__(self, picture: Picture, name: str = "demo") -> None:
        self.interval = 0.1
        self.name = name
        self.shown = 0
        self._picture = picture

    def hold(self, picture: Picture) -> None:
        """Show this picture from now on."""
        self._picture = picture

    def open(self) -> None:
        """Nothing needs to be got ready."""

    def read(self) -> Picture | None:
        """Return a copy of what is held."""
        self.shown += 1
        return self._picture.copy()

    def close(self) -> None:
        """Nothing needs to be let go."""
