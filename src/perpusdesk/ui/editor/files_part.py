"""Files and links of a title: attached, opened, described."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing.attachments import (
    ACCESS,
    About,
    Attachment,
    attach_file,
    attach_link,
    attachments_of,
    edit_attachment,
    remove_attachment,
    to_open,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.editor import belongings_text as text
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tasks import Tasks

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage


class FilesPart(QWidget):
    """The list; files can be dropped on it."""

    def __init__(self, control: FilesControl) -> None:
        super().__init__()
        self._control = control
        self.setAcceptDrops(True)
        self.list = ChosenList(
            _("Files and links"), text.file_row, self._steps, _("No file is attached.")
        )
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(4, 8, 8, 16)
        inner.setSpacing(12)
        add = button(_("Attach a file"), control.choose_file, icon="folder")
        link = button(_("Add a link"), control.ask_link, icon="plus")
        inner.addWidget(Flow(add, link))
        inner.addWidget(self.list)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(room))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._control.attach(Path(url.toLocalFile()))

    def _steps(self, one: Attachment) -> Sequence[QPushButton]:
        control = self._control
        return (
            button(_("Open"), lambda: control.open(one), icon="file"),
            button(_("Describe"), lambda: control.describe(one), icon="edit"),
            quiet_button(_("Remove"), lambda: control.remove(one), icon="trash"),
        )


class FilesControl(QObject):
    """Between the list and the services."""

    def __init__(self, page: EditorPage, desk: Desk, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks = page, desk, tasks
        self.opener = QDesktopServices.openUrl
        self.part = FilesPart(self)

    def refresh(self) -> None:
        """Read the list anew."""
        title = self._page.title_id
        if title is not None:
            self._tasks.run(
                lambda: attachments_of(self._desk, title), self.part.list.show_records, owner=self
            )

    def choose_file(self) -> None:
        """Ask for a file."""
        name, _kind = QFileDialog.getOpenFileName(self.part, _("Attach a file"))
        if name:
            self.attach(Path(name))

    def attach(self, file: Path) -> None:
        """Attach a file; it can be described afterwards."""
        title = self._page.title_id
        if title is not None:
            self._page.doing.run(lambda: attach_file(self._desk, title, file, About()))

    def ask_link(self) -> None:
        """Ask for the address of a link."""
        title = self._page.title_id
        if title is None:
            return
        link = Field(_("Address"), QLineEdit("https://"), required=True, name="link")
        name = Field(_("Name"), QLineEdit(), name="name")
        self._page.view.ask.ask(
            _("Add a link"),
            (link, name),
            _("Add"),
            lambda: self._page.doing.run(
                lambda: attach_link(self._desk, title, link.edit.text(), About(name.edit.text()))
            ),
            check=lambda: missing(("link", link.edit.text().strip())),
        )

    def describe(self, one: Attachment) -> None:
        """Ask for name, terms and readers of a file."""
        name = Field(_("Name"), QLineEdit(one.name), name="name")
        access = Field(_("Who may read it"), Choice([(text.access_name(a), a) for a in ACCESS]))
        access.edit.choose(one.access)
        licence = Field(_("Licence or terms"), QLineEdit(one.licence))
        note = Field(_("Note"), QLineEdit(one.note))

        def save() -> None:
            about = About(
                name.edit.text(),
                licence.edit.text(),
                access.edit.value() or one.access,
                note.edit.text(),
            )
            self._page.doing.run(lambda: edit_attachment(self._desk, one.id, about))

        fields = (name, access, licence, note)
        self._page.view.ask.ask(_("Describe the file"), fields, _("Save"), save, columns=2)

    def remove(self, one: Attachment) -> None:
        """Take a file off the title."""
        self._page.doing.run(lambda: remove_attachment(self._desk, one.id))

    def open(self, one: Attachment) -> None:
        """Open a file or link with the system's program."""

        def find() -> tuple[Path | str | None, Said | None]:
            found = to_open(self._desk, one.id)
            if isinstance(found, Refused):
                return None, say_refusal(found, self._desk)
            return found, None

        def show(answer: tuple[Path | str | None, Said | None]) -> None:
            found, said = answer
            if isinstance(found, Path):
                self.opener(QUrl.fromLocalFile(str(found)))
            elif found is not None:
                self.opener(QUrl(found))
            elif said is not None:
                self._page.doing.refuse(said)

        self._tasks.run(find, show, owner=self)
