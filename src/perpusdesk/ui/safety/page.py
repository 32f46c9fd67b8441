"""The screen of safety: backups, examination, key, history and personal data."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.tabbed_page import TabbedPage


class SafetyPage(TabbedPage):
    """The page ``safety``."""

    def __init__(self) -> None:
        super().__init__("safety", lambda: _("Safety"), "lock", "Ctrl+Shift+K")
