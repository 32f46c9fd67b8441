"""From nothing to the desk: open the library, or say calmly what stands in the way."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.app.demo_build import DemoBuild
from perpusdesk.app.helping import Helping
from perpusdesk.app.locked_start import LockedStart
from perpusdesk.app.repair_start import RepairStart
from perpusdesk.app.single import First, bring_to_front, call_first
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.paths import demo_data_folder, kept_as
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.doctor.salvage_job import can_be_salvaged
from perpusdesk.services.library.opening import open_to_work
from perpusdesk.services.safety.restore import FoundStore, find_stores
from perpusdesk.services.wording.faults import Told
from perpusdesk.services.wording.recovery import say_other_code
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.upgrade import Stage
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.start import text
from perpusdesk.ui.start.pages import ProblemPage, Step, WaitPage
from perpusdesk.ui.start.window import StartWindow
from perpusdesk.ui.wizard.steps import Step as WizardStep
from perpusdesk.ui.wizard.steps import Way, Wizard

if TYPE_CHECKING:
    from perpusdesk.syncing.enrolment import NotJoined
    from perpusdesk.ui.camera.control import CameraControl
    from perpusdesk.ui.kit.code_entry import CodeEntry
    from perpusdesk.ui.kit.recovery_entry import RecoveryEntry
    from perpusdesk.ui.wizard.page import WizardPage

PATIENCE: Final = 700
"""Milliseconds before a library that opens slowly is told of."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the library is; ``known`` tells that one was there before; ``demo`` that it is made."""

    folder: Path
    known: bool = False
    demo: bool = False


