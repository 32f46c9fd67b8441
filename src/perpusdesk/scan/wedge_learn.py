"""Learning a scanner from one test scan: its pace, what it puts around a code, what goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from perpusdesk.scan.layouts import readings
from perpusdesk.scan.wedge import ENTER, TAB, WedgeSettings

Key: TypeAlias = tuple[str, float]
"""The text of a key press and its time in milliseconds."""

TYPED_BY_HAND_MS = 90.0
"""Median pause above which a person typed it."""


class LearnProblem(StrEnum):
    """Why a test scan teaches nothing, or what to put right at the computer."""

    NOTHING = "nothing"
    TYPED_BY_HAND = "typed_by_hand"
    OTHER_TEXT = "other_text"
    KEYBOARD = "keyboard"  # Caps Lock, Shift or a layout changed the characters


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one or more test scans taught; ``settings`` is usable unless they are ``None``."""

    settings: WedgeSettings | None
    problem: LearnProblem | None = None


def learn(samples: Sequence[Sequence[Key]], expected: str = "") -> Lesson:
    """Propose settings from test scans of a code whose text is ``expected`` (if known).

    Each sample holds the keys of one scan, its end included. Several scanners of one desk are
    learnt together: the slowest gives the gap, the fastest the pace.
    """
    scans = [[(text, at) for text, at in sample if text] for sample in samples]
    scans = [scan for scan in scans if len(scan) > 2]
    if not scans:
        return Lesson(None, LearnProblem.NOTHING)
    pauses = [sorted(later - at for (_, at), (_, later) in pairwise(scan)) for scan in scans]
    if max(gaps[len(gaps) // 2] for gaps in pauses) > TYPED_BY_HAND_MS:
        return Lesson(None, LearnProblem.TYPED_BY_HAND)
    return _lesson([_text(scan) for scan in scans], pauses, _ends_alone(scans), expected)


def _lesson(texts: list[str], pauses: list[list[float]], ends_alone: bool, expected: str) -> Lesson:
    around = _around(texts[0], expected)
    if expected and around is None:
        return Lesson(None, LearnProblem.OTHER_TEXT)
    prefix, suffix, changed = around or ("", "", False)
    settings = WedgeSettings(
        gap_ms=round(min(100.0, max(50.0, 1.5 * max(gaps[-1] for gaps in pauses) + 10.0)), 1),
        prefix=prefix,
        suffix=suffix,
        pace_ms=round(min(_pace(gaps) for gaps in pauses), 2),
        ends_alone=ends_alone,
    )
    return Lesson(settings, LearnProblem.KEYBOARD if changed else None)


def _pace(gaps: list[float]) -> float:
    """Return the time per key from sorted pauses; one long pause (before the end) says nothing."""
    return min(sum(gaps) / len(gaps), gaps[len(gaps) // 2])


def _around(text: str, expected: str) -> tuple[str, str, bool] | None:
    """Return what stands before and after ``expected``, and whether keys were changed."""
    if not expected:
        return None
    for number, reading in enumerate(readings(text)):
        if expected in reading:
            start = reading.index(expected)
            return text[:start], text[start + len(expected) :], number > 0
    return None


def _text(scan: Sequence[Key]) -> str:
    return "".join(text for text, _ in scan if text not in ENTER and text != TAB)


def _ends_alone(scans: Sequence[Sequence[Key]]) -> bool:
    return any(scan[-1][0] not in ENTER and scan[-1][0] != TAB for scan in scans)
