"""What a screen is to the window."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from perpusdesk.scan.types import Scan


class Page(Protocol):
    """A screen that plugs into the window.

    Beyond these it may have ``handle_scan``, ``escape`` and ``opened`` (see the protocols below);
    the window looks for each.
    """

    @property
    def name(self) -> str:
        """Return the short id, e.g. ``"desk"``; the same in all languages."""

    @property
    def title(self) -> str:
        """Return the word in the rail, in the language in use."""

    @property
    def icon(self) -> str:
        """Return the name of its icon."""

    @property
    def key(self) -> str:
        """Return the key that opens it (``"F2"``), or an empty text."""

    @property
    def widget(self) -> QWidget:
        """Return what fills the room under the scan box; the same object each time."""


@runtime_checkable
class TakesScans(Protocol):
    """A page that wants scans; without one the scan goes to the first page that has it."""

    def handle_scan(self, scan: Scan) -> None:
        """Deal with what was scanned or typed into the box; called on the interface thread."""


@runtime_checkable
class Escapes(Protocol):
    """A page that has something to leave with Esc."""

    def escape(self) -> None:
        """Go one step back; called when the box is empty and has the focus already."""


@runtime_checkable
class Opens(Protocol):
    """A page that wants to know when it comes to the front."""

    def opened(self) -> None:
        """Bring what is shown up to date."""


@runtime_checkable
class HasPlaces(Protocol):
    """A page on which there are several places that the manual has a page for."""

    @property
    def help_place(self) -> str:
        """Return where on it somebody is: its name, then the part in front (``"stock/count"``)."""


@runtime_checkable
class StandsUnder(Protocol):
    """A page without a word of its own in the rail: while it is in front, another's is marked."""

    @property
    def under(self) -> str:
        """Return the name of the page whose word is marked; it is in the window already."""
