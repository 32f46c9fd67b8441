"""The window before the desk: one quiet page in the middle, never a dialog."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from perpusdesk.ui.kit.words import words

WIDEST = 720


@runtime_checkable
class HasPlace(Protocol):
    """A page of the start that the manual explains."""

    @property
    def help_place(self) -> str:
        """Return what the manual's table calls it."""


class StartWindow(QWidget):
    """Shows one page at a time; ``left`` comes when somebody closes it."""

    left = Signal()
    help_asked = Signal(str)
    """The place that somebody wants to read about."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("PerpusDesk")
        self.page: QWidget | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.resize(900, 660)

    def show_page(self, page: QWidget) -> None:
        """Show ``page`` instead of the one before, with the keyboard in it."""
        self.page = page
        before = self._area.takeWidget()
        if before is not None:
            before.setParent(self)  # one of its buttons may be what brought us here
            before.hide()
            before.deleteLater()
        self._area.setWidget(_in_the_middle(page))
        self.show()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_help(self) -> None:
        """Ask for the page of the manual about what is shown (F1)."""
        page: object = self.page
        self.help_asked.emit(page.help_place if isinstance(page, HasPlace) else "start")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, as the window's own cross does."""
        if event.key() == Qt.Key.Key_F1:
            self.ask_help()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nobody wants to go on."""
        super().closeEvent(event)
        self.left.emit()


def _in_the_middle(page: QWidget) -> QWidget:
    ground = QWidget()
    page.setMaximumWidth(WIDEST)
    middle = QVBoxLayout()
    middle.setSpacing(32)
    middle.addWidget(words("PerpusDesk", "body", "muted", strong=True))
    middle.addWidget(page, 1)
    row = QHBoxLayout(ground)
    row.setContentsMargins(48, 32, 48, 32)
    row.addStretch(1)
    row.addLayout(middle, 20)
    row.addStretch(1)
    return ground
