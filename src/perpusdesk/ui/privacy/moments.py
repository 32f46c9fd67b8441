"""A time of day as people type it: ``14.05``, ``14:05``, ``1405``, ``9``."""

from __future__ import annotations

import datetime
import re
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from perpusdesk.common.formats import clock_time

_TIME: Final = re.compile(r"(\d{1,2})(?:\D(\d{2}))?|(\d{2})(\d{2})")


def parse_time(text: str) -> datetime.time | None:
    """Return the time in ``text``, or ``None`` when it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = found.group(1) or found.group(3), found.group(2) or found.group(4) or "0"
    if int(hour) > 23 or int(minute) > 59:
        return None
    return datetime.time(int(hour), int(minute))


class TimeEdit(QLineEdit):
    """A time of day typed by hand."""

    def __init__(self, value: datetime.time | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(5)
        if value is not None:
            self.setText(clock_time(value))

    def time(self) -> datetime.time | None:
        """Return the time that is typed, if it is one."""
        return parse_time(self.text())
