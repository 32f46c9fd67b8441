"""The program as a kiosk: its window hidden, the guest book in front of everything else.

Behind it the program goes on as ever: it exchanges, backs up and keeps its library short.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from perpusdesk.app.helping import Helping
from perpusdesk.app.preferences import scanner_of
from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.settings import SettingsFile
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.cataloguing.code_masks import code_masks
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff.shift import Colleague, colleagues
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.services.visits.visit_settings import settings_of
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.camera.control import CameraControl
from perpusdesk.ui.kiosk.control import Kiosk
from perpusdesk.ui.kiosk.gate import Gate
from perpusdesk.ui.kit.camera_view import CameraView
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service.kiosk_offers import SayOffer, WishOffer
from perpusdesk.ui.shell.window import MainWindow
from perpusdesk.ui.staff.lock_control import LockControl
from perpusdesk.ui.staff.lock_screen import LockScreen
from perpusdesk.ui.staff.lock_text import Why
from perpusdesk.ui.staff.trying import try_pin
from perpusdesk.ui.surveys.offer import SurveyOffer


class KioskMode(QObject):
    """Enters the kiosk and lets staff out of it. ``entered`` and ``left`` tell of it."""

    entered = Signal()
    left = Signal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        tasks: Tasks,
        *,
        sounds: Sounds,
        camera: CameraControl,
        settings: SettingsFile,
        locking: LockControl,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._camera, self._settings, self._locking = camera, settings, locking
        self._pins = False
        self.on = False
        mine = KioskDesk(desk.library, desk.branch, None)
        self.kiosk = Kiosk(mine, tasks, sounds, scanner_of(settings.values))
        self.kiosk.leave_asked.connect(self._ask)
        self.surveys = SurveyOffer(mine, tasks)
        self.surveys.left.connect(self.kiosk.reset)
        self.kiosk.add_offer(_("Answer a survey"), "message", self.surveys.begin)
        self.wishes, self.messages = WishOffer(mine, tasks), SayOffer(mine, tasks)
        for offer in (self.wishes, self.messages):
            offer.left.connect(self.kiosk.reset)
        self.kiosk.add_offer(_("Wish for a book"), "book", self.wishes.begin)
        self.kiosk.add_offer(_("Suggestion or complaint"), "note", self.messages.begin)
        self._view: CameraView | None = None
        self._eye = CameraControl(self.kiosk.window, tasks, settings, lambda: code_masks(desk))
        self._eye.seen.connect(self._show_frame)
        self.gate = Gate()
        self.gate.entered.connect(self._typed)
        self.gate.left.connect(self._go_on)
        self.helping = Helping(self.kiosk.window, outside=False)
        self.kiosk.window.help_asked.connect(self._help)
        self.kiosk.window.touched.connect(self._reading)
        self.screen = LockScreen()
        keep_scans(self.screen.pin.edit)
        self.screen.tried.connect(self._try)
        self.screen.left.connect(self._go_on)
        self.gate.put_sign_in(self.screen)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(lambda _manager: self.kiosk.window.let_close())

    def enter(self) -> None:
        """Fill the screen with the guest book; the window of the desk goes away."""
        if self.on:
            return
        self.on = True
        self._window.rest_keys(True)
        self._camera.close()
        self.kiosk.window.use_scanner(scanner_of(self._settings.values))
        self.kiosk.open()
        self._window.hide()
        if self._settings.values.camera_on:
            self._eye.want(True)
        self.entered.emit()

    def close(self) -> None:
        """Let go of the camera and of the screen: the program ends."""
        self._eye.close()
        self.kiosk.shut()

    # --- the way out -------------------------------------------------------------------------

    def _ask(self) -> None:
        desk = self._desk

        def read() -> tuple[bool, list[Colleague]]:
            return desk.pins_in_use, colleagues(desk)

        self._tasks.run(read, lambda found: self._show_gate(*found), owner=self)

    def _show_gate(self, pins: bool, people: list[Colleague]) -> None:
        self._pins = pins
        self.screen.setVisible(pins)
        self.gate.begin(sign_in=pins)
        self.kiosk.reset()
        self.kiosk.show_part(self.gate)
        if pins:
            self.screen.open(Why.SWITCH, people, None, can_leave=True)

    def _help(self) -> None:
        """Open the manual for staff; visitors have no use for it."""
        if self.gate.isVisible():
            self.helping.show("kiosk")

    def _reading(self) -> None:
        if self.helping.open:
            self.gate.stay()

    def _typed(self, typed: str) -> None:
        if self._pins:
            self.gate.pad.clear()
            self.screen.pin.edit.setText(typed)
            self.screen.pin.edit.returnPressed.emit()
            return
        desk = self._desk
        self._tasks.run(lambda: settings_of(desk).exit_code == typed, self._code_read, owner=self)

    def _code_read(self, right: bool) -> None:
        if right:
            self._leave()
        else:
            self.gate.refuse()

    def _try(self, person: UUID, secret: str, new: str) -> None:
        self.screen.wait(True)
        try_pin(
            self._desk,
            self._tasks,
            self,
            person=person,
            secret=secret,
            new=new,
            answered=self._signed_in,
            failed=self._failed,
        )

    def _signed_in(self, answer: Done[Colleague] | Refused) -> None:
        self.screen.wait(False)
        if isinstance(answer, Done):
            self._leave()
            self._locking.let_in(answer.value)
            return
        said = say_refusal(answer)
        whole = f"{said.what} {said.todo}".strip()
        if answer.reason is Reason.PIN_TO_CHANGE:
            self.screen.ask_new(whole)
        else:
            self.screen.refuse(whole)

    def _failed(self, error: KnownError) -> None:
        self.screen.wait(False)
        self.screen.refuse(str(say_fault(error)))

    def _go_on(self) -> None:
        self.helping.close()
        self.gate.end()
        self.screen.forget()
        self.kiosk.reset()

    def _leave(self) -> None:
        self._go_on()
        self.on = False
        self._eye.close()
        self.kiosk.shut()
        self._window.rest_keys(False)
        self._window.show()
        self._window.activateWindow()
        self._camera.restore()
        self.left.emit()

    def _show_frame(self, frame: Any) -> None:
        if self._view is None:
            self._view = CameraView()
            self._view.setMaximumHeight(240)
            self.kiosk.window.start.camera_room.addWidget(self._view)
        self._view.show_frame(frame)
