"""Saving the members' list: first the reason, which is recorded, then the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_formats import ExportFormat
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.hand_out import hand_out
from perpusdesk.services.member_sheet import member_sheet
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.list_saver import ListSaver
from perpusdesk.ui.shell.messages import Messages


class ListSaving(QObject):
    """Asks in ``ask`` why members' data leaves the library, notes it, and saves by ``saver``."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.saver = ListSaver(desk, tasks, messages)
        self.ask = AskCard()

    def begin(self, ids: Sequence[UUID]) -> None:
        """Ask for the reason; nothing is asked for an empty list."""
        if not ids:
            return
        hint = _("It is recorded with your name.")
        reason = Field(_("Reason"), QLineEdit(), hint=hint, required=True, name="reason")
        self.ask.ask(
            _("Why does this list leave the library?"),
            [reason],
            _("Save as XLSX"),
            lambda: self._save(member_sheet(ids), reason.edit.text()),
            check=lambda: missing(("reason", reason.edit.text().strip())),
        )

    def _save(self, sheet: ListSheet, reason: str) -> None:
        path = self.saver.place(sheet)
        if path is None:
            return

        def note() -> str:
            answer = hand_out(self._desk, ExportFormat.MEMBERS, reason, len(sheet.ids))
            return say_refusal(answer, self._desk).what if isinstance(answer, Refused) else ""

        self._tasks.run(note, lambda no: self._noted(no, sheet, path), owner=self)

    def _noted(self, refusal: str, sheet: ListSheet, path: Path) -> None:
        if refusal:
            self._messages.toast(refusal, tone="warn")
        else:
            self.saver.write(sheet, path)
