"""Backups in a running desktop: the tab, what runs by itself, and the word on the main screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.app.backup_runner import BackupRunner
from perpusdesk.app.permission import Permission
from perpusdesk.common.errors import KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain import rights
from perpusdesk.domain.backup_age import BackupAge
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backup_places import (
    BackupPlace,
    BackupPlan,
    add_place,
    backup_plan,
    folder_place,
    keep_plan,
    without_place,
)
from perpusdesk.services.safety.backup_view import BackupRow, Standing, View, look, standing
from perpusdesk.services.safety.backups import Outcome
from perpusdesk.services.safety.restore import Rehearsal, open_former, open_restored, rehearse
from perpusdesk.storage.backup.difference import Difference, difference
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.swapping import lay_ready
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.ui.backup import text
from perpusdesk.ui.backup.part import BackupPart
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import MainWindow

_TICK_MS = 10 * 60_000


class BackingUp(QObject):
    """``reopen_asked`` carries what opens the library of a folder when this one is closed."""

    reopen_asked = Signal(object)
    show_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        tasks: Tasks,
        *,
        settings: Path,
        automatic: bool = True,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self.runner = BackupRunner(desk, tasks, settings, automatic=automatic)
        self._automatic = automatic
        self._part: BackupPart | None = None
        self._doing = ""
        self._alarm = BackupAge.FRESH
        self.runner.moved.connect(self._moved)
        self.runner.made.connect(self._made)
        self.runner.broke.connect(self._broke)
        self.runner.began.connect(lambda: self._begin(_("Backing up ...")))
        self._permission = Permission(desk, tasks, window.messages, rights.BACKUP)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.tell)

    # --- as a tab ----------------------------------------------------------------------------

    @property
    def part(self) -> BackupPart:
        """The tab's room, made when somebody looks."""
        if self._part is None:
            self._part = part = BackupPart()
            part.backup_asked.connect(self.runner.back_up)
            part.rehearse_asked.connect(self.rehearse)
            part.restore_wanted.connect(self._say_difference)
            for asked, then in (
                (part.restore_asked, self.restore),
                (part.copy_asked, self.copy),
                (part.former_asked, self.to_former),
                (part.place_asked, self._choose_place),
                (part.place_dropped, self.drop_place),
                (part.switched, self.switch),
            ):
                asked.connect(partial(self._if_allowed, then))
        return self._part

    @property
    def widget(self) -> QWidget:
        """What fills the room below the tabs."""
        return self.part

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.refresh()

    def refresh(self) -> None:
        """Read how the backups stand, then look at the places."""
        self._tasks.run(lambda: standing(self._desk), self._stands, owner=self)

    def _stands(self, now: Standing) -> None:
        self.part.allow(self._permission.given)
        self.part.show_standing(now)
        server = self.runner.server
        self._tasks.aside(lambda: look(now, self.runner.keys, server), self._looked, owner=self)

    def _looked(self, view: View) -> None:
        self.part.show_view(view)

    # --- by itself ---------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, a moment after the window is up."""
        self.runner.start()
        if self._automatic:
            self._tick.start()
            QTimer.singleShot(5_000, self, self.tell)

    def tell(self) -> None:
        """Say on the main screen when the backups grow old."""
        self._tasks.run(lambda: standing(self._desk), self._alarm_at, owner=self)

    def _alarm_at(self, now: Standing) -> None:
        before, self._alarm = self._alarm, now.age
        if now.age is BackupAge.FRESH:
            if before is not BackupAge.FRESH:
                self._window.messages.solved()
            return
        if now.age is not before:
            _icon, said, tone = text.state(now)
            steps = ((_("Back up now"), self.runner.back_up), (_("Show"), self.show_asked.emit))
            todo = text.todo(now)
            place = "safety/backup"
            problem = Problem(said, "", todo, tone=tone, steps=steps, place=place, waits=True)
            self._window.messages.problem(problem)

    def close(self) -> None:
        """End what is under way."""
        self._tick.stop()
        self.runner.close()

    def _if_allowed(self, then: Callable[..., object], *about: object) -> None:
        """Do what was asked for, if who is here may; else the tab shows again how it is."""
        self._permission.ask(partial(then, *about), self.refresh)

    # --- what is asked for -------------------------------------------------------------------

    def rehearse(self, row: BackupRow) -> None:
        """Restore a backup into a side copy that goes away again, and tell what it showed."""
        library, line = self._desk.library, row.line

        def work(pace: Pace) -> Rehearsal:
            with library.beside() as beside:
                return rehearse(beside, line.store, line.name, pace)

        self._work(_("Rehearsing ..."), work, self._rehearsed)

    def _rehearsed(self, done: Rehearsal) -> None:
        self._end()
        self.part.tell(*text.rehearsed(done, self._desk.now()))

    def _say_difference(self, row: BackupRow) -> None:
        def work() -> Difference:
            made = row.line.store.manifest(row.line.name)
            with self._desk.library.beside() as beside:
                return difference(beside, made.have, made.rows)

        def told(found: Difference) -> None:
            self.part.ask_restore(row, text.restore_why(found))

        self._tasks.aside(work, told, self._broke, owner=self)

    def restore(self, row: BackupRow) -> None:
        """Lay the backup ready, then let it take the library's place."""
        folder, key, line = self._desk.library.folder, self._desk.library.key, row.line

        def work(pace: Pace) -> None:
            lay_ready(OpenBackup(line.store, line.name), folder, key, pace)

        self._work(_("Restoring ..."), work, lambda _none: self.reopen_asked.emit(open_restored))

    def to_former(self) -> None:
        """Go back to the library from before the restore."""
        self.reopen_asked.emit(open_former)

    def copy(self, row: BackupRow, folder: Path | None = None) -> None:
        """Restore a backup into a folder of its own, to be looked at."""
        chosen = folder or self._ask_folder(_("Folder for the copy"))
        if chosen is None:
            return
        target = chosen / f"PerpusDesk {row.line.at:%Y-%m-%d %H.%M}"
        line = row.line

        def work(pace: Pace) -> Path:
            backup = OpenBackup(line.store, line.name)
            restore_folder(backup, target, system_key_store(target), pace=pace)
            return target

        self._work(_("Restoring ..."), work, self._copied)

    def _copied(self, folder: Path) -> None:
        self._end()
        said = _("The copy is in {folder}. Open it with: Choose another folder, at the start.")
        self.part.tell(said.format(folder=folder), "ok")

    def _choose_place(self) -> None:
        chosen = self._ask_folder(_("Stick or folder for backups"))
        if chosen is not None:
            self.add(chosen)

    def _ask_folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._window, title)
        return Path(chosen) if chosen else None

    def add(self, root: Path) -> None:
        """Back up to a stick or folder from now on, at once for the first time."""
        self._tasks.aside(lambda: folder_place(root), self._add, self._broke, owner=self)

    def _add(self, place: BackupPlace) -> None:
        self._change(lambda plan: add_place(plan, place), self.runner.back_up)

    def drop_place(self, place: BackupPlace) -> None:
        """Back up there no more; what is there stays."""
        self._change(lambda plan: without_place(plan, place.id), self.refresh)

    def switch(self, on: bool) -> None:
        """Back up by itself, or only when asked."""
        self._change(lambda plan: replace(plan, automatic=on), self.refresh)

    def _change(
        self, change: Callable[[BackupPlan], BackupPlan], then: Callable[[], object]
    ) -> None:
        library = self._desk.library

        def work() -> None:
            keep_plan(library, change(backup_plan(library)))

        self._tasks.run(work, lambda _none: then(), owner=self)

    # --- how it goes -------------------------------------------------------------------------

    def _work(self, doing: str, what: Callable[[Pace], Any], then: Callable[[Any], object]) -> None:
        if self.runner.work(what, then):
            self._begin(doing)

    def _begin(self, doing: str) -> None:
        self._doing = doing
        if self._part is not None:
            self._part.tell("", "text")
            self._part.show_work(doing, 0)

    def _moved(self, share: float) -> None:
        if self._part is not None and self._doing:
            self._part.show_work(self._doing, share)

    def _end(self) -> None:
        self._doing = ""
        if self._part is not None:
            self._part.show_work("", 0)

    def _made(self, outcome: Outcome) -> None:
        self._end()
        if self._part is not None:
            self.refresh()
            if outcome.whole:
                said = _("The backup was written, opened and counted: {rows} rows.")
                rows = number(max(entry.rows for entry in outcome.entries))
                self._part.tell(said.format(rows=rows), "ok")
        self.tell()

    def _broke(self, error: KnownError) -> None:
        self._end()
        self._window.messages.known(error)
