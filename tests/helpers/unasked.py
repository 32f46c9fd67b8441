"""What a program does by itself some seconds after its start: in a test, when the test asks."""

from __future__ import annotations

from typing import Final

import pytest

from perpusdesk.app import chores, guarding_data

_NEVER: Final = 24 * 3600 * 1000


def hold_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first looks wait for the test's call.

    A slow machine comes to those seconds in the middle of a test, a quick one never does; what they
    write would be there by chance.
    """
    monkeypatch.setattr(chores, "FIRST_AFTER", _NEVER)
    monkeypatch.setattr(guarding_data, "FIRST_AFTER", _NEVER)
