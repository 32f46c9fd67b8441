"""A scanner's rhythm, told from a hand's: many characters, very close together."""

from __future__ import annotations

from typing import Final

GAP: Final = 0.06
"""Seconds between two keys of one burst, at most."""

FEWEST: Final = 4


class Rhythm:
    """The plainest ``Decoder``: one gap, one least length, no learned prefix or suffix."""

    def __init__(self) -> None:
        self._text = ""
        self._last = 0.0

    def press(self, character: str, at: float) -> None:
        """Take one character, typed at ``at`` seconds."""
        if at - self._last > GAP:
            self._text = ""
        self._text += character
        self._last = at

    def end(self, at: float) -> str | None:
        """Take an Enter or Tab; return the burst before it, if it was one."""
        text, quick = self._text, at - self._last <= GAP
        self._text = ""
        return text if quick and len(text) >= FEWEST else None

    def reset(self) -> None:
        """Forget what was typed."""
        self._text = ""
