"""Keeps the record's own lines and the form in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perpusdesk.services.cataloguing.title_form import set_raw
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.raw_lines import Lines, lines_of, read_lines
from perpusdesk.ui.editor.view import Part
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage


class RawControl(QObject):
    """``places`` are the lines of the record's fields while the lines are in front."""

    def __init__(self, page: EditorPage, messages: Messages) -> None:
        super().__init__(page)
        self._page, self._messages = page, messages
        self._lines: Lines | None = None
        page.view.raw.edited.connect(self.read)

    @property
    def places(self) -> tuple[int, ...]:
        """For each field of the record the place of its line."""
        return self._lines.places if self._lines else ()

    def show(self) -> None:
        """Bring the record's lines to the front."""
        page = self._page
        if page.work is None:
            return
        room = page.view.raw
        room.show_lines(lines_of(page.work.form.leader, page.work.form.fields))
        self.read()
        room.view.setFocus()

    def read(self) -> None:
        """Take what stands in the lines into the form."""
        page = self._page
        work = page.work
        if work is None or page.view.part is not Part.RAW:
            return
        self._lines = read_lines(page.view.raw.view.lines(), work.form.fields)
        form = set_raw(work.form, self._lines.fields, self._lines.leader)
        if (form.fields, form.leader) != (work.form.fields, work.form.leader):
            page.change(form, shown=False)
        page.check()

    def settled(self) -> bool:
        """Take in what was typed last; tell whether all of it can be read."""
        view = self._page.view
        if view.part is not Part.RAW:
            return True
        view.raw.settle()
        unread = self._lines.unread if self._lines else ()
        if unread:
            view.raw.view.go_to(unread[0])
            self._messages.toast(text.unread_line(unread[0] + 1), tone="warn", replace="line")
        return not unread

    def forget(self) -> None:
        """The lines are not in front any more."""
        self._lines = None

    def go_to(self, place: int) -> None:
        """Put the cursor into the line of the field at a place of the record."""
        known = 0 <= place < len(self.places)
        self._page.view.raw.view.go_to(self.places[place] if known else 0)
