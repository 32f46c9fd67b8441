"""The screen of safety in a running desktop: which tabs it has, and what each is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from perpusdesk.app.backing_up import BackingUp
from perpusdesk.app.examining import Examining
from perpusdesk.app.key_keeping import KeyKeeping
from perpusdesk.app.tabs import Place, TabScreen
from perpusdesk.common.i18n import _
from perpusdesk.ui.history.part import HistoryPart
from perpusdesk.ui.privacy.actions import privacy_actions
from perpusdesk.ui.privacy.names import Part
from perpusdesk.ui.safety.page import SafetyPage

if TYPE_CHECKING:
    from perpusdesk.ui.privacy.part import PrivacyPart


class Safekeeping(TabScreen):
    """Backups, examination, key, history and personal data."""

    def __init__(self, place: Place, *, backing_up: BackingUp, examining: Examining) -> None:
        super().__init__(place, SafetyPage())
        self._backing_up, self._examining = backing_up, examining
        self._add_tabs()
        self.join()

    def _add_tabs(self) -> None:
        """Add the tabs from left to right."""
        self.page.add_tab("backup", _("Backups"), lambda: self._backing_up)
        self._backing_up.show_asked.connect(partial(self.show_part, "backup"))
        self.page.add_tab("doctor", _("Examination"), lambda: self._examining)
        self._examining.show_asked.connect(partial(self.show_part, "doctor"))
        self._keys = KeyKeeping(self._desk, self._tasks, self._window.messages)
        self.page.add_tab("key", _("Key"), self._keys.part)
        self._keys.show_asked.connect(partial(self.show_part, "key"))
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
        self.show_part("history")
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

        self.show_part("privacy")
        part = self.page.part("privacy")
        assert isinstance(part, PrivacyPart)
        return part

    def show_requests(self) -> None:
        """Bring the requests about personal data to the front."""
        self._show_privacy().show_part(Part.REQUESTS)
