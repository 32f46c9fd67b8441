"""How long a test waits for what has to come: as long as a slow machine may need, no longer.

Whoever waits for a condition goes on as soon as it holds, so a generous limit costs nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from pytestqt.qtbot import QtBot

PATIENCE: Final = 60_000
"""Milliseconds; less than the limit of a whole test."""


def patient(bot: QtBot) -> QtBot:
    """Let the robot wait by default as long as a machine with ten things to do at once needs."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(bot, name, partial(getattr(bot, name), timeout=PATIENCE))
    return bot
