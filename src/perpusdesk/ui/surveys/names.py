"""The parts of the tab of surveys."""

from __future__ import annotations

from enum import IntEnum


class Room(IntEnum):
    """What fills the tab."""

    SURVEYS = 0
    FORMS = 1
    RESULTS = 2
    BUILDER = 3
    KEYPAD = 4
