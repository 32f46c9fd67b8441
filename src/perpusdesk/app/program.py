"""One running desktop: the window, its screens, and what ties them together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from perpusdesk.app.at_rest import put_away
from perpusdesk.app.backing_up import BackingUp
from perpusdesk.app.backup_line import ServerLine
from perpusdesk.app.chores import Chores
from perpusdesk.app.examining import Examining
from perpusdesk.app.exchanging import Exchanging
from perpusdesk.app.given import Given
from perpusdesk.app.guarding_data import GuardingData
from perpusdesk.app.helping import Helping
from perpusdesk.app.preferences import Preferences, scanner_of
from perpusdesk.app.reporting import Reporting
from perpusdesk.app.safekeeping import Safekeeping
from perpusdesk.app.screens import Screens
from perpusdesk.app.slips import Slips
from perpusdesk.app.tabs import Place
from perpusdesk.app.updating import Updating
from perpusdesk.app.visiting import Visiting
from perpusdesk.common.i18n import _
from perpusdesk.common.passing import clear, passing_folder
from perpusdesk.common.paths import log_folder, settings_file
from perpusdesk.common.settings import SettingsFile
from perpusdesk.scan.types import Scan
from perpusdesk.services.cataloguing.code_masks import code_masks
from perpusdesk.services.circulation.visit import Visit, current_visit
from perpusdesk.services.desk import Desk
from perpusdesk.services.staff.shift import Colleague
from perpusdesk.ui.camera.control import CameraControl, MakeSource
from perpusdesk.ui.camera.sources import source_of
from perpusdesk.ui.desk.actions import desk_actions
from perpusdesk.ui.desk.page import DeskPage
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.window import MainWindow
from perpusdesk.ui.staff.lock_control import LockControl
from perpusdesk.ui.staff.switcher import StaffSwitcher
from perpusdesk.ui.visits.actions import kiosk_action

if TYPE_CHECKING:
    from perpusdesk.app.kiosk import KioskMode


class Program(QObject):
    """Builds the window for one desk and keeps its parts together.

    After building, the library belongs to the tasks' database thread. ``reopen_asked`` carries what
    opens the library of a folder when this program is closed (a restore).
    """

    reopen_asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        demo: bool = False,
        reports: Path | None = None,
        settings: SettingsFile | None = None,
        make_source: MakeSource = source_of,
        automatic: bool = False,
    ) -> None:
        """``settings`` are this device's (default: those in the platform's place).

        ``make_source`` makes the camera of its setting; the demo's day hands in its own.
        ``automatic``: back up unasked.
        """
        super().__init__()
        self.desk = desk
        self._automatic, self._demo = automatic, demo
        self.kiosk: KioskMode | None = None
        self.settings = settings or SettingsFile(settings_file())
        chosen = self.settings.values
        self.sounds = Sounds(chosen.volume, on=chosen.sounds)
        self._interrupted = current_visit(desk)
        self.window = MainWindow(
            scanner=scanner_of(chosen), demo=demo, reports=reports or log_folder()
        )
        messages = self.window.messages
        self.tasks = Tasks(on_bug=messages.bug, on_known=messages.known, parent=self)
        self.desk_page = DeskPage(desk, self.tasks, messages, self.sounds)
        self.camera = CameraControl(
            self.window, self.tasks, self.settings, lambda: code_masks(desk), make_source
        )
        self.staff = StaffSwitcher(self.window, desk, self.tasks)
        self.locking = LockControl(
            self.window, desk, self.tasks, lambda: self.settings.values.lock_after
        )
        self.examining = Examining(self.window, desk, self.tasks)
        self.examining.reopen_asked.connect(self.reopen_asked)
        self.chores = Chores(
            desk,
            self.tasks,
            messages,
            self.desk_page.opened,
            self.examining.look_after_unclean_end,
        )
        self.helping = Helping(self.window)
        self.window.help_asked.connect(self.helping.show)
        self._put_desk_up()
        self._put_staff_up()
        self._put_screens_up()
        self.window.closed.connect(self.close)

    def _put_desk_up(self) -> None:
        window, page, desk = self.window, self.desk_page, self.desk
        self._slips = Slips(  # kept: a signal does not keep who listens
            desk,
            self.tasks,
            window.messages,
            lambda: self.settings.values,
            passing_folder(),
        )
        window.add_page(page)
        window.registry.add(*desk_actions(page))
        page.command_asked.connect(self._command)
        page.box_wanted.connect(window.box.take_focus)
        page.slip_asked.connect(self._slips.make)

    def _put_staff_up(self) -> None:
        desk = self.desk
        person = desk.people.get(desk.staff) if desk.staff else None
        self.window.set_staff(person.name if person else _("Nobody"))
        self.staff.changed.connect(self._other_person)
        self.locking.changed.connect(self._other_person)
        self.window.staff_asked.connect(self._ask_staff)
        self.window.registry.add(self.staff.action(self._ask_staff), self.locking.action())

    def _put_screens_up(self) -> None:
        self.screens = Screens(
            self.window,
            self.tasks,
            self.desk_page,
            self.desk,
            camera=self.camera,
            sounds=self.sounds,
            papers=passing_folder(),
        )
        self._put_service_up()
        self._put_safety_up()
        self.exchanging = Exchanging(
            self.window,
            self.desk,
            self.tasks,
            settings=self.settings,
            deciding=self.screens.deciding,
        )
        self.backing_up.runner.join(ServerLine(self.exchanging.runner, self.desk.library.folder))
        self.exchanging.arrived.connect(
            lambda *_about: self.tasks.run(self.desk.library.keep_recoverable)
        )
        self.exchanging.arrived.connect(self.locking.follow)
        self.exchanging.page.join_asked.connect(self._to_joining)
        self.preferences = Preferences(
            self.desk,
            self.window,
            tasks=self.tasks,
            sounds=self.sounds,
            camera=self.camera,
            settings=self.settings,
        )
        self.window.add_page(self.preferences.page)
        self.exchanging.arrived.connect(self.preferences.settle)
        self.exchanging.arrived.connect(self.screens.follow)
        self.updating = Updating(
            self.window,
            self.tasks,
            self.exchanging.runner,
            self.preferences.page.updates,
            settings=self.settings,
            folder=self.desk.library.folder,
            desk=self.desk,
        )
        self.updating.leave_asked.connect(self.window.close)
        self.given = Given(self.window, self.tasks, self.exchanging, self.updating)
        self.preferences.page.undo_asked.connect(self.desk_page.undo)
        self.preferences.page.joined.connect(self.exchanging.runner.join)
        self.preferences.page.people_changed.connect(self.locking.follow)

    @property
    def _place(self) -> Place:
        return Place(self.window, self.desk, self.tasks, passing_folder(), self._to_desk)

    def _put_service_up(self) -> None:
        self.window.registry.add(kiosk_action(self.enter_kiosk))
        self.visiting = Visiting(self._place, self.sounds)
        self.reporting = Reporting(self._place)
        self.reporting.weeding_asked.connect(self.screens.show_weeding)
        for part in (self.visiting, self.reporting):
            part.member_asked.connect(self.screens.show_member)
            part.title_asked.connect(self.screens.show_title)

    def _put_safety_up(self) -> None:
        self.backing_up = BackingUp(
            self.window,
            self.desk,
            self.tasks,
            settings=self.settings.path,
            automatic=self._automatic,
        )
        self.backing_up.reopen_asked.connect(self.reopen_asked)
        self.safekeeping = Safekeeping(
            self._place, backing_up=self.backing_up, examining=self.examining
        )
        self.safekeeping.member_asked.connect(self.screens.show_member)
        self.safekeeping.title_asked.connect(self.screens.show_title)
        for page in (self.screens.members, self.screens.titles):
            page.history_asked.connect(self.safekeeping.show_history)
        self.guarding_data = GuardingData(
            self.desk, self.tasks, self.window.messages, self.safekeeping.show_requests
        )

    def show(self, *, as_kiosk: bool = False) -> None:
        """Show the window; an interrupted visit is offered again once it is up.

        ``as_kiosk``: the guest book fills the screen instead, until staff leaves it.
        """
        if QGuiApplication.platformName() != "offscreen":  # whose screen is nobody's
            self.window.fit(self.window.screen().availableGeometry())
        self.locking.start()
        if as_kiosk:
            self.enter_kiosk()
        else:
            self.window.show()
            QTimer.singleShot(0, self.camera.restore)
        self.chores.start()
        put_away(self.desk, self.tasks)
        if not self._demo:
            self.safekeeping.remind_of_key()
        self.guarding_data.start()
        self.exchanging.start()
        self.backing_up.start()
        self.updating.start()
        if self._interrupted:
            QTimer.singleShot(0, self._offer_interrupted)

    @property
    def front(self) -> QWidget:
        """The window that people see: the kiosk's while it fills the screen."""
        kiosk = self.kiosk
        return kiosk.kiosk.window if kiosk is not None and kiosk.on else self.window

    def enter_kiosk(self) -> None:
        """Let the guest book fill the screen."""
        from perpusdesk.app.kiosk import KioskMode  # few computers are kiosks

        if self.kiosk is None:
            self.kiosk = KioskMode(
                self.window,
                self.desk,
                self.tasks,
                sounds=self.sounds,
                camera=self.camera,
                settings=self.settings,
                locking=self.locking,
            )
        self.kiosk.enter()

    def close(self) -> None:
        """Let everything that was begun come to its end, then let go of the library."""
        if self.kiosk is not None:
            self.kiosk.close()
        self.visiting.phoning.close()
        self.chores.close()
        self.examining.close()
        self.guarding_data.close()
        self.exchanging.close()
        self.updating.close()
        self.backing_up.close()
        self.camera.close()
        self.tasks.close()
        self.sounds.close()
        self.window.hide()
        self.backing_up.runner.back_up_at_closing()
        self.desk.library.close()
        self.updating.after_closing(self.desk.library.key)
        clear()

    def _offer_interrupted(self) -> None:
        visit = self._interrupted
        if visit is None:
            return
        self._say_interrupted(visit)

    def _say_interrupted(self, visit: Visit) -> None:
        text = _("The visit of {name} was interrupted; all its loans are saved.")
        end = ToastAction(_("End the visit"), self.desk_page.finish, "Esc")
        self.window.messages.toast(text.format(name=visit.name), action=end, replace="interrupted")

    def _ask_staff(self) -> None:
        if self.locking.pins:
            self.locking.switch()
        else:
            self.staff.ask()

    def _other_person(self, person: Colleague | None) -> None:
        name = person.name if person else _("Nobody")
        self.window.set_staff(name)
        if person is not None:
            said = _("{name} is at the desk now.").format(name=name)
            self.window.messages.toast(said, tone="ok", replace="staff")
        if self.window.page == self.desk_page.name:
            self.desk_page.follow()
        else:
            self.window.refresh_page()

    def _to_desk(self, scan: Scan) -> None:
        self.window.go(self.desk_page.name)
        self.desk_page.handle_scan(scan)

    def _to_joining(self) -> None:
        self.window.go(self.preferences.page.name)
        self.preferences.page.show_code("")

    def _command(self, _text: str) -> None:
        self.window.palette_panel.open_fresh()
