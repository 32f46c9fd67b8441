"""The slip of a visit: on the slip printer, as a PDF, or as a message to copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.common.settings import Settings
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.circulation import visit as visits
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.printing.slips import SlipData


class Slips:
    """Makes slips when the desk asks for one; the library is read on its own thread only."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        settings: Callable[[], Settings],
        folder: Path,
    ) -> None:
        """``folder`` is where PDF slips are written when there is no slip printer."""
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._settings, self._folder = settings, folder

    def make(self, how: object) -> None:
        """Make the slip of the open visit: ``"paper"`` or ``"message"``."""
        if how == "message":
            self._tasks.run(self._message, self._copied)
        else:
            self._tasks.run(self._paper, self._print)

    def _message(self) -> str | None:
        from perpusdesk.printing.slip_text import message_slip

        slip = self._slip()
        return message_slip(slip) if slip else None

    def _paper(self) -> tuple[bytes, bytes] | None:
        from perpusdesk.printing.escpos import escpos_slip
        from perpusdesk.printing.slip_pdf import pdf_slip

        slip, roll = self._slip(), self._settings().slip_width
        return (escpos_slip(slip, roll), pdf_slip(slip, roll)) if slip else None

    def _slip(self) -> SlipData | None:
        from perpusdesk.services.circulation.papers import visit_slip

        visit = visits.current_visit(self._desk)
        slip = visit_slip(self._desk, visit.member, visit.since) if visit else None
        return None if isinstance(slip, Refused) else slip

    def _copied(self, text: str | None) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            told = _("Copied. Paste it into the chat with the member.")
            self._messages.toast(told, tone="ok", replace="slip")

    def _print(self, made: tuple[bytes, bytes] | None) -> None:
        if made is None:
            return
        raw, pdf = made
        printer = self._settings().slip_printer
        if printer:
            self._tasks.aside(lambda: _send(raw, printer), self._sent, self._messages.known)
        else:
            self._tasks.aside(lambda: self._write(pdf), self._written, self._messages.known)

    def _write(self, pdf: bytes) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"slip-{datetime.now():%Y%m%d-%H%M%S}.pdf"
        write_atomically(file, pdf)
        return file

    def _written(self, file: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            told = _("The slip is open to be printed: {file}").format(file=file.name)
        else:
            told = _("The slip is saved; no program here opens it: {file}").format(file=file)
        self._messages.toast(told, tone="ok", replace="slip")

    def _sent(self, _done: object) -> None:
        self._messages.solved()
        self._messages.toast(_("Slip sent to the printer"), tone="ok", replace="slip")


def _send(raw: bytes, printer: str) -> None:
    from perpusdesk.printing.devices import send, target_from

    target = target_from(printer)
    if target is None:
        raise KnownError(Fault.PRINTER, target=printer, cause="unknown")
    send(raw, target)
