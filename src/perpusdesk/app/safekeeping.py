"""The screen of safety in a running desktop: which tabs it has, and what each is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.app.backing_up import BackingUp
from perpusdesk.app.examining import Examining
from perpusdesk.app.key_keeping import KeyKeeping
from perpusdesk.app.tabs import join_tabs
from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.ui.history.part import HistoryPart
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.privacy.actions import privacy_actions
from perpusdesk.ui.privacy.names import Part
from perpusdesk.ui.safety.page import SafetyPage
from perpusdesk.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from perpusdesk.ui.privacy.part import PrivacyPart


class Safekeeping(QObject):
    """Joins the parts; a tab's parts are only made when somebody looks at it.

    ``member_asked`` and ``title_asked`` lead to a record.
    """

    member_asked = Signal(object)
    title_asked = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        tasks: Tasks,
        *,
        papers: Path,
        backing_up: BackingUp,
        examining: Examining,
        to_desk: Callable[[Scan], None],
    ) -> None:
        """``papers`` is the folder for PDF files; ``to_desk`` takes what no tab wants."""
        super().__init__(window)
        self._window, self._desk, self._tasks, self._papers = window, desk, tasks, papers
        self._backing_up, self._examining = backing_up, examining
        self.page = SafetyPage()
        self._add_tabs()
        join_tabs(window, self.page, to_desk)

    def _add_tabs(self) -> None:
        """Add the tabs from left to right."""
        self.page.add_tab("backup", _("Backups"), lambda: self._backing_up)
        self._backing_up.show_asked.connect(partial(self._show, "backup"))
        self.page.add_tab("doctor", _("Examination"), lambda: self._examining)
        self._examining.show_asked.connect(partial(self._show, "doctor"))
        self._keys = KeyKeeping(self._desk, self._tasks, self._window.messages)
        self.page.add_tab("key", _("Key"), self._keys.part)
        self._keys.show_asked.connect(partial(self._show, "key"))
        self.page.add_tab("history", _("History"), self._history)
        self.page.add_tab("privacy", _("Personal data"), self._privacy)
        self._window.registry.add(*privacy_actions(self._show_privacy))

    def remind_of_key(self) -> None:
        """Say that there is no recovery sheet, as long as there is none."""
        self._keys.remind()

    def _history(self) -> HistoryPart:
        part = HistoryPart(self._desk, self._tasks, self._window.messages)
        part.member_asked.connect(self.member_asked)
        part.title_asked.connect(self.title_asked)
        return part

    def show_history(self, record: str, id_: UUID, name: str) -> None:
        """Bring to the front what was done about one member, title or copy."""
        self._show("history")
        part = self.page.part("history")
        assert isinstance(part, HistoryPart)
        part.show_about(record, id_, name)

    def _privacy(self) -> PrivacyPart:
        from perpusdesk.ui.privacy.part import PrivacyPart  # what it prints is slow to import

        part = PrivacyPart(self._desk, self._tasks, self._window.messages, self._papers)
        part.member_asked.connect(self.member_asked)
        part.scan_passed.connect(self.page.scan_passed)
        return part

    def _show_privacy(self) -> PrivacyPart:
        from perpusdesk.ui.privacy.part import PrivacyPart

        self._show("privacy")
        part = self.page.part("privacy")
        assert isinstance(part, PrivacyPart)
        return part

    def show_requests(self) -> None:
        """Bring the requests about personal data to the front."""
        self._show_privacy().show_part(Part.REQUESTS)

    def _show(self, name: str) -> None:
        self._window.go(self.page.name)
        self.page.open_part(name)
