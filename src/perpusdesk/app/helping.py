"""The manual in a running program: nothing of it is loaded before somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from perpusdesk.ui.help.panel import HelpPanel


class Helping(QObject):
    """Opens the manual over one window, at the page for the place that is asked about."""

    def __init__(self, window: QWidget, *, outside: bool = True) -> None:
        """``outside``: the manual's links into the net may open a browser."""
        super().__init__(window)
        self._window, self._outside = window, outside
        self.panel: HelpPanel | None = None

    def show(self, place: str) -> None:
        """Open the page for ``place`` (``perpusdesk.ui.help.places``)."""
        if self.panel is None:
            from perpusdesk.ui.help.panel import HelpPanel

            self.panel = HelpPanel(self._window, outside=self._outside)
        self.panel.show_place(place)

    @property
    def open(self) -> bool:
        """Whether somebody is reading."""
        return self.panel is not None and self.panel.isVisible()

    def close(self) -> None:
        """Close the manual."""
        if self.panel is not None:
            self.panel.close_panel()
