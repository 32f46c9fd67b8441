"""How an import ended, in a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.transfer.import_history import RunState

_STATES: Final[Mapping[RunState, str]] = {
    RunState.DONE: N_("Done"),
    RunState.STOPPED: N_("Stopped"),
    RunState.INTERRUPTED: N_("Interrupted"),
    RunState.UNDONE: N_("Undone"),
}


def say_state(state: RunState) -> str:
    """Return how an import ended."""
    return _(_STATES[state])
