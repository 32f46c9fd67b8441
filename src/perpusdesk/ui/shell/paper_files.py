"""Papers of any screen: made aside, written into the papers' folder, opened to be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from perpusdesk.common.files import write_atomically
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.save_place import ask_place
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.text import refusal_of

D = TypeVar("D")


class PaperFiles(QObject):
    """Reads what a paper says on the database's thread and makes the pages beside it."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._folder = folder

    def make(
        self,
        name: str,
        read: Callable[[], D | Refused],
        pages: Callable[[D], bytes],
        then: Callable[[], object] | None = None,
    ) -> None:
        """Make ``NAME-date.pdf`` and open it to be printed; ``then`` runs when it was written."""

        def told() -> D | Said:
            found = read()
            return say_refusal(found, self._desk) if isinstance(found, Refused) else found

        def go_on(found: D | Said) -> None:
            if isinstance(found, Said):
                self._refuse(found)
                return
            file = self._file(name)
            self._tasks.aside(
                lambda: write_atomically(file, pages(found)),
                lambda _none: self._written(file, then),
                owner=self,
            )

        self._tasks.run(told, go_on, owner=self)

    def save(
        self,
        parent: QWidget,
        name: str,
        write: Callable[[Desk, Path], int | Refused],
    ) -> None:
        """Ask where to save a workbook, then write it beside the desk's work."""
        path = ask_place(parent, name, ["xlsx"])
        if path is None:
            return

        def work() -> int | Said:
            with self._desk.beside() as desk:
                found = write(desk, path)
                return say_refusal(found, desk) if isinstance(found, Refused) else found

        self._tasks.aside(work, lambda found: self._saved(path, found), owner=self)

    def make_beside(
        self, name: str, read: Callable[[Desk], D | Refused], pages: Callable[[D], bytes]
    ) -> None:
        """Make a paper as ``make`` does, all of it beside the desk's work: for long lists."""

        def work() -> Path | Said:
            with self._desk.beside() as desk:
                found = read(desk)
                if isinstance(found, Refused):
                    return say_refusal(found, desk)
            file = self._file(name)
            write_atomically(file, pages(found))
            return file

        told = _("The pages are being made; you can go on working.")
        self._messages.toast(told, replace="paper")
        self._tasks.aside(work, self._made, owner=self)

    def show(self, file: Path) -> None:
        """Open a file that was written, and say its name."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        told = _("Open to be printed: {file}").format(file=file.name)
        self._messages.toast(told, tone="ok", replace="paper")

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}-{datetime.now():%Y%m%d-%H%M%S-%f}.pdf"

    def _refuse(self, said: Said) -> None:
        self._messages.problem(refusal_of(said))

    def _made(self, found: Path | Said) -> None:
        if isinstance(found, Said):
            self._refuse(found)
        else:
            self._messages.solved()
            self.show(found)

    def _saved(self, path: Path, found: int | Said) -> None:
        if isinstance(found, Said):
            self._refuse(found)
            return
        self._messages.solved()
        rows = ngettext("{n} row", "{n} rows", found).format(n=number(found))
        told = _("{file} was saved with {rows}.").format(file=path.name, rows=rows)
        self._messages.toast(told, tone="ok")

    def _written(self, file: Path, then: Callable[[], object] | None) -> None:
        self.show(file)
        if then is not None:
            then()
