"""The record's own lines, with the meaning of the line at the cursor and the steps below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.raw_view import RawView
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.words import words

_PAUSE = 250


class RawRoom(QWidget):
    """``edited`` tells that the lines changed, a moment after the last letter."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view = RawView()
        self.meaning = words("", tone="muted", wrap=True)
        self._steps = Flow(
            quiet_button(_("New field"), self._insert, icon="plus", keys="Enter"),
            quiet_button(_("Remove field"), self._remove, icon="trash", keys="Ctrl+Del"),
            quiet_button(_("Up"), lambda: self.view.move_line(-1), keys="Alt+↑"),
            quiet_button(_("Down"), lambda: self.view.move_line(1), keys="Alt+↓"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.meaning)
        column.addWidget(self._steps)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.edited)
        self.view.textChanged.connect(self._pause.start)
        self.view.textChanged.connect(self._explain)
        self.view.line_changed.connect(lambda _line: self._explain())

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show a record's lines."""
        self._pause.stop()
        self.view.show_lines(lines)
        self._explain()

    def settle(self) -> None:
        """Take in at once what was typed last."""
        if self._pause.isActive():
            self._pause.stop()
            self.edited.emit()

    def mark(self, tones: Mapping[int, Tone]) -> None:
        """Mark lines by what is said of them."""
        self.view.mark(tones)

    def _explain(self) -> None:
        lines = self.view.lines()
        line = lines[self.view.line] if self.view.line < len(lines) else ""
        self.meaning.setText(text.meaning(line))

    def _insert(self) -> None:
        self.view.insert_line()
        self.view.setFocus()

    def _remove(self) -> None:
        self.view.remove_line()
        self.view.setFocus()
