"""The ways between the catalogue and the screens on which it is made, changed and cared for."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.camera.control import CameraControl
from perpusdesk.ui.editor.actions import editor_actions
from perpusdesk.ui.editor.page import EditorPage
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.window import MainWindow
from perpusdesk.ui.titles.page import TitlesPage
from perpusdesk.ui.upkeep.actions import upkeep_actions, ways_here
from perpusdesk.ui.upkeep.page import Part, UpkeepPage


class Cataloguing(QObject):
    """Adds the form to the window; an open one stays before the catalogue until it is left."""

    def __init__(
        self,
        window: MainWindow,
        titles: TitlesPage,
        desk: Desk,
        tasks: Tasks,
        camera: CameraControl | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._titles = window, titles
        self.editor = EditorPage(desk, tasks, window.messages)
        window.add_page(self.editor)
        window.registry.add(*editor_actions(self.editor))
        self.upkeep = UpkeepPage(desk, tasks, window.messages)
        window.add_page(self.upkeep)
        window.registry.add(*upkeep_actions(self.upkeep))
        window.registry.add(*ways_here(self.upkeep, self._care, titles.name))
        self.upkeep.closed.connect(lambda: window.go(titles.name))
        titles.care_asked.connect(lambda: self._care(Part.DUPLICATES))
        self._before = window.page
        window.page_changed.connect(self._turned)
        window.closing.connect(self.editor.keep_if_open)
        if camera is not None:
            self.editor.camera_asked.connect(window.camera_wanted)
            camera.seen.connect(self.editor.show_frame)
        titles.new_asked.connect(self.editor.begin.new)
        titles.isbn_unknown.connect(self._offer_new)
        titles.edit_asked.connect(self.editor.begin.edit)
        titles.copy_asked.connect(self.editor.begin.copy)
        self.editor.shown.connect(lambda: window.go(self.editor.name))
        self.editor.closed.connect(self._closed)
        self.editor.title_asked.connect(self._open)

    def _turned(self, name: str) -> None:
        before, self._before = self._before, name
        if name == self._titles.name and before != self.editor.name and self.editor.open:
            self._window.go(self.editor.name)

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
