"""Saving a list on the screen; one that names members first wants a reason, which is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.privacy.hand_out import hand_out
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.list_saver import ListSaver
from perpusdesk.ui.shell.messages import Messages


class ListSaving(QObject):
    """Saves by ``saver``; ``ask`` wants to know why members' data leaves the library."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.saver = ListSaver(desk, tasks, messages)
        self.ask = AskCard()

    @property
    def parts(self) -> Sequence[QWidget]:
        """What a screen puts above its list; hidden until it is needed."""
        return (self.ask, self.saver)

    def begin(self, sheet: ListSheet) -> None:
        """Ask for a place, of a list that names members for the reason before; an empty one not."""
        if not sheet.ids:
            return
        if not sheet.people:
            self.saver.save(sheet)
            return
        hint = _("It is recorded with your name.")
        reason = Field(_("Reason"), QLineEdit(), hint=hint, required=True, name="reason")
        self.ask.ask(
            _("Why does this list leave the library?"),
            [reason],
            _("Save as XLSX"),
            lambda: self._save(sheet, reason.edit.text()),
            why=_whose(sheet),
            check=lambda: missing(("reason", reason.edit.text().strip())),
        )

    def _save(self, sheet: ListSheet, reason: str) -> None:
        path = self.saver.place(sheet)
        if path is None:
            return

        def note() -> str:
            answer = hand_out(self._desk, ExportFormat.MEMBERS, reason, sheet.people, sheet.members)
            return say_refusal(answer, self._desk).what if isinstance(answer, Refused) else ""

        self._tasks.run(note, lambda no: self._noted(no, sheet, path), owner=self)

    def _noted(self, refusal: str, sheet: ListSheet, path: Path) -> None:
        if refusal:
            self._messages.toast(refusal, tone="warn")
        else:
            self.saver.write(sheet, path)


def _whose(sheet: ListSheet) -> str:
    words = ngettext("{list}: data of {n} member", "{list}: data of {n} members", sheet.people)
    return words.format(list=sheet.name, n=number(sheet.people))


def save_button(name: str, save: Callable[[], object]) -> QPushButton:
    """Return the quiet button that saves the list of this name."""
    made = quiet_button(_("Save as XLSX"), save, icon="file")
    made.setAccessibleName(_("Save as XLSX: {list}").format(list=name))
    return made
