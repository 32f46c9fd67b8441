"""The way to the server: who we are, where it is, and a test of it step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.devices import DeviceLine
from perpusdesk.ui.exchange import text
from perpusdesk.ui.exchange.checks import Check, check_row
from perpusdesk.ui.exchange.reading import View
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words


class LinePart(QWidget):
    """``test_asked`` asks for the test; other parts (joining) are put in by ``add_part``."""

    test_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self.values: list[QLabel] = []
        self.test = button(_("Test the connection"), self.test_asked.emit, icon="search")
        self.steps = RecordList(_("Test of the connection"), check_row)
        self.steps.fit_rows()
        self.steps.hide()
        room = QWidget()
        self._column = column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(16)
        column.addLayout(self._facts)
        column.addWidget(Flow(self.test))
        column.addWidget(self.steps)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))

    def add_part(self, part: QWidget) -> None:
        """Put a part below."""
        self._column.insertWidget(self._column.count() - 1, part)

    def show_view(self, view: View, moment: datetime) -> None:
        """Show who we are and where the server is."""
        now, own = view.standing, _own(view.devices)
        known = _("its own, pinned when this device joined") if now.pin else _("the system's trust")
        facts = [
            (_("This device"), text.joined(own.name, text.role(now.role)) if own else "–"),
            (_("Number"), str(own.number) if own else "–"),
            (_("Branch"), view.branch or "–"),
            (_("Library"), now.library_name or "–"),
            (_("Server"), text.host(now.server) or "–"),
            (_("Server's certificate"), known),
            (_("This device is let in until"), text.certificate(now.expires_ms, moment)),
        ]
        while self._facts.rowCount():
            self._facts.removeRow(0)
        self.values = []
        for name, value in facts:
            label = words(value, wrap=True, figures=True)
            self.values.append(label)
            self._facts.addRow(words(name, tone="muted"), label)
        self.test.setEnabled(now.enrolled)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show the steps of the test."""
        self.steps.show_records(checks)
        self.steps.setVisible(bool(checks))


def _own(devices: Sequence[DeviceLine]) -> DeviceLine | None:
    return next((one for one in devices if one.own), None)
