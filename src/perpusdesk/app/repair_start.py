"""A start that stands before a damaged library: it offers to repair it, then to open it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.services.doctor.salvage_job import repair_library
from perpusdesk.services.wording.doctor import say_salvage
from perpusdesk.services.wording.faults import Told, say_fault
from perpusdesk.storage.name_card import places_on_card
from perpusdesk.storage.salvage.report import Report
from perpusdesk.storage.salvage.salvage import StoppedError
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.start.pages import ProblemPage, Step, WaitPage
from perpusdesk.ui.start.window import StartWindow

_WHOLE = 100


class RepairStart(QObject):
    """Repairs beside the window, which shows how far it is; ``again`` opens the library then."""

    _moved = Signal(int, int)

    def __init__(self, window: StartWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._stop = threading.Event()
        self._again: Callable[[], object] = window.close
        self._folder = Path()

    def steps(self, folder: Path, again: Callable[[], object]) -> list[Step]:
        """Return the button that repairs the library in a folder."""
        return [(_("Repair"), lambda: self.repair(folder, again))]

    def told(self, error: KnownError, folder: Path) -> Told:
        """Return what is said of a damaged library, and where its backups are looked for."""
        places = _places(folder)
        todo = [_("It takes some minutes for a large library, and can be stopped.")]
        if places:
            text = _(
                "What is missing comes from the backups in {places}: plug in the stick or disk"
                " first."
            )
            todo.append(text.format(places=places))
        return Told(
            _("The library file is damaged."),
            _("Repair reads all that is readable into a new file. The damaged one is kept."),
            " ".join(todo),
            say_fault(error).details,
        )

    def repair(self, folder: Path, again: Callable[[], object]) -> None:
        """Begin; ``again`` is for when it is done, or was stopped."""
        self._again, self._folder = again, folder
        self._stop.clear()
        page = WaitPage(
            _("Repairing the library"),
            _("Reading all that is readable. Nothing in the damaged file is changed."),
            (_("Stop"), self._stop.set),
        )
        self._moved.connect(page.show_progress)
        self._window.show_page(page)
        self._tasks.run(lambda: self._work(folder), self._done, self._failed)

    def close(self) -> None:
        """Let a repair under way give up."""
        self._stop.set()

    def _work(self, folder: Path) -> Report | None:
        def told(share: float) -> None:
            self._moved.emit(round(share * _WHOLE), _WHOLE)

        try:
            return repair_library(folder, told, self._stop.is_set)
        except StoppedError:
            return None

    def _done(self, report: Report | None) -> None:
        again = self._again
        if report is None:
            self._show(_("The repair was stopped."), _("Nothing was changed."), "", again)
            return
        first, *rest = say_salvage(report)
        self._show(_("The library is repaired."), " ".join([first, *rest[:-1]]), rest[-1], again)

    def _failed(self, error: KnownError) -> None:
        told, again = say_fault(error), self._again
        steps: list[Step] = [
            (_("Try again"), again),
            (_("Quit"), self._window.close),
        ]
        if error.facts.get("nothing"):
            told = self._nothing_found(told)
            steps.insert(0, (_("Repair again"), lambda: self.repair(self._folder, again)))
        self._window.show_page(ProblemPage(told, steps, "start/damaged"))

    def _nothing_found(self, told: Told) -> Told:
        places = _places(self._folder)
        todo = _("Plug in the stick or disk with the backups, then repair again.")
        if places:
            text = _("Plug in the stick or disk with the backups ({places}), then repair again.")
            todo = text.format(places=places)
        return Told(
            _("Nothing in the library file can be read, and no backup of it was found."),
            _("The file was not changed."),
            todo,
            told.details,
        )

    def _show(self, what: str, safe: str, todo: str, again: Callable[[], object]) -> None:
        steps: list[Step] = [
            (_("Open the library"), again),
            (_("Quit"), self._window.close),
        ]
        self._window.show_page(ProblemPage(Told(what, safe, todo), steps, "start/damaged"))


def _places(folder: Path) -> str:
    """Return where backups were made to, so that lines may break within the paths."""
    return ", ".join(str(one).replace(os.sep, f"{os.sep}\u200b") for one in places_on_card(folder))
