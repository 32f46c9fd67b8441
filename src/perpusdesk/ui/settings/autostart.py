"""Whether the program starts with the computer; the system is asked each time this is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.autostart import (
    Autostart,
    AutostartState,
    autostart_state,
    set_autostart,
)
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings.editors import tick


class AutostartPart(QWidget):
    """A tick, and a sentence where there is something to say about it."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.tick = tick(_("Start when the computer starts"), self._wish)
        self.said = words("", "caption", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        self.said.hide()

    def refresh(self) -> None:
        """Ask the system how it stands."""
        self._tasks.aside(autostart_state, self._show, owner=self)

    def _wish(self, on: bool) -> None:
        self.tick.setEnabled(False)
        self._tasks.aside(lambda: set_autostart(on), self._show, owner=self)

    def _show(self, state: AutostartState) -> None:
        self.tick.blockSignals(True)
        self.tick.setChecked(bool(state.command))
        self.tick.blockSignals(False)
        self.tick.setEnabled(state.standing is not Autostart.IMPOSSIBLE)
        sentence = said(state)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))


def said(state: AutostartState) -> str:
    """Return what there is to say of it; nothing while all is as the tick shows."""
    if state.standing is Autostart.IMPOSSIBLE:
        return _("This system has no place for that; use its own settings.")
    if state.standing is Autostart.REFUSED:
        return _("The system does not let this be changed; ask who looks after this computer.")
    if state.standing is Autostart.OTHER:
        text = _("Another copy of the program starts: {command}. Tick anew to start this one.")
        return text.format(command=state.command)
    return ""
