"""After printing: was it printed well? Only then is anything taken off the queue."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.in_page import InPage
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.labels import text


class SentBar(InPage):
    """``well`` carries how many labels, from the first, came out well."""

    well = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._labels = 0
        self._said = words("", strong=True, wrap=True)
        self._more = words(
            _("Nothing leaves the queue before you say so."), "caption", "muted", wrap=True
        )
        self.all = primary_button(_("Printed well"), lambda: self._tell(self._labels), icon="check")
        self.count = QSpinBox()
        named(self.count, _("How many were printed well"))
        self.some = button(_("Only the first"), lambda: self._tell(self.count.value()))
        self.none = quiet_button(_("Not printed"), self.leave, keys="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (self._said, self._more, Flow(self.all, self.some, self.count, self.none)):
            column.addWidget(part)

    def ask(self, labels: int, printer: str) -> None:
        """Ask for a print of so many labels."""
        self._labels = labels
        self._said.setText(text.asked(labels, printer))
        self.count.setRange(1, max(1, labels - 1))
        self.count.setValue(max(1, labels - 1))
        for part in (self.some, self.count):
            part.setVisible(labels > 1)
        self.come(self.all)

    def _tell(self, labels: int) -> None:
        self.leave()
        self.well.emit(labels)
