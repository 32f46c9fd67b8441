"""The screen of reports: the dashboard, packs of figures and decisions on the collection."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.tabbed_page import TabbedPage


class FiguresPage(TabbedPage):
    """The page ``figures``."""

    def __init__(self) -> None:
        super().__init__("figures", lambda: _("Reports"), "reports", "Ctrl+Shift+R")
