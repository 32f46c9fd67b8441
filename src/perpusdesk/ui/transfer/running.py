"""Work under way: what, how far, how long still, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.words import words

_STEPS = 1000
_WIDEST = 720


class RunningView(QWidget):
    """``stop_asked`` tells that somebody wants it to stop."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = words("", "title", strong=True, wrap=True)
        self.note = words("", tone="muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.far = words("", figures=True, wrap=True)
        self.cancel = button(_("Cancel"), self._stop, icon="close")
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.note)
        column.addSpacing(12)
        column.addWidget(self.bar)
        column.addWidget(self.far)
        column.addSpacing(4)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(inner, 1)
        row.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 24, 8, 16)
        outer.addLayout(row)
        outer.addStretch(1)

    def begin(self, heading: str, note: str, *, stoppable: bool = True) -> None:
        """Show that this has begun; nobody knows yet how long it takes."""
        self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.bar.setAccessibleName(heading)
        self.bar.setRange(0, 0)
        self.far.setText(_("It begins …"))
        self.cancel.setVisible(stoppable)
        self.cancel.setEnabled(True)
        announce(self, heading)

    def show_far(self, share: float | None, far: str) -> None:
        """Show how far it is; without a share nobody knows how much there is."""
        self.bar.setRange(0, 0 if share is None else _STEPS)
        if share is not None:
            self.bar.setValue(round(min(1.0, share) * _STEPS))
        self.far.setText(far)

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.far.setText(_("Stopping after the part at hand …"))
        self.stop_asked.emit()
