"""The main window: the rail, the scan box on top, one screen below; screens plug in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMargins, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan, Source, Symbology
from perpusdesk.scan.wedge import Burst, WedgeDecoder, WedgeSettings
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.in_page_bar import InPageBar
from perpusdesk.ui.kit.key_catcher import KeyCatcher
from perpusdesk.ui.kit.overlay import Overlay
from perpusdesk.ui.kit.scan_box import ScanBox, local_now
from perpusdesk.ui.kit.toasts import Toasts
from perpusdesk.ui.shell import text
from perpusdesk.ui.shell.actions import Actions
from perpusdesk.ui.shell.chip import Trust
from perpusdesk.ui.shell.fault_page import FaultPage, report_of, save_report
from perpusdesk.ui.shell.frame import DemoStrip, DockTitle, PageStack, Room
from perpusdesk.ui.shell.key_sheet import KeySheet
from perpusdesk.ui.shell.lock import Lock
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.page import Escapes, HasPlaces, Opens, Page, StandsUnder, TakesScans
from perpusdesk.ui.shell.palette import Palette
from perpusdesk.ui.shell.rail import Rail
from perpusdesk.ui.shell.window_actions import page_action, window_actions

USUAL: Final = QSize(1366, 768)
FRAME: Final = QMargins(8, 32, 8, 8)
"""Room for the title bar and borders that the system puts round a window."""
"""Pixels of a window on a screen that has more."""

NARROW: Final = 1100
"""Below this width the rail shows icons alone."""

WIDEST_RAIL: Final = 0.2
"""Part of the window the rail may take before it shows icons alone."""

CAMERA_WIDTH: Final = 320
CAMERA_LEAST: Final = 240


class MainWindow(QMainWindow):
    """Frame of the program: ``registry`` (of actions), ``messages``, ``palette_panel``, ``box``.

    A screen is added with ``add_page``; the first one added opens and is where scans go when the
    page in front takes none. ``camera_wanted`` follows the camera key and button, ``closing``
    comes before the window closes (save what must be saved, it cannot be refused), ``closed`` when
    all who heard that are done: then the program may end.
    """

    camera_wanted = Signal(bool)
    page_changed = Signal(str)
    staff_asked = Signal()
    trust_asked = Signal()
    questions_asked = Signal()
    closing = Signal()
    closed = Signal()
    help_asked = Signal(str)
    """The place (``help_place``) that somebody wants to read about."""

    touched = Signal()
    """Somebody is at the keyboard, the mouse or the scanner."""

    scanned_locked = Signal(object)
    """A ``Scan`` at the locked window, which does nothing by itself."""

    typed_locked = Signal(str)

    def __init__(
        self,
        *,
        scanner: WedgeSettings | None = None,
        demo: bool = False,
        now: Callable[[], datetime] = local_now,
        reports: Path | None = None,
    ) -> None:
        """``scanner`` is how this desk's scanners type; ``demo`` shows the coloured strip.

        ``reports`` is where reports on faults are written (default: beside the log).
        """
        super().__init__()
        self._now, self._reports = now, reports
        self._pages: dict[str, Page] = {}
        self._first_takers: list[Callable[[Scan], bool]] = []
        self._current = self._said_at = ""
        self._camera: QDockWidget | None = None
        self._camera_shown = False
        self.rail = Rail()
        self.box = ScanBox(now=now)
        self.bar = InPageBar()
        self.stack = PageStack()
        self._fault = FaultPage(self._leave_fault)
        self._lock = Lock(self._frame(demo))
        self.setCentralWidget(self._lock)
        self.toasts = Toasts(self.stack)
        self.messages = Messages(self.toasts, self.bar, self._show_fault, self)
        self.registry = Actions(self)
        self.palette_panel = Palette(self, self.registry)
        self.key_sheet = KeySheet(self, self.registry)
        self._catcher = KeyCatcher(WedgeDecoder(scanner), self.box.edit, self.registry, self)
        self.registry.add(*window_actions(self))
        self._connect()
        self.setWindowTitle("PerpusDesk")
        self.resize(USUAL)
        self.box.take_focus()

    # --- screens ---------------------------------------------------------------------------

    def add_page(self, page: Page) -> None:
        """Plug a screen in, below the others in the rail; the first one is opened.

        One that ``StandsUnder`` another has no word in the rail; actions lead to it.

        Raises ``ValueError`` when its name is taken.
        """
        if page.name in self._pages:
            raise ValueError(f"page {page.name} exists")
        self._pages[page.name] = page
        self.stack.addWidget(page.widget)
        if not isinstance(page, StandsUnder):
            self.rail.add(page)
            self.registry.add(page_action(page, self.go))
        if not self._current:
            self.go(page.name)

    def go(self, name: str) -> None:
        """Bring page ``name`` to the front, with the keyboard in the scan box."""
        page = self._pages[name]
        self._close_panels()
        self._current = name
        self._rooms.setCurrentIndex(0)
        self.stack.setCurrentWidget(page.widget)
        self.toasts.to_front()
        self.rail.show_chosen(page.under if isinstance(page, StandsUnder) else name)
        self.registry.use_page(name)
        self.box.take_focus()
        if isinstance(page, Opens):
            page.opened()
        self.page_changed.emit(name)

    @property
    def help_place(self) -> str:
        """Return where somebody is, as the manual's table names it: what needs a person first."""
        if self.locked:
            return "lock"
        if self._rooms.currentIndex() > 0:
            return "bug"
        problem = self.bar.problem
        if problem is not None and problem.place and self._said_at == self._current:
            return problem.place
        front: object = self._pages.get(self._current)
        return front.help_place if isinstance(front, HasPlaces) else self._current

    def ask_help(self) -> None:
        """Ask for the page of the manual about where somebody is (F1)."""
        self.help_asked.emit(self.help_place)

    def refresh_page(self) -> None:
        """Let the page in front show what holds now (somebody else is at the desk)."""
        front: object = self._pages.get(self._current)
        if isinstance(front, Opens):
            front.opened()

    @property
    def page(self) -> str:
        """Return the name of the page in front."""
        return self._current

    @property
    def page_names(self) -> tuple[str, ...]:
        """Return the names of all pages, as they were added."""
        return tuple(self._pages)

    def take_first(self, taker: Callable[[Scan], bool]) -> None:
        """Ask ``taker`` about each scan before any page; it tells whether it took it."""
        self._first_takers.append(taker)

    def take_scan(self, scan: Scan) -> None:
        """Hand ``scan`` (from the box or from the camera) to the page that wants it."""
        self.touched.emit()
        self._close_panels()
        if self.locked:
            self.scanned_locked.emit(scan)
            return
        if any(taker(scan) for taker in self._first_takers):
            return
        front: object = self._pages.get(self._current)
        if isinstance(front, TakesScans):
            front.handle_scan(scan)
            return
        for page in self._pages.values():
            if isinstance(page, TakesScans):
                self.go(page.name)
                page.handle_scan(scan)
                return

    def back_to_box(self) -> None:
        """Esc: close the panel on top, else empty the box, come back to it, or leave a page."""
        panels = self._panels()
        if panels:
            panels[-1].close_panel()
        elif self.box.text():
            self.box.clear()
        elif not self.box.edit.hasFocus():
            self.box.take_focus()
        else:
            front: object = self._pages.get(self._current)
            if isinstance(front, Escapes):
                front.escape()

    # --- locking ---------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether a screen hides everything, and nothing can be done but on it."""
        return self._lock.locked

    def lock(self, screen: QWidget) -> None:
        """Hide everything behind ``screen`` until ``unlock``; all stays as it is."""
        if not self.locked:
            self._close_panels()
            if self._camera is not None:
                self._camera.hide()
            self.registry.rest(True)
        self._lock.cover(screen)

    def unlock(self) -> None:
        """Show everything again as it was, with the keyboard where it was."""
        if not self.locked:
            return
        self._lock.uncover()
        self.registry.rest(False)
        self.show_camera(self._camera_shown)

    # --- around the screens ----------------------------------------------------------------

    def use_scanner(self, settings: WedgeSettings) -> None:
        """Tell scanners from hands by ``settings`` from now on."""
        self._catcher.decoder.settings = settings

    def rest_keys(self, resting: bool) -> None:
        """Leave scanners and keys to another window of the program, or take them again."""
        self._catcher.resting = resting

    def set_staff(self, name: str) -> None:
        """Show who is at the desk."""
        self.rail.staff.say(name)

    def set_trust(self, trust: Trust) -> None:
        """Show what is saved and what waits."""
        self.rail.chip.say(trust)

    def set_questions(self, count: int) -> None:
        """Show how many questions need a decision; nothing where there is none."""
        self.rail.questions.say(Trust(text.questions(count), "decide", "warn"))
        self.rail.questions.setVisible(bool(count))

    def set_camera_panel(self, panel: QWidget) -> None:
        """Put the camera's panel into the dock at the right, 320 pixels wide, hidden at first."""
        dock = QDockWidget(_("Camera"), self)
        dock.setObjectName("camera")
        dock.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the box keeps the keys
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
        )
        panel.setMinimumWidth(CAMERA_LEAST)
        dock.setTitleBarWidget(DockTitle(_("Camera"), lambda: self.camera_wanted.emit(False)))
        dock.setWidget(panel)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.resizeDocks([dock], [CAMERA_WIDTH], Qt.Orientation.Horizontal)
        dock.hide()
        self._camera = dock

    def show_camera(self, on: bool) -> None:
        """Show or hide the camera's panel, floating where the window is narrow."""
        self.box.set_camera(on)
        self._camera_shown = on
        if self._camera is not None and not self.locked:
            if on:
                self._camera.setFloating(self.rail.narrow)
            self._camera.setVisible(on)
            if on and self._camera.isFloating():
                self.activateWindow()
                self.box.take_focus()

    def fit(self, room: QRect) -> None:
        """Take the usual size, or all of ``room`` (what a screen has free) where that is less."""
        self.resize(USUAL.boundedTo(room.size()))
        if room.size().expandedTo(USUAL.grownBy(FRAME)) != room.size():
            self.move(room.topLeft())
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Collapse the rail in a narrow window."""
        super().resizeEvent(event)
        self._fit_rail()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the manual with F1 where no action has the key: the desk is locked."""
        if event.key() == Qt.Key.Key_F1 and not event.modifiers():
            self.ask_help()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes; everything is saved already."""
        self.closing.emit()
        self.closed.emit()
        super().closeEvent(event)

    # --- inside ----------------------------------------------------------------------------

    def _frame(self, demo: bool) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if demo:
            self.setMenuWidget(DemoStrip(text.demo_strip()))
        row = QHBoxLayout()
        row.setSpacing(0)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(Room(self.box, self.bar, self.stack))
        self._rooms.addWidget(self._fault)
        row.addWidget(self.rail)
        row.addWidget(self._rooms, 1)
        column.addLayout(row, 1)
        return whole

    def _panels(self) -> list[Overlay]:
        """Return the panels that lie over the window, the one on top last."""
        return [panel for panel in self.findChildren(Overlay) if panel.isVisible()]

    def _close_panels(self) -> None:
        for panel in self._panels():
            panel.close_panel()

    def _fit_rail(self) -> None:
        too_wide = self.rail.full_width() > self.width() * WIDEST_RAIL
        self.rail.set_narrow(self.width() < NARROW or too_wide)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.rail.help.clicked.connect(self.ask_help)
        self.messages.said.connect(self._remember_where)
        self.rail.staff_asked.connect(self.staff_asked)
        self.rail.chip.asked.connect(self.trust_asked)
        self.rail.questions.asked.connect(self.questions_asked)
        self.box.scanned.connect(self.take_scan)
        self.box.camera_wanted.connect(self.camera_wanted)
        self.box.too_long.connect(self._too_long)
        if look := theme.in_use():
            look.changed.connect(self._fit_rail)
        self._catcher.burst.connect(self._take_burst)
        self._catcher.typed_elsewhere.connect(self._take_typing)
        self._catcher.held_back.connect(self._held_back)
        self._catcher.touched.connect(self.touched)

    def _take_typing(self, typed: str) -> None:
        panels = self._panels()
        if panels and panels[-1].take_typing(typed):
            return
        if self.locked:
            self.typed_locked.emit(typed)
        else:
            self.box.take_typing(typed)

    def _remember_where(self, _said: object) -> None:
        self._said_at = self._current

    def _too_long(self, length: int) -> None:
        self.messages.toast(text.too_long(length), tone="warn")

    def _take_burst(self, burst: Burst) -> None:
        if self.locked:
            scan = Scan(burst.text, Symbology.UNKNOWN, self._now(), Source.SCANNER)
            self.take_scan(scan)
        elif burst.trouble is None:
            self.box.take_burst(burst.text)
        else:
            self.box.clear()
            self.messages.toast(text.unclear(burst), tone="warn")

    def _held_back(self, burst: Burst) -> None:
        self.messages.toast(text.held_back(burst.text), tone="warn")

    def _show_fault(self, bug: BaseException) -> None:
        report = report_of(bug)
        self._fault.show_report(report, save_report(report, self._now(), self._reports))
        self._rooms.setCurrentWidget(self._fault)
        self._fault.go_on.setFocus()

    def _leave_fault(self) -> None:
        self._rooms.setCurrentIndex(0)
        self.box.take_focus()
