"""Saving the form, and what follows: the next book, or back to the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.cataloguing.add_copies import AddedCopies
from perpusdesk.services.cataloguing.save_title import SavedTitle, save_title
from perpusdesk.services.cataloguing.title_form import TitleForm
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, NoticeKind
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage

Labels = Callable[[Sequence[UUID]], object]
"""Told which new copies want a sticker."""


class Saving(QObject):
    """``labels`` prints stickers; while it is ``None`` none are offered."""

    def __init__(self, page: EditorPage, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks, self._messages = page, desk, tasks, messages
        self._sent = False
        self.labels: Labels | None = None
        self.last: Sequence[UUID] = ()
        """The copies that were made with the title saved last."""

    def save(self) -> None:
        """Save, or show what is missing."""
        page, work = self._page, self._page.work
        if work is None or self._sent or not page.raw.settled():
            return
        form, opened = work.filled(), work.opened
        if not form.text("title"):
            self._missing_title()
            return
        copies = page.view.copies.wanted() if work.is_new else None
        wrong = page.view.copies.wrong() if copies else {}
        if wrong:
            page.view.copies.show_errors(wrong)
            return
        self._sent = True
        page.doing.run(
            lambda: save_title(self._desk, form, opened, copies=copies),
            lambda done: self._saved(done, form, work),
            say=lambda _done: text.saved_title(form.text("title")),
            refused=self._refused,
        )
        self._tasks.run(lambda: None, lambda _none: self._over(), owner=self)

    def made(self, copies: Sequence[UUID]) -> None:
        """Remember the copies that were made last, for their stickers."""
        self.last = copies

    def added(self, title: UUID, name: str, value: AddedCopies) -> None:
        """Copies went to a title that was here: begin the next book, and offer their stickers."""
        page = self._page
        if page.work is not None:
            page.drafts.forget(page.work)
        self.made(value.copies)
        page.begin.next_book()
        words = text.joined(name, text.added(value.barcodes))
        self._tasks.run(lambda: None, lambda _none: self._offer(words, title), owner=self)

    def print_labels(self) -> None:
        """Print stickers for the copies made last."""
        if self.labels is not None and self.last:
            self.labels(self.last)

    def _over(self) -> None:
        self._sent = False

    def _missing_title(self) -> None:
        page = self._page
        if page.work is not None:
            page.work.seen.update(page.work.form.values)
        page.check()
        page.view.bring("title")

    def _saved(self, done: Done[SavedTitle], form: TitleForm, work: Work) -> None:
        page, value = self._page, done.value
        page.drafts.forget(work)
        if value.meanwhile:
            self._say_meanwhile(done)
        if not work.is_new:
            page.close(value.title)
            return
        page.covers.saved(value.title)
        self.last = value.copies
        page.begin.next_book()
        self._tasks.run(lambda: None, lambda _none: self._say_saved(form, value), owner=self)

    def _say_saved(self, form: TitleForm, value: SavedTitle) -> None:
        self._offer(text.saved(form.text("title"), form.text("call_number"), value), value.title)

    def _offer(self, words: str, title: UUID) -> None:
        steps = []
        if self.labels is not None and self.last:
            stickers = button(_("Print stickers"), self.print_labels, icon="print", keys="Ctrl+P")
            steps.append(stickers)
        see = quiet_button(_("Open"), lambda: self._page.open_other(title), icon="book")
        self._page.view.saved.say(words, *steps, see, icon="check", tone="ok")

    def _say_meanwhile(self, done: Done[SavedTitle]) -> None:
        for notice in done.notices:
            if notice.kind is NoticeKind.EDITED_MEANWHILE:
                problem = Problem(
                    text.meanwhile(done.value.meanwhile),
                    _("Yours counts now; both are kept."),
                    _("Look under Changes, and ask who is right."),
                )
                self._messages.problem(problem)

    def _refused(self, refused: Refused, said: Said) -> bool:
        if refused.reason is Reason.TITLE_MISSING:
            self._missing_title()
            return True
        return False
