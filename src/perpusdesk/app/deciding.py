"""The ways to the conflict desk and from it; the screen is made when somebody first asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell import text as shell_text
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from perpusdesk.ui.decisions.page import DecisionsPage

Show = Callable[[object], object]


class Deciding(QObject):
    """Knows how many questions are open; ``counted`` tells it whenever it was looked up."""

    counted = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        tasks: Tasks,
        *,
        show_member: Show,
        show_title: Show,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._show = {"member": show_member, "title": show_title}
        self._page: DecisionsPage | None = None
        self._back = window.page
        window.registry.add(
            Action(
                "decide",
                lambda: _("What needs a decision"),
                self.go,
                (),
                "decide",
                shell_text.screens,
            )
        )

    @property
    def page(self) -> DecisionsPage:
        """The screen."""
        return self._page or self._make()

    def go(self) -> None:
        """Bring the conflict desk to the front."""
        page = self.page
        if self._window.page != page.name:
            self._back = self._window.page
        self._window.go(page.name)

    def count(self) -> None:
        """Look up how many questions are open."""
        self._tasks.run(lambda: conflict_count(self._desk.library), self.counted.emit, owner=self)

    def refresh(self) -> None:
        """Show what was changed elsewhere, where the screen is in front."""
        if self._page is not None and self._window.page == self._page.name:
            self._page.refresh()

    def _make(self) -> DecisionsPage:
        from perpusdesk.ui.decisions.actions import decision_actions
        from perpusdesk.ui.decisions.page import DecisionsPage

        window = self._window
        page = self._page = DecisionsPage(self._desk, self._tasks, window.messages)
        window.add_page(page)
        window.registry.add(*decision_actions(page))
        window.box.enter_on_empty.connect(self._entered)
        page.box_wanted.connect(window.box.take_focus)
        page.closed.connect(lambda: window.go(self._back))
        page.record_asked.connect(self._open)
        page.counted.connect(self.counted)
        return page

    def _entered(self) -> None:
        if self._page is not None and self._window.page == self._page.name:
            self._page.accept()

    def _open(self, record: str, entity: object) -> None:
        if isinstance(entity, UUID) and record in self._show:
            self._show[record](entity)
