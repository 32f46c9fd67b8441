"""Who may move a library in, and take such a run back."""

from __future__ import annotations

from typing import Final

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk

RIGHT: Final = "import"


def may_import(desk: Desk) -> Refused | None:
    """Return why the person at the desk may not import (``RIGHT_MISSING``), or nothing.

    In a library that knows no staff yet everybody may.
    """
    if desk.may(RIGHT) or (desk.staff is None and not desk.people):
        return None
    return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
