"""The stock's screen: a row of tabs, each a part that knows nothing of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan


class Part(Protocol):
    """One tab. It may be one that ``Narrows``, ``Prints`` and ``Saves`` besides."""

    @property
    def name(self) -> str:
        """Return the short id, e.g. ``"moves"``; the same in all languages."""

    @property
    def title(self) -> str:
        """Return the word on the tab."""

    @property
    def widget(self) -> QWidget:
        """Return what fills the room below the tabs; the same object each time."""

    def opened(self) -> None:
        """Bring what is shown up to date; called whenever the tab comes to the front."""

    def handle_scan(self, scan: Scan) -> None:
        """Deal with what was scanned or typed into the box."""

    def escape(self) -> None:
        """Go one step back."""


@runtime_checkable
class Narrows(Protocol):
    """A part with a list that follows what is typed into the box."""

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""


@runtime_checkable
class Prints(Protocol):
    """A part with something to print."""

    def print_paper(self) -> None:
        """Make the paper and open it to be printed."""


@runtime_checkable
class Saves(Protocol):
    """A part with a list that can be a workbook."""

    def save_list(self) -> None:
        """Save the list that is shown as a workbook."""


@runtime_checkable
class AsksForTitles(Protocol):
    """A part that leads to titles on another screen."""

    title_asked: SignalInstance
    """Carries the title's id."""


class StockPage(QObject):
    """The page ``stock``: shows one part at a time and hands everything on to it."""

    part_opened = Signal(str)
    title_asked = Signal(object)

    name = "stock"
    icon = "stock"
    key = "F11"

    def __init__(self, parts: Sequence[Part]) -> None:
        """``parts`` from left to right; the first is shown first."""
        super().__init__()
        self._parts = tuple(parts)
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.tabs.setAccessibleName(_("Stock"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for part in self._parts:
            self.tabs.addTab(part.title)
            self._stack.addWidget(part.widget)
            if isinstance(part, AsksForTitles):
                part.title_asked.connect(self.title_asked)
        self.tabs.currentChanged.connect(self._turned)
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(16)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """The word in the rail."""
        return _("Stock")

    @property
    def parts(self) -> Sequence[Part]:
        """All parts, from left to right."""
        return self._parts

    @property
    def front(self) -> Part:
        """The part that is shown."""
        return self._parts[max(0, self.tabs.currentIndex())]

    @property
    def help_place(self) -> str:
        """Where somebody is: the tab in front."""
        return f"{self.name}/{self.front.name}"

    def open_part(self, name: str) -> None:
        """Bring a part to the front. Raises ``ValueError`` for an unknown name."""
        self.tabs.setCurrentIndex([part.name for part in self._parts].index(name))

    def turn(self, step: int) -> None:
        """Bring the next part to the front, or the one before (``step`` -1), round and round."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(self._parts))

    def opened(self) -> None:
        """Bring the part in front up to date."""
        self.front.opened()

    def refresh(self) -> None:
        """Show what was changed elsewhere."""
        self.front.opened()

    def handle_scan(self, scan: Scan) -> None:
        """Hand a scan to the part in front."""
        self.front.handle_scan(scan)

    def escape(self) -> None:
        """Let the part in front go one step back."""
        self.front.escape()

    def search_edited(self, typed: str) -> None:
        """Narrow the list of the part in front, if it has one."""
        if isinstance(self.front, Narrows):
            self.front.search_edited(typed)

    def into_list(self) -> None:
        """Move the keyboard into the list of the part in front, if it has one."""
        if isinstance(self.front, Narrows):
            self.front.into_list()

    @property
    def prints(self) -> bool:
        """Tell whether the part in front has something to print."""
        return isinstance(self.front, Prints)

    def print_paper(self) -> None:
        """Print what the part in front has to print."""
        if isinstance(self.front, Prints):
            self.front.print_paper()

    @property
    def saves(self) -> bool:
        """Tell whether the part in front has a list to save."""
        return isinstance(self.front, Saves)

    def save_list(self) -> None:
        """Save the list of the part in front."""
        if isinstance(self.front, Saves):
            self.front.save_list()

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.front.opened()
        self.part_opened.emit(self.front.name)
