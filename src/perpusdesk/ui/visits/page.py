"""The screen of visits: the guest book, groups and what visitors say."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.tabbed_page import TabbedPage


class VisitsPage(TabbedPage):
    """The page ``visits``."""

    def __init__(self) -> None:
        super().__init__("visits", lambda: _("Visits"), "visits", "Ctrl+Shift+V")

    @property
    def front(self) -> str:
        """The name of the part in front."""
        return self.names[self.tabs.currentIndex()]
