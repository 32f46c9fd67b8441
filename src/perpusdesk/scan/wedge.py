"""Keys of a USB scanner: telling its bursts from a person's typing, by pace alone.

Pure: fed with every key's text and its time in milliseconds (the event's own time stamp, not the
time it was handled), it answers with a complete ``Burst`` when Enter or Tab ends one. A person's
typing never makes a burst; the caller lets it through as ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_LENGTH: Final = 512
"""Characters of a scan that anything is done with; codes of a library have fewer than 64."""

CLOCK_STEP_MS: Final = 20.0
"""What the time of a key may be wrong by: some systems count it in steps of 16 ms."""

STALL: Final = 4
"""How many times the usual pause a burst that has begun may halt once the computer is busy."""

ENTER: Final = frozenset({"\r", "\n", "\r\n"})
TAB: Final = "\t"


class Trouble(StrEnum):
    """Why the text of a burst must not be taken as a code without a word."""

    TOO_LONG = "too_long"  # cut at MAX_LENGTH
    MIXED = "mixed"  # two scanners at once, or a code of several lines
    CONTROL = "control"  # control characters inside


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """How this desk's scanner types; ``wedge_learn.learn`` proposes them from one test scan.

    ``gap_ms`` is the longest pause between two keys of a burst; ``prefix`` and ``suffix`` are
    taken off where present; ``pace_ms`` is the time per key of the fastest scanner here
    (0: unknown), by which keys of two scanners that arrive together are noticed;
    ``ends_alone`` is for a scanner that sends neither Enter nor Tab.
    """

    gap_ms: float = 50.0
    min_length: int = 3
    prefix: str = ""
    suffix: str = ""
    pace_ms: float = 0.0
    ends_alone: bool = False


@dataclass(frozen=True, slots=True)
class Burst:
    """A scanner's keys: ``text`` without prefix, suffix and end; ``typed`` is all that arrived.

    With ``trouble`` the text is to be shown, never acted upon.
    """

    text: str
    typed: str
    ended_by: str
    started_ms: float
    ended_ms: float
    trouble: Trouble | None = None


class WedgeDecoder:
    """Collects keys and yields bursts; one for the whole window."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self.settings = settings or WedgeSettings()
        self._keys: list[str] = []
        self._length = 0
        self._started = 0.0
        self._last: float | None = None
        self._burst_ended: float | None = None
        self._follows = False
        self._torn = self._halted = False
        self._faster = 0.0

    @property
    def pending(self) -> str:
        """Return the keys that arrived at a scanner's pace and are not ended yet."""
        return "".join(self._keys)

    @property
    def looks_like_burst(self) -> bool:
        """Tell whether what is pending is too fast and too long to be typing."""
        return self._length >= self.settings.min_length

    def feed(self, key: str, at_ms: float, *, repeated: bool = False) -> Burst | None:
        """Take one key press (its text, empty for Shift and the like); maybe end a burst.

        ``repeated`` marks the automatic repeats of a key held down, which are never a scanner's.
        """
        if not key:
            return None
        ending = key in ENTER or key == TAB
        paced, before = self._in_pace(at_ms) or self._halts(at_ms, ending), self._last
        self._last = at_ms
        if repeated:
            self.reset()
            return None
        if ending:
            burst = self._ended(key, at_ms) if paced else None
            self.reset()
            return burst
        if not paced:
            self._begin(at_ms, before)
        self._keep(key)
        return None

    def idle(self, at_ms: float) -> Burst | None:
        """End a burst by silence, for a scanner that sends no end; call it from a timer."""
        quiet = self._last is not None and at_ms - self._last > 2 * self.settings.gap_ms
        if not (self.settings.ends_alone and quiet and self._keys):
            return None
        burst = self._ended("", self._last or at_ms)
        self.reset()
        return burst

    def reset(self) -> None:
        """Forget the keys collected so far (focus went elsewhere)."""
        self._keys = []
        self._length = 0

    def _in_pace(self, at_ms: float) -> bool:
        """Tell whether a key follows the one before at a scanner's pace."""
        if self._last is None or not self._keys:
            return False
        return 0 <= at_ms - self._last <= self.settings.gap_ms

    def _halts(self, at_ms: float, ending: bool) -> bool:
        """Tell whether a burst well under way halted here: once, and not before its end.

        Were it cut, its rest would be taken for a code of its own.
        """
        if self._halted or ending or self._last is None or not self.looks_like_burst:
            return False
        self._halted = 0 <= at_ms - self._last <= STALL * self.settings.gap_ms
        return self._halted

    def _begin(self, at_ms: float, before: float | None) -> None:
        self._torn = bool(self._keys) and before is not None and self._soon(at_ms - before)
        self._halted = False
        self.reset()
        self._started = at_ms
        ended = self._burst_ended
        self._follows = ended is not None and 0 <= at_ms - ended <= self.settings.gap_ms

    def _soon(self, pause: float) -> bool:
        """Tell whether a pause is too long for a scanner, but too short to be two things."""
        return 0 <= pause < 2 * self.settings.gap_ms

    def _keep(self, key: str) -> None:
        room = MAX_LENGTH - min(self._length, MAX_LENGTH)
        self._length += len(key)
        self._keys.append(key[:room])

    def _ended(self, by: str, at_ms: float) -> Burst | None:
        if not self.looks_like_burst or self._torn:
            return None
        self._burst_ended = at_ms
        typed = self.pending
        text = self._bare(typed)
        trouble = self._trouble(text, at_ms)
        return Burst(text, typed, by, self._started, at_ms, trouble)

    def _bare(self, typed: str) -> str:
        return typed.removeprefix(self.settings.prefix).removesuffix(self.settings.suffix)

    def _trouble(self, text: str, at_ms: float) -> Trouble | None:
        if self._length > MAX_LENGTH:
            return Trouble.TOO_LONG
        if self._follows or self._twice_as_fast(at_ms) or self._two_prefixes(text):
            return Trouble.MIXED
        if any(not character.isprintable() for character in text):
            return Trouble.CONTROL
        return None

    def _twice_as_fast(self, at_ms: float) -> bool:
        """Tell whether keys came faster than the scanners of this desk can send them.

        Too little to tell is no trouble: two codes in one are not known anyway. Nor is a pace
        that comes again: that is a faster scanner, which nobody told of.
        """
        expected = self._length * self.settings.pace_ms
        took = at_ms - self._started
        if self._length < 6 or took >= 0.6 * expected or expected - took <= CLOCK_STEP_MS:
            return False
        pace, before = took / self._length, self._faster
        self._faster = pace
        return not 0 < before * 0.7 <= pace

    def _two_prefixes(self, text: str) -> bool:
        prefix = self.settings.prefix
        return bool(prefix) and not prefix.isalnum() and prefix in text
