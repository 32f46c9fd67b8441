"""Keeps what is entered, every few seconds, so that a power cut takes no book's typing with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from perpusdesk.services.cataloguing.title_drafts import (
    TitleDraft,
    keep_new_draft,
    keep_title_draft,
)
from perpusdesk.services.desk import Desk
from perpusdesk.ui.editor.copies_part import CopiesPart
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.tasks import Tasks

PAUSE: Final = 2_000
"""Milliseconds after the last change until it is on the disk."""


class Drafts(QObject):
    """Keeps the draft of the work that ``current`` returns."""

    def __init__(
        self, desk: Desk, tasks: Tasks, copies: CopiesPart, current: Callable[[], Work | None]
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._copies, self._current = desk, tasks, copies, current
        self._pause = QTimer(copies)  # ends with what it moves
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.keep)

    def changed(self) -> None:
        """Something was typed."""
        if not self._pause.isActive():
            self._pause.start()

    def keep(self) -> None:
        """Keep what is there now, or forget the draft where nothing is unsaved."""
        self._pause.stop()
        work = self._current()
        if work is None:
            return
        draft = None
        if work.unsaved:
            copies = self._copies.wanted() if work.is_new else None
            draft = TitleDraft(work.form, work.started, copies)
        self._put(work, draft)

    def forget(self, work: Work) -> None:
        """Forget the draft of a work that is saved, or not wanted."""
        self._pause.stop()
        self._put(work, None)

    def _put(self, work: Work, draft: TitleDraft | None) -> None:
        if work.opened is not None:
            title = work.opened.title
            self._tasks.run(lambda: keep_title_draft(self._desk, title, draft))
        else:
            self._tasks.run(lambda: keep_new_draft(self._desk, work.mark, draft))
