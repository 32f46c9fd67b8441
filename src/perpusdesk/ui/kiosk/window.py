"""The kiosk's window: fills the screen, keeps the keyboard, and lets nobody out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.formats import clock_time
from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan, Source, Symbology
from perpusdesk.scan.wedge import Burst, WedgeDecoder, WedgeSettings
from perpusdesk.ui.kiosk.pages import PeoplePage, QuestionPage, StartPage, ThanksPage
from perpusdesk.ui.kiosk.parts import HeldLabel
from perpusdesk.ui.kit.key_catcher import KeyCatcher
from perpusdesk.ui.kit.scan_box import local_now
from perpusdesk.ui.kit.theme import set_type
from perpusdesk.ui.kit.words import words

_CLOCK_MS: Final = 10_000
_BACK_MS: Final = 300
"""How soon the window comes to the front again when something covered it."""


class KioskWindow(QWidget):
    """Pages in a full screen. ``scanned`` carries a ``Scan``, ``leave_asked`` a staff's wish.

    A camera can be shown in it (``ui.camera.control.CameraPlace``).
    """

    scanned = Signal(object)
    leave_asked = Signal()
    help_asked = Signal()
    touched = Signal()
    escaped = Signal()
    digit = Signal(str)
    entered = Signal()
    camera_wanted = Signal(bool)

    def __init__(
        self,
        *,
        no_card: Callable[[], object],
        group: Callable[[], object],
        on: Callable[[], object],
        scanner: WedgeSettings | None = None,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        """``no_card``, ``group``: what the first page begins; ``on``: leaves the greeting."""
        super().__init__()
        self._now = now
        self._may_close = False
        self.start = StartPage(no_card, group)
        self.question = QuestionPage()
        self.people = PeoplePage()
        self.thanks = ThanksPage(on)
        self.guest = QStackedWidget()
        """Where a part that is offered shows itself (a survey)."""
        self.stack = QStackedWidget()
        for page in (self.start, self.question, self.people, self.thanks, self.guest):
            self.stack.addWidget(page)
        self._library = HeldLabel()
        self._library.held.connect(self.leave_asked)
        self._clock = words("", "lead", "muted", figures=True)
        self._lay_out()
        self._nowhere = QLineEdit(self)  # what a scanner types is caught; nothing is typed here
        self._nowhere.hide()
        self._catcher = KeyCatcher(WedgeDecoder(scanner), self._nowhere, _Keys(self), self)
        self._catcher.burst.connect(self._take_burst)
        self._catcher.touched.connect(self.touched)
        self._ticking = QTimer(self)
        self._ticking.setInterval(_CLOCK_MS)
        self._ticking.timeout.connect(self._tick)
        self._coming_back = QTimer(self)
        self._coming_back.setSingleShot(True)
        self._coming_back.setInterval(_BACK_MS)
        self._coming_back.timeout.connect(self._come_back)
        self.setWindowTitle("PerpusDesk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )

    # --- showing -----------------------------------------------------------------------------

    def open(self, library: str) -> None:
        """Fill the screen, under the library's name."""
        self._library.setText(library)
        self._may_close = False
        self._tick()
        self._ticking.start()
        self.show_page(self.start)
        self.setGeometry(self.screen().geometry())  # some computers have no window manager
        self.showFullScreen()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Go away: staff has left the kiosk."""
        self._may_close = True
        self._ticking.stop()
        self._coming_back.stop()
        self.hide()

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front; the keyboard belongs to nobody's button yet."""
        self.stack.setCurrentWidget(page)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> QWidget:
        """The page in front."""
        found = self.stack.currentWidget()
        assert found is not None
        return found

    def put_guest(self, widget: QWidget) -> None:
        """Show a part that was offered, in the place of the pages."""
        if self.guest.indexOf(widget) < 0:
            self.guest.addWidget(widget)
        self.guest.setCurrentWidget(widget)
        self.stack.setCurrentWidget(self.guest)

    def use_scanner(self, settings: WedgeSettings) -> None:
        """Tell scanners from hands by ``settings`` from now on."""
        self._catcher.decoder.settings = settings

    # --- a camera's place --------------------------------------------------------------------

    def show_camera(self, on: bool) -> None:
        """Do nothing: the picture comes and goes with the page."""

    def set_camera_panel(self, panel: QWidget) -> None:
        """Keep the panel out of sight: its switches are for staff."""
        panel.setParent(self)
        panel.hide()

    def take_scan(self, scan: Scan) -> None:
        """Take what the camera read."""
        self.touched.emit()
        self.scanned.emit(scan)

    # --- nobody gets out ---------------------------------------------------------------------

    def ask_help(self) -> None:
        """Ask for the manual (F1), which is for staff alone."""
        self.help_asked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse to close until staff has left, or the computer shuts down."""
        if self._may_close or _is_ending():
            super().closeEvent(event)
        else:
            event.ignore()

    def let_close(self) -> None:
        """The computer shuts down: stand in nobody's way."""
        self._may_close = True

    def changeEvent(self, event: QEvent) -> None:
        """Come to the front again when something came before, or the window was made small."""
        super().changeEvent(event)
        away = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        small = event.type() == QEvent.Type.WindowStateChange and not self._fills_screen
        if (away or small) and self.isVisible() and not self._may_close:
            self._coming_back.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter goes on; what no page knows does nothing."""
        key, held = event.key(), event.modifiers()
        every = (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.ShiftModifier
        )
        if key == Qt.Key.Key_Q and held & every == every:
            self.leave_asked.emit()
        elif key == Qt.Key.Key_F1:
            self.ask_help()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        event.accept()

    # --- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._library)
        head.addStretch(1)
        head.addWidget(self._clock)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 32)
        column.setSpacing(24)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.setAutoFillBackground(True)
        set_type(self._library, "lead", strong=True)
        self.setAccessibleName(_("Guest book"))

    @property
    def _fills_screen(self) -> bool:
        return self.isFullScreen() and not self.isMinimized()

    def _take_burst(self, burst: Burst) -> None:
        if burst.trouble is None:
            self.scanned.emit(Scan(burst.text, Symbology.UNKNOWN, self._now(), Source.SCANNER))

    def _tick(self) -> None:
        self._clock.setText(clock_time(self._now()))

    def _come_back(self) -> None:
        if not self.isVisible() or self._may_close:
            return
        if not self._fills_screen:
            self.showFullScreen()
        self.raise_()
        self.activateWindow()


class _Keys:
    """Single keys of the kiosk: digits choose."""

    def __init__(self, window: KioskWindow) -> None:
        self._window = window

    def has_key(self, key: str) -> bool:
        """Whether a key means something here."""
        return key.isascii() and key.isdigit()

    def run_key(self, key: str) -> bool:
        """Do what it means."""
        if self.has_key(key):
            self._window.digit.emit(key)
            return True
        return False


def _is_ending() -> bool:
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
