"""What a program does by itself every few seconds or minutes: in a test, when the test asks."""

from __future__ import annotations

from typing import Final

import pytest

from perpusdesk.app import chores, guarding_data

_NEVER: Final = 24 * 3600 * 1000


def hold_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the looks at day and disk, and the writing of the access log, wait for the test's call.

    A slow machine comes to those seconds in the middle of a test, a quick one never does; what they
    write, or fail to write on a full disk, would be there by chance.
    """
    for module, name in (
        (chores, "FIRST_AFTER"),
        (chores, "EVERY"),
        (guarding_data, "FIRST_AFTER"),
        (guarding_data, "WRITE_EVERY"),
    ):
        monkeypatch.setattr(module, name, _NEVER)