class Start(QObject):
    """Ends with ``ready`` (an open ``Library``, its ``Place``) or with ``given_up``.

    The library is opened on a thread that ends before ``ready``; whoever hears it may hand the
    library to another one.
    """

    ready = Signal(object, object)
    given_up = Signal()
    _moved = Signal(float)
    _staged = Signal(object)

    def __init__(
        self,
        settings: SettingsFile,
        place: Place,
        *,
        opening: Callable[[Path], Library] | None = None,
        given: Sequence[Path] = (),
    ) -> None:
        """``opening`` opens the library of a folder that is there, in another way than usual.

        ``given`` are files that were opened, for the program that runs already if there is one.
        """
        super().__init__()
        self._given = given
        self._opening = opening or self._opened_as_usual
        self._settings = settings
        self.place = place
        self.window = StartWindow()
        self.window.left.connect(self._left)
        self.helping = Helping(self.window)
        self.window.help_asked.connect(self.helping.show)
        self.first: First | None = None
        self._build: DemoBuild | None = None
        self._ended = threading.Event()
        self._wizard: Wizard | None = None
        self._camera: CameraControl | None = None
        self._camera_place: CodeEntry | RecoveryEntry | None = None
        self._tasks = Tasks(on_bug=self.bug, on_known=self.known, parent=self)
        self._locked = LockedStart(
            self.window,
            self._tasks,
            want_camera=self._want_camera,
            drop_camera=self._drop_camera,
        )
        self._repair = RepairStart(self.window, self._tasks)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(PATIENCE)
        self._slow.timeout.connect(self._say_opening)
        self._staged.connect(self._say_stage)

    def begin_soon(self) -> None:
        """Begin as soon as events run."""
        QTimer.singleShot(0, self.begin)

    def wait_for_it(self) -> None:
        """Show at once that the library is being opened."""
        self._say_opening()

    def begin(self) -> None:
        """Open the library of the place, make the demo, or ask for a new library."""
        if call_first(self.place.folder, self._given):
            self.given_up.emit()
        elif (self.place.folder / FILE_NAME).exists() or self.place.known:
            self._open(self.place.folder)
        elif self.place.demo:
            self._make_demo()
        else:
            self.ask_new()

    def ask_new(self) -> None:
        """Ask for what a new library needs."""
        from perpusdesk.app.first_run import first_wizard
        from perpusdesk.ui.wizard.page import WizardPage

        self._wizard = self._wizard or first_wizard(self.place.folder)
        page = WizardPage(self._wizard, self._aside)
        page.finished.connect(self._answered)
        page.camera_wanted.connect(self._want_camera)
        page.stepped.connect(self._drop_camera)
        self.window.show_page(page)
        self._tasks.aside(find_stores, lambda stores: self._found(page, stores), owner=page)

    def _aside(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[KnownError], object],
        owner: QWidget,
    ) -> None:
        self._tasks.aside(work, then, failed, owner=owner)

    def _found(self, page: WizardPage, stores: list[FoundStore]) -> None:
        """Offer the backups of sticks that are plugged in."""
        if stores and not page.wizard.found:
            page.wizard.found = tuple(stores)
            page.show_found()

    def known(self, error: KnownError) -> None:
        """Say why the library does not open, and the ways on."""
        if error.fault is Fault.KEY_MISSING and error.facts.get("recoverable"):
            self._slow.stop()
            self._locked.ask_code(error, self.place.folder, self.begin)
            bring_to_front(self.window)
            return
        again = (_("Try again"), self.begin)
        other = (_("Choose another folder"), self._choose)
        quit_ = (_("Quit"), self.window.close)
        steps: list[Step] = [again, other, quit_]
        if self.place.demo:
            anew = (_("Make the demo library anew"), self._make_demo_anew)
            steps = [anew, quit_] if error.fault is Fault.KEY_MISSING else [again, quit_]
        elif error.fault is Fault.NOT_A_LIBRARY and not self._has_file():
            steps = [again, other, (_("Set up a new library"), self.ask_new), quit_]
        elif can_be_salvaged(self.place.folder, error):
            repair = self._repair.steps(self.place.folder, self.begin)
            told = self._repair.told(error, self.place.folder)
            self._say(told, [*repair, again, other, quit_], "start/damaged")
            return
        self._say(text.told(error, self.place.folder), steps, f"fault/{error.fault}")

    def bug(self, _error: BaseException) -> None:
        """Say that the start failed for a reason nobody expected."""
        steps: list[Step] = [(_("Try again"), self.begin), (_("Quit"), self.window.close)]
        self._say(text.bug(), steps, "bug")

    def close(self) -> None:
        """Let go of what the start still holds."""
        self._ended.set()
        self._drop_camera()
        if self._build is not None:
            self._build.cancel()
        self._slow.stop()
        self._repair.close()
        self._tasks.close()
        self._locked.close()
        if self.first is not None:
            self.first.close()

    def _open(self, folder: Path) -> None:
        self._slow.start()
        self._tasks.run(lambda: self._opening(folder), self._look)

    def _look(self, library: Library) -> None:
        self._slow.stop()
        if not self._locked.hold(library, self._opened):
            self._opened(library)

    def _opened(self, library: Library) -> None:
        self._slow.stop()
        self.first = First(self.place.folder, self)
        self._tasks.close()
        self.ready.emit(library, self.place)
        self.window.hide()

    def _answered(self, wizard: Wizard) -> None:
        from perpusdesk.app.first_run import (
            code_of,
            join_library,
            make_library,
            note_device,
            restore_from_server,
            restore_library,
        )
        from perpusdesk.ui.wizard import text as wizard_text

        self._drop_camera()
        answers, place = wizard.answers, self.place
        if answers.way is Way.DEMO:
            self.place = Place(demo_data_folder(), demo=True)
            self._tasks.run(lambda: note_device(self._settings, answers), self._begin_again)
            return
        self.place = replace(place, folder=answers.folder)
        moved = answers.folder != place.folder
        if answers.way is Way.JOIN:
            self.window.show_page(WaitPage(wizard_text.joining(code_of(answers))))
            self._tasks.run(
                lambda: join_library(self._settings, answers, moved=moved),
                self._joined,
                self._not_reached,
            )
            return
        if answers.way is Way.RESTORE and wizard.from_server:
            why = wizard_text.restoring_why(code_of(answers))
            page = WaitPage(wizard_text.restoring(), why)
            self._moved.connect(page.show_share)
            self.window.show_page(page)
            pace = Pace(told=self._moved.emit, stop=self._ended.is_set)
            self._tasks.run(
                lambda: restore_from_server(self._settings, answers, pace, moved=moved),
                self._joined,
                self._not_restored,
            )
            return
        if answers.way is Way.RESTORE:
            self.window.show_page(WaitPage(wizard_text.restoring()))
            self._tasks.run(
                lambda: restore_library(self._settings, answers, moved=moved),
                self._opened,
                self._not_restored,
            )
            return
        self._tasks.run(lambda: make_library(self._settings, answers, moved=moved), self._opened)

    def _not_restored(self, error: KnownError) -> None:
        other = (_("Choose another backup or code"), self.ask_new)
        told = text.told(error)
        steps: list[Step] = [other, (_("Quit"), self.window.close)]
        if error.fault is Fault.KEY_MISSING:
            said = say_other_code()
            told = Told(said.what, _("Nothing was changed."), said.todo, told.details)
        elif self._wizard is not None and self._wizard.from_server:
            told = text.not_from_server(error)
            steps.insert(0, (_("Try again"), self._answer_again))
        self._say(told, steps, "wizard/backup")

    def _joined(self, joined: Library | NotJoined) -> None:
        if isinstance(joined, Library):
            self._opened(joined)
            return
        from perpusdesk.app.first_run import say_not_joined

        change = (_("Change the code"), self._ask_code)
        quit_ = (_("Quit"), self.window.close)
        self._say(say_not_joined(joined), [change, quit_], "wizard/code")

    def _not_reached(self, error: KnownError) -> None:
        again = (_("Try again"), self._answer_again)
        change = (_("Change the code"), self._ask_code)
        told = text.told(error)
        if error.fault is Fault.UNREACHABLE:
            told = replace(told, safe=_("Nothing was changed; the code is still good."))
        self._say(told, [again, change, (_("Quit"), self.window.close)], "wizard/code")

    def _answer_again(self) -> None:
        if self._wizard is not None:
            self._answered(self._wizard)

    def _ask_code(self) -> None:
        if self._wizard is not None and self._wizard.answers.way is Way.JOIN:
            self._wizard.back_to(WizardStep.CODE)
        self.ask_new()

    def _want_camera(self, place: CodeEntry | RecoveryEntry, on: bool) -> None:
        if on and place is not self._camera_place:
            self._drop_camera()
        if self._camera is None and on:
            from perpusdesk.ui.camera.control import CameraControl

            self._camera_place = place
            self._camera = CameraControl(place, self._tasks, self._settings)
            self._camera.want(True)

    def _drop_camera(self) -> None:
        camera, self._camera, self._camera_place = self._camera, None, None
        if camera is not None:
            camera.want(False)
            camera.close()

    def _begin_again(self, _noted: object) -> None:
        self.begin()

    def _say_opening(self) -> None:
        self.window.show_page(WaitPage(text.opening(self.place.folder)))

    def _say_stage(self, stage: Stage) -> None:
        """Say at once what makes the opening take its time."""
        self._slow.stop()
        heading = text.opening(self.place.folder)
        self.window.show_page(WaitPage(heading, f"{text.stage(stage)} {text.stage_safe()}"))

    def _opened_as_usual(self, folder: Path) -> Library:
        return open_to_work(folder, self._staged.emit)

    def _say(self, told: Told, steps: list[Step], place: str = "start") -> None:
        self._slow.stop()
        self.window.show_page(ProblemPage(told, steps, place))
        bring_to_front(self.window)

    def _make_demo(self) -> None:
        self._build = DemoBuild(self.place.folder, self)
        cancel = (_("Cancel"), self.window.close)
        page = WaitPage(text.building(), text.building_why(), cancel)
        self._build.progress.connect(page.show_progress)
        self.window.show_page(page)
        self._tasks.run(self._build.run, self._made_demo)

    def _make_demo_anew(self) -> None:
        """Another computer has the key of the demo, in which nothing is anybody's."""
        folder = self.place.folder
        self._tasks.run(
            lambda: shutil.rmtree(folder, ignore_errors=True), lambda _none: self._make_demo()
        )

    def _made_demo(self, folder: Path | None) -> None:
        if folder is not None:
            self._open(folder)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self.window, _("Folder of the library"), str(self.place.folder)
        )
        if chosen:
            self.place = Place(Path(chosen), known=True)
            with contextlib.suppress(KnownError):  # a full stick: it holds for this run
                self._settings.change(data_folder=kept_as(Path(chosen)))
            self.begin()

    def _has_file(self) -> bool:
        return (self.place.folder / FILE_NAME).exists()

    def _left(self) -> None:
        self.given_up.emit()
