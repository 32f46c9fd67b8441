"""A member's papers: the card and the clearance letter, as PDF files that are opened to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

OpenFile = Callable[[Path], object]
Told = Callable[[Refused, Said], object]
_Made = tuple[bytes, None] | tuple[Refused, Said]


def open_file(file: Path) -> None:
    """Open a file in the program that shows such files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


class Papers(QObject):
    """Reads on the database's thread, writes beside it, opens what was written."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        folder: Path,
        opener: OpenFile = open_file,
    ) -> None:
        """``folder`` is where the files are written."""
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._folder, self._opener = folder, opener

    def card(self, member: UUID, refused: Told) -> None:
        """Make the member's card."""
        self._tasks.run(lambda: self._card(member), lambda made: self._take(made, "card", refused))

    def letter(self, member: UUID, purpose: str, refused: Told) -> None:
        """Make the clearance letter, or tell ``refused`` what is still owed."""
        self._tasks.run(
            lambda: self._letter(member, purpose),
            lambda made: self._take(made, "letter", refused),
        )

    def _card(self, member: UUID) -> _Made:
        from perpusdesk.printing.cards import card_pages
        from perpusdesk.services.circulation.papers import card_paper

        data = card_paper(self._desk, member)
        return self._said(data) if isinstance(data, Refused) else (card_pages([data]), None)

    def _letter(self, member: UUID, purpose: str) -> _Made:
        from perpusdesk.printing.clearance import clearance_letter
        from perpusdesk.services.circulation.papers import clearance_paper

        data = clearance_paper(self._desk, member, purpose=purpose.strip())
        return self._said(data) if isinstance(data, Refused) else (clearance_letter(data), None)

    def _said(self, refused: Refused) -> tuple[Refused, Said]:
        return refused, say_refusal(refused, self._desk)

    def _take(self, made: _Made, name: str, refused: Told) -> None:
        if isinstance(made[0], Refused):
            assert made[1] is not None
            refused(made[0], made[1])
            return
        pdf = made[0]
        file = self._folder / f"{name}-{datetime.now():%Y%m%d-%H%M%S-%f}.pdf"
        self._tasks.aside(lambda: write_atomically(file, pdf), lambda _none: self._written(file))

    def _written(self, file: Path) -> None:
        self._opener(file)
        told = _("Open to be printed: {file}").format(file=file.name)
        self._messages.toast(told, tone="ok")
