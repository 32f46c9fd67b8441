"""A page of the window that is a row of tabs, each made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan


class Part(Protocol):
    """What stands behind a tab. It may also be one that ``Searches``, ``Escapes`` or is scanned."""

    @property
    def widget(self) -> QWidget:
        """Return what fills the room below the tabs; the same object each time."""

    def opened(self) -> None:
        """Bring what is shown up to date; called whenever the tab comes to the front."""


@runtime_checkable
class Searches(Protocol):
    """A part with a list that follows what is typed into the box."""

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""


@runtime_checkable
class Escapes(Protocol):
    """A part that has something to leave with Esc."""

    def escape(self) -> None:
        """Go one step back."""


@runtime_checkable
class TakesScans(Protocol):
    """A part that wants scans; the desk gets them otherwise."""

    def handle_scan(self, scan: Scan) -> None:
        """Deal with what was scanned or typed into the box."""


@runtime_checkable
class HasPlaces(Protocol):
    """A part with parts of its own."""

    @property
    def help_place(self) -> str:
        """Return the name of the one in front."""


@dataclass(slots=True)
class _Tab:
    name: str
    make: Callable[[], Part]
    room: QVBoxLayout
    part: Part | None = None


class TabbedPage(QObject):
    """A page of parts; ``scan_passed`` carries a scan that the part in front does not take."""

    part_opened = Signal(str)
    scan_passed = Signal(object)

    def __init__(self, name: str, title: Callable[[], str], icon: str, key: str) -> None:
        """``title`` is asked for the word in the rail; ``icon`` and ``key`` as all pages have."""
        super().__init__()
        self.name, self.icon, self.key, self._title = name, icon, key, title
        self._tabs: list[_Tab] = []
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.tabs.setAccessibleName(_("Parts of this screen"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(16)
        column.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turned)
        self._open = False

    @property
    def title(self) -> str:
        """The word in the rail."""
        return self._title()

    @property
    def help_place(self) -> str:
        """Where somebody is: this page, the tab in front, and what of it is in front."""
        tab = self._tabs[self.tabs.currentIndex()]
        parts = (
            self.name,
            tab.name,
            tab.part.help_place if isinstance(tab.part, HasPlaces) else "",
        )
        return "/".join(part for part in parts if part)

    @property
    def names(self) -> list[str]:
        """The names of all parts, from left to right."""
        return [tab.name for tab in self._tabs]

    def add_tab(self, name: str, title: str, make: Callable[[], Part]) -> None:
        """Add a tab at the right; ``make`` is called when it is first in front of a person."""
        place = QWidget()
        room = QVBoxLayout(place)
        room.setContentsMargins(0, 0, 0, 0)
        self._tabs.append(_Tab(name, make, room))
        self._stack.addWidget(place)
        self.tabs.addTab(title)

    def part(self, name: str) -> Part:
        """Return a part, made now if it was not yet. Raises ``ValueError`` for an unknown name."""
        return self._made(self.names.index(name))

    @property
    def part_in_front(self) -> Part | None:
        """The part behind the tab in front; ``None`` until somebody looked at it."""
        place = self.tabs.currentIndex()
        return self._tabs[place].part if 0 <= place < len(self._tabs) else None

    def open_part(self, name: str) -> None:
        """Bring a part to the front. Raises ``ValueError`` for an unknown name."""
        self.tabs.setCurrentIndex(self.names.index(name))

    def turn(self, step: int) -> None:
        """Bring the next part to the front, or the one before (``step`` -1), round and round."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(self._tabs))

    def opened(self) -> None:
        """Bring the part in front up to date."""
        self._open = True
        self._turned(self.tabs.currentIndex())

    def refresh(self) -> None:
        """Show what was changed elsewhere."""
        self._made(self.tabs.currentIndex()).opened()

    def handle_scan(self, scan: Scan) -> None:
        """Hand a scan to the part in front, or tell that it does not take any."""
        front = self._made(self.tabs.currentIndex())
        if isinstance(front, TakesScans):
            front.handle_scan(scan)
        else:
            self.scan_passed.emit(scan)

    def escape(self) -> None:
        """Let the part in front go one step back."""
        front = self._made(self.tabs.currentIndex())
        if isinstance(front, Escapes):
            front.escape()

    def search_edited(self, typed: str) -> None:
        """Narrow the list of the part in front, if it has one."""
        front = self._made(self.tabs.currentIndex())
        if isinstance(front, Searches):
            front.search_edited(typed)

    def into_list(self) -> None:
        """Move the keyboard into the list of the part in front, if it has one."""
        front = self._made(self.tabs.currentIndex())
        if isinstance(front, Searches):
            front.into_list()

    def _made(self, place: int) -> Part:
        tab = self._tabs[place]
        if tab.part is None:
            tab.part = tab.make()
            tab.room.addWidget(tab.part.widget)
        return tab.part

    def _turned(self, place: int) -> None:
        if not self._open or place < 0:
            return
        part = self._made(place)
        self._stack.setCurrentIndex(place)
        part.opened()
        self.part_opened.emit(self._tabs[place].name)
