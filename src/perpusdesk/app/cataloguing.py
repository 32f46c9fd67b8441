"""The ways between the catalogue and the screens on which it is made, changed and cared for.

Those screens are large and not needed at the desk: they are made when somebody first asks for them.
What they need besides Qt is read a moment after the start.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.camera.control import CameraControl
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.window import MainWindow
from perpusdesk.ui.titles.page import TitlesPage
from perpusdesk.ui.upkeep.ways import Part, ways_here

if TYPE_CHECKING:
    from perpusdesk.ui.editor.page import EditorPage
    from perpusdesk.ui.upkeep.page import UpkeepPage

_LATER: Final = 1_500
"""Milliseconds after the start when nobody waits for the desk any more."""

_NEEDED: Final = (
    "perpusdesk.ui.editor.opening",
    "perpusdesk.ui.editor.work",
    "perpusdesk.services.cataloguing.copy_cataloguing",
    "perpusdesk.services.cataloguing.title_checks",
    "perpusdesk.services.cataloguing.title_changes",
    "perpusdesk.services.cataloguing.find_duplicates",
    "perpusdesk.services.transfer.import_headings",
)
"""What the screens need that knows no Qt: read from the disk beside the desk's work."""

Stickers = Callable[[Sequence[UUID]], object]


class Cataloguing(QObject):
    """An open form stays before the catalogue until it is left.

    ``stickers`` is told which new copies want a sticker.
    """

    def __init__(
        self,
        window: MainWindow,
        titles: TitlesPage,
        desk: Desk,
        tasks: Tasks,
        *,
        camera: CameraControl | None = None,
        stickers: Stickers | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._titles, self._desk, self._tasks = window, titles, desk, tasks
        self._camera, self._stickers = camera, stickers
        self._editor: EditorPage | None = None
        self._upkeep: UpkeepPage | None = None
        self._before = window.page
        window.page_changed.connect(self._turned)
        window.registry.add(*ways_here(self._care, titles.name))
        titles.new_asked.connect(self._new)
        titles.edit_asked.connect(self._edit)
        titles.copy_asked.connect(self._copy)
        titles.care_asked.connect(lambda: self._care(Part.DUPLICATES))
        titles.isbn_unknown.connect(self._offer_new)
        QTimer.singleShot(_LATER, self, self.prepare)

    def prepare(self) -> None:
        """Read what the screens need while nobody waits for it."""

        def read() -> None:
            for name in _NEEDED:
                importlib.import_module(name)

        self._tasks.aside(read, lambda _read: None, owner=self)

    @property
    def editor(self) -> EditorPage:
        """The form of a title."""
        return self._editor or self._make_editor()

    @property
    def upkeep(self) -> UpkeepPage:
        """The screen on which the catalogue is cared for."""
        return self._upkeep or self._make_upkeep()

    def _make_editor(self) -> EditorPage:
        if self._editor is not None:
            return self._editor
        from perpusdesk.ui.editor.actions import editor_actions
        from perpusdesk.ui.editor.page import EditorPage

        window = self._window
        editor = self._editor = EditorPage(self._desk, self._tasks, window.messages)
        window.add_page(editor)
        window.registry.add(*editor_actions(editor))
        window.closing.connect(editor.keep_if_open)
        if self._camera is not None:
            editor.camera_asked.connect(window.camera_wanted)
            self._camera.seen.connect(editor.show_frame)
        editor.saving.labels = self._stickers
        editor.shown.connect(lambda: window.go(editor.name))
        editor.closed.connect(self._closed)
        editor.title_asked.connect(self._open)
        return editor

    def _make_upkeep(self) -> UpkeepPage:
        if self._upkeep is not None:
            return self._upkeep
        from perpusdesk.ui.upkeep.actions import upkeep_actions
        from perpusdesk.ui.upkeep.page import UpkeepPage

        upkeep = self._upkeep = UpkeepPage(self._desk, self._tasks, self._window.messages)
        self._window.add_page(upkeep)
        self._window.registry.add(*upkeep_actions(upkeep))
        upkeep.closed.connect(lambda: self._window.go(self._titles.name))
        upkeep.title_asked.connect(self._closed)
        return upkeep

    # --- the ways ----------------------------------------------------------------------------

    def _turned(self, name: str) -> None:
        before, self._before = self._before, name
        editor = self._editor
        if editor is None or not editor.open or before == editor.name:
            return
        if name == self._titles.name:
            self._window.go(editor.name)

    def _new(self) -> None:
        self.editor.begin.new()

    def _edit(self, title: object) -> None:
        if isinstance(title, UUID):
            self.editor.begin.edit(title)

    def _copy(self, title: object) -> None:
        if isinstance(title, UUID):
            self.editor.begin.copy(title)

    def _offer_new(self, isbn: str) -> None:
        step = ToastAction(_("New title"), lambda: self.editor.begin.with_isbn(isbn))
        words = _("No title has the ISBN {isbn}.").format(isbn=isbn)
        self._window.messages.toast(words, action=step, replace="isbn")

    def _care(self, part: Part) -> None:
        self._window.go(self.upkeep.name)
        self.upkeep.show_part(part)

    def _closed(self, title: object) -> None:
        self._window.go(self._titles.name)
        self._open(title)

    def _open(self, title: object) -> None:
        if isinstance(title, UUID):
            self._titles.open_title(title)
