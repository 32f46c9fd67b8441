"""The tab of own reports: every pick shows its first lines, made beside the desk's work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.own_reports.report import How, Report, begun, checked
from perpusdesk.domain.own_reports.schedule import Every
from perpusdesk.domain.packs.form import Pack
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.reports.own_report_conditions import condition_text, typed_condition
from perpusdesk.services.reports.own_reports import (
    OwnReport,
    Preview,
    keep_report,
    own_reports,
    preview,
    remove_report,
    report_sheet,
)
from perpusdesk.services.reports.report_schedules import (
    FORMATS,
    Schedule,
    drop_schedule,
    schedule_own,
    schedule_pack,
    schedules,
)
from perpusdesk.services.results import Done
from perpusdesk.services.wording.own_reports import subject_name
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.reports import own_text as text
from perpusdesk.ui.reports.folder_edit import FolderEdit
from perpusdesk.ui.reports.own_room import OwnRoom
from perpusdesk.ui.reports.places import places
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages

_SOON_MS = 150
_Write = Callable[[FolderEdit, str], Done[UUID] | Refused]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the database says of a report: its first lines, its conditions in words, the day."""

    answer: Preview | Said
    told: tuple[str, ...]
    today: date


class OwnPart(QObject):
    """What stands behind the tab."""

    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._open: OwnReport | None = None
        self._report: Report | None = None
        self._asked = 0
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self._read())
        self.room = OwnRoom(self)
        self.saving = ListSaving(desk, tasks, messages)
        for strip in self.saving.parts:
            self.room.top.addWidget(strip)
        self.room.rows.chosen.connect(lambda _id: self._chosen())
        self.room.picks.changed.connect(self._picked)
        self.room.picks.condition_typed.connect(self._condition)
        self._clock = QTimer(self.room)  # ends with what it moves
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SOON_MS)
        self._clock.timeout.connect(self._look)
        self.widget: QWidget = self.room

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Show what is saved by now."""
        self._tasks.run(
            lambda: places(self._desk, _("All branches")), self.room.picks.offer, owner=self
        )
        self._read()

    def escape(self) -> None:
        """Leave the question, or the report where it covers the list."""
        if self.room.ask.isVisible():
            self.room.ask.leave()
        elif self.saving.ask.isVisible():
            self.saving.ask.leave()
        else:
            self.room.panes.leave_panel()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.panes.into_list()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the list is short."""

    # --- what can be done ----------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a new report."""
        self._show(None, begun("loans"))
        self.room.picks.subject.setFocus()

    def keep(self) -> None:
        """Save the report under a name, the saved one too."""
        report, known = self._report, self._open
        if report is None:
            return
        name = Field(_("Name"), QLineEdit(known.name if known else ""), required=True, name="name")

        def keep() -> None:
            id_ = known.id if known else None
            self.doing.run(
                lambda: keep_report(self._desk, name.edit.text(), report, id_), self._kept
            )

        self.room.ask.ask(
            _("What is the report called?"),
            [name],
            _("Save report"),
            keep,
            why=_("All devices of the library get it."),
            check=lambda: missing(("name", name.edit.text().strip())),
        )

    def save_list(self) -> None:
        """Save all lines as a workbook."""
        report = self._usable()
        if report is None:
            return
        name = self._open.name if self._open else subject_name(report.subject)

        def work() -> ListSheet | Said:
            with self._desk.beside() as desk:
                sheet = report_sheet(desk, report, name)
                return say_refusal(sheet, desk) if isinstance(sheet, Refused) else sheet

        def go_on(found: ListSheet | Said) -> None:
            if isinstance(found, Said):
                self.doing.refuse(found)
            else:
                self.saving.begin(found)

        self._tasks.aside(work, go_on, owner=self)

    def schedule(self) -> None:
        """Ask how often and where the saved report is written by itself."""
        known = self._open
        if known is None:
            return
        every = Field(
            _("Rhythm"), Choice([(text.every_name(one), one) for one in Every]), name="every"
        )

        def write(folder: FolderEdit, format_: str) -> Done[UUID] | Refused:
            chosen = every.edit.value() or Every.MONTH
            return schedule_own(self._desk, known.id, chosen, folder.folder(), format_)

        self._ask_schedule(known.name, [every], FORMATS[::-1], write)

    def schedule_pack(self, pack: Pack) -> None:
        """Ask where a pack is written by itself, whenever its period has ended."""

        def write(folder: FolderEdit, format_: str) -> Done[UUID] | Refused:
            return schedule_pack(self._desk, pack.key, folder.folder(), format_)

        self._ask_schedule(pack.name, [], FORMATS, write)

    def remove(self) -> None:
        """Remove the saved report; it can be undone."""
        known = self._open
        if known is not None:
            self.doing.run(lambda: remove_report(self._desk, known.id), lambda _done: self._gone())

    def drop(self, schedule: Schedule) -> None:
        """Stop writing; it can be undone."""
        self.doing.run(lambda: drop_schedule(self._desk, schedule.id))

    # --- inside --------------------------------------------------------------------------------

    def _read(self) -> None:
        def work() -> tuple[list[OwnReport], list[Schedule]]:
            return own_reports(self._desk), schedules(self._desk)

        self._tasks.run(work, lambda found: self._list(*found), owner=self)

    def _list(self, reports: Sequence[OwnReport], planned: Sequence[Schedule]) -> None:
        self.room.show_reports(reports, planned)
        self.shown.emit()

    def _chosen(self) -> None:
        one = self.room.rows.chosen_record()
        if isinstance(one, OwnReport):
            self._show(one, one.report)

    def _show(self, known: OwnReport | None, report: Report) -> None:
        self._open = known
        self.room.show_name(known.name if known else "", saved=known is not None)
        self.room.unfold(open_=known is None)
        self.room.panes.show_panel(uncover=known is None)
        self._picked(report)

    def _picked(self, report: Report) -> None:
        self._report = report
        self._clock.start()

    def _usable(self) -> Report | None:
        return checked(self._report) if self._report is not None else None

    def _look(self) -> None:
        report, self._asked = self._report, self._asked + 1
        if report is None:
            return
        asked, usable = self._asked, self._usable()

        def work() -> _Seen:
            with self._desk.beside() as desk:
                told = tuple(condition_text(desk, report.subject, c) for c in report.conditions)
                if usable is None:
                    return _Seen(Said(_("Switch on at least one column."), ""), told, desk.today())
                answer = preview(desk, usable)
                said = say_refusal(answer, desk) if isinstance(answer, Refused) else answer
                return _Seen(said, told, desk.today())

        self._tasks.aside(work, lambda seen: self._seen(asked, report, seen), owner=self)

    def _seen(self, asked: int, report: Report, seen: _Seen) -> None:
        if asked != self._asked:
            return
        self.room.picks.show_report(report, seen.told, seen.today)
        self.room.made_of.setText(text.made_of(report, seen.told, seen.today))
        if isinstance(seen.answer, Preview):
            self.room.table.show_preview(seen.answer)
        else:
            self.room.table.say(f"{seen.answer.what} {seen.answer.todo}".strip())
        self.shown.emit()

    def _condition(self, column: str, how: str, typed: str) -> None:
        report = self._report
        if report is None:
            return

        def work() -> Report | Said:
            found = typed_condition(self._desk, report.subject, column, How(how), typed)
            if isinstance(found, Refused):
                return say_refusal(found, self._desk)
            kept = tuple(one for one in report.conditions if one != found)
            return replace(report, conditions=(*kept, found))

        def go_on(found: Report | Said) -> None:
            if isinstance(found, Said):
                self.doing.refuse(found)
            else:
                self.room.picks.value.clear()
                self._picked(found)

        self._tasks.run(work, go_on, owner=self)

    def _kept(self, done: Done[OwnReport]) -> None:
        self._open = done.value
        self.room.show_name(done.value.name, saved=True)

    def _gone(self) -> None:
        self._open = self._report = None
        self.room.panes.show_nobody()

    def _ask_schedule(
        self, name: str, first: Sequence[Field[Any]], formats: Sequence[str], write: _Write
    ) -> None:
        folder = Field(_("Folder"), FolderEdit(), name="folder")
        kind = Field(_("As"), Choice([(one.upper(), one) for one in formats]), name="format")

        def keep() -> None:
            self.doing.run(lambda: write(folder.edit, kind.edit.value() or formats[0]))

        self.room.ask.ask(
            _("Write “{name}” into a folder?").format(name=name),
            [*first, kind, folder],
            _("Schedule"),
            keep,
            why=_("This device writes it after each period; the one that ended last at once."),
            columns=2,
            wide=("folder",),
        )
