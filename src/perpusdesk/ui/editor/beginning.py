"""Opens forms: blank, from a draft, from a template, of a title, as a copy of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.materials import BOOK
from perpusdesk.services.desk import Desk
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.opening import (
    Opening,
    read_copy,
    read_draft,
    read_edit,
    read_new,
    read_template,
)
from perpusdesk.ui.editor.view import Part
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage

_SERIAL: Final = "serial"


class Beginning(QObject):
    """What was not saved in the form before is kept as a draft."""

    def __init__(self, page: EditorPage, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks, self._messages = page, desk, tasks, messages

    def new(self, *, fresh: bool = False) -> None:
        """Open the form of a new title, with what was not saved last time unless ``fresh``."""
        if self._page.work is not None and self._page.work.is_new and not fresh:
            self._page.view.bring("isbn")
            return
        kind = self._page.view.material.value() or BOOK
        self._read(lambda: read_new(self._desk, kind, fresh=fresh))

    def with_isbn(self, isbn: str) -> None:
        """Open a blank form for the book with this ISBN, and look it up."""
        kind = self._page.view.material.value() or BOOK

        def show(opening: Opening) -> None:
            self._open(opening)
            self._page.take_isbn(isbn)

        if self._page.work is not None:
            self._page.drafts.keep()
        self._tasks.run(lambda: read_new(self._desk, kind, fresh=True), show, owner=self)

    def draft(self, mark: UUID) -> None:
        """Open the form of a new title as it was kept."""
        self._read(lambda: read_draft(self._desk, mark))

    def template(self, template: UUID) -> None:
        """Open the form of a new title that begins as a template."""
        self._read(lambda: read_template(self._desk, template))

    def edit(self, title: UUID, *, fresh: bool = False) -> None:
        """Open the form of a title, with what was not saved last time."""
        self._read(lambda: read_edit(self._desk, title, fresh=fresh))

    def copy(self, title: UUID) -> None:
        """Open the form of a new title that begins as another one."""
        self._read(lambda: read_copy(self._desk, title))

    def _read(self, work: Callable[[], Opening | Refused]) -> None:
        if self._page.work is not None:
            self._page.drafts.keep()
        self._tasks.run(work, self._open, owner=self)

    def _open(self, opening: Opening | Refused) -> None:
        if isinstance(opening, Refused):
            self._messages.toast(_("This title is not in the library any more."), tone="warn")
            self._page.close(None)
            return
        page, new = self._page, opening.opened is None
        work = page.work = Work(opening.form, opening.started, opening.mark, opening.opened)
        if not new:
            work.seen.update(opening.form.values)
        page.raw.forget()
        page.known.forget()
        page.view.show_heading(new=new, serial=opening.form.material == _SERIAL)
        page.view.copies.begin(opening.choices, opening.kinds, opening.copies)
        page.view.ask.leave()
        page.view.saved.hide()
        self._say_drafts(opening)
        page.show_form()
        page.covers.begin()
        page.view.show_part(Part.FORM)
        page.view.begin("isbn" if new and "isbn" in page.shown_fields() else "title")
        if new and not opening.from_draft:
            work.seen.clear()  # the field that the keyboard just left was another form's
            page.check()
        page.shown.emit()

    def _say_drafts(self, opening: Opening) -> None:
        notice = self._page.view.draft
        notice.hide()
        if opening.from_draft:
            again = button(_("Start afresh"), self.afresh)
            notice.say(_("This draft was not saved yet."), again, icon="note")
        elif opening.waiting:
            last = opening.waiting[-1]
            see = button(_("Open the draft"), lambda: self.draft(last))
            notice.say(text.waiting(len(opening.waiting)), see, icon="note", tone="text")

    def afresh(self) -> None:
        """Throw away what was not saved."""
        work = self._page.work
        if work is None:
            return
        title = self._page.title_id
        self._page.drafts.forget(work)
        self._page.work = None
        if title is None:
            self.new(fresh=True)
        else:
            self.edit(title, fresh=True)

    def next_book(self) -> None:
        """Begin the next title; kind of material and copies stay as they were chosen."""
        self._page.work = None
        self.new(fresh=True)
