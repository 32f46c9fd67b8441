"""The three parts of the screen, and what ties them together."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.transfer.handing_out import HandingOut
from perpusdesk.ui.transfer.history import History
from perpusdesk.ui.transfer.intake import Intake


class Parts(QObject):
    """Moving in, moving out, and the imports so far."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self.intake = Intake(desk, tasks, messages)
        self.handing = HandingOut(desk, tasks, messages)
        self.history = History(desk, tasks, messages, lambda: self.intake.busy)
        self.history.resume_asked.connect(self.intake.resume)
        self.history.undo_asked.connect(self.intake.undo)
        self.history.shown.connect(self._say_broken_off)
        self.intake.changed.connect(self.history.refresh)

    def tabs(self) -> list[tuple[str, QWidget]]:
        """Return the tabs from left to right."""
        return [
            (self.intake.title, self.intake.room),
            (self.handing.title, self.handing.room),
            (self.history.title, self.history.widget),
        ]

    def refresh(self) -> None:
        """Bring everything up to date."""
        self.intake.refresh()
        self.history.refresh()
        self.handing.refresh()

    def _say_broken_off(self) -> None:
        """Offer to go on with an import that the power broke off."""
        line, bar = self.history.broken_off(), self.intake.room.bar
        if line is None:
            bar.clear()
            return
        happened = _("The import of {when} was interrupted: {files}").format(
            when=date_and_time(line.begun), files=line.names
        )
        steps = [(_("Undo this import"), lambda: self.intake.undo(line.run))]
        if line.resumable:
            steps.insert(0, (_("Go on"), lambda: self.intake.resume(line)))
        safe = _("What is in is safe; going on passes over it.")
        bar.say(Problem(happened, safe, steps=steps))
