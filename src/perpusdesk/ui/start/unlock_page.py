"""A library that is locked: why, and the code that opens it; nothing of it is shown before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.wording.faults import Told
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.recovery_entry import RecoveryEntry
from perpusdesk.ui.kit.words import Divider, picture, words
from perpusdesk.ui.start.pages import Step


class UnlockPage(QWidget):
    """What happened, the way that is usual (``first``), the recovery code, and the ways out."""

    help_place = "start/locked"

    def __init__(
        self, told: Told, entry: RecoveryEntry, steps: Sequence[Step], first: Step | None = None
    ) -> None:
        super().__init__()
        self.entry = entry
        make = button if first else primary_button
        self.open_button = make(_("Open"), entry.entered.emit, keys="Enter")
        self.buttons = [button(*step) for step in steps]
        self.first = primary_button(*first) if first else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(picture("lock", "accent", 48))
        column.addWidget(words(told.what, "title", strong=True, wrap=True))
        for sentence in (told.safe, told.todo):
            if sentence:
                column.addWidget(words(sentence, "lead", wrap=True))
        column.addSpacing(8)
        if self.first is not None:
            column.addLayout(_row(self.first))
            column.addWidget(Divider())
            column.addWidget(words(_("Or open it by the recovery code:"), wrap=True))
        column.addWidget(entry)
        column.addSpacing(12)
        column.addLayout(_row(self.open_button, *self.buttons, help_button()))
        column.addStretch(2)
        self.setAccessibleName(told.what)
        self.setFocusProxy(self.first or entry)
        announce(self, str(told))


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
