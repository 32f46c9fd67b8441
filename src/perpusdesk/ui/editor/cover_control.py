"""Keeps the cover: of a title that is here at once, of a new one when it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.services.cataloguing.title_cover import cover_of, remove_cover, set_cover
from perpusdesk.services.desk import Desk
from perpusdesk.ui.editor.cover_part import CoverPart
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing


class CoverControl(QObject):
    """``current`` returns the work whose cover is shown."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        doing: Doing,
        part: CoverPart,
        current: Callable[[], Work | None],
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing
        self._part, self._current = part, current
        self._waiting: bytes | None = None
        part.chosen.connect(self.choose)
        part.removed.connect(self._remove)
        part.file_asked.connect(self._read_file)
        doing.changed.connect(lambda _done: self.show())

    def begin(self) -> None:
        """Another form was opened."""
        self._waiting = None
        self._part.close_camera()
        self.show()

    def show(self) -> None:
        """Show the cover there is."""
        work = self._current()
        if work is None:
            return
        if work.opened is None:
            self._part.show_cover(work.form.text("title"), self._waiting)
            return
        title = work.opened.title

        def answer(image: bytes | None) -> None:
            if work is self._current():
                self._part.show_cover(work.form.text("title"), image)

        self._tasks.run(lambda: cover_of(self._desk, title), answer, owner=self)

    def choose(self, image: bytes) -> None:
        """Use a picture."""
        work = self._current()
        if work is None:
            return
        if work.opened is None:
            self._waiting = image
            self.show()
        else:
            title = work.opened.title
            self._doing.run(lambda: set_cover(self._desk, title, image))

    def saved(self, title: UUID) -> None:
        """The new title is saved: its cover goes with it."""
        image, self._waiting = self._waiting, None
        if image is not None:
            self._tasks.run(lambda: set_cover(self._desk, title, image))

    def _remove(self) -> None:
        work = self._current()
        if work is not None and work.opened is not None:
            title = work.opened.title
            self._doing.run(lambda: remove_cover(self._desk, title))
        else:
            self._waiting = None
            self.show()

    def _read_file(self, file: object) -> None:
        if isinstance(file, Path):
            self._tasks.aside(file.read_bytes, self.choose)
