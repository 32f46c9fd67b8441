"""Edits the list of headings, changes titles after it, and takes lists from files."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.cataloguing.apply_heading import (
    AppliedHeading,
    apply_heading,
    titles_using,
)
from perpusdesk.services.cataloguing.heading_sheet import heading_sheet
from perpusdesk.services.cataloguing.headings import (
    Heading,
    SavedHeading,
    heading_ids,
    heading_lines,
    remove_heading,
    save_heading,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.results import Done
from perpusdesk.services.transfer.import_headings import (
    HeadingReport,
    import_headings,
    preview_headings,
)
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.upkeep import headings_text as text
from perpusdesk.ui.upkeep.headings_part import HeadingsPart

T = TypeVar("T")

_BLANK = Heading("topic", "")


class Headings(QObject):
    """Between the part and the services."""

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing, self._messages = desk, tasks, doing, messages
        self.part = HeadingsPart(self._fetch)
        self._open: UUID | None = None
        self._ids: Sequence[UUID] = ()
        part = self.part
        part.asked.connect(self._list)
        part.rows.chosen.connect(self._chosen)
        part.save_asked.connect(self.save)
        part.new_asked.connect(self.new)
        part.remove_asked.connect(self.remove)
        part.import_asked.connect(self.choose_file)
        part.show_heading(_BLANK, known=False)

    def refresh(self) -> None:
        """Read the list anew."""
        self.part.ask_list()

    def sheet(self) -> ListSheet:
        """Return the headings, as they are narrowed, as a list to save."""
        return heading_sheet(self._ids)

    def new(self) -> None:
        """Begin a new heading."""
        self._open = None
        kind = self.part.kind.value() or _BLANK.kind
        self.part.rows.clearSelection()
        self.part.show_heading(Heading(kind, ""), known=False)
        self.part.form.by_name["heading"].edit.setFocus()

    def save(self) -> None:
        """Save the heading in the form."""
        heading, id_ = self.part.form.value(), self._open
        self._doing.run(
            lambda: save_heading(self._desk, heading, id_), self._saved, refused=self._refused
        )

    def remove(self) -> None:
        """Take the open heading out of the list."""
        id_ = self._open
        if id_ is not None:
            self._doing.run(lambda: remove_heading(self._desk, id_), lambda _done: self.new())

    # --- titles that have a former form ------------------------------------------------------

    def _saved(self, done: Done[SavedHeading]) -> None:
        value = done.value
        self._open = value.id
        self.part.show_heading(value.heading, known=True)
        former = (value.former, *value.heading.variants) if value.former else value.heading.variants
        wanted = tuple(dict.fromkeys(former))
        if wanted:
            self._tasks.run(
                lambda: titles_using(self._desk, value.heading.kind, wanted),
                lambda found: self._offer(value.heading, wanted, found),
                owner=self,
            )

    def _offer(self, heading: Heading, former: tuple[str, ...], found: Sequence[UUID]) -> None:
        if found:
            self.part.ask.ask(
                text.used(former[0], len(found)),
                (),
                _("Change them to the heading"),
                lambda: self._apply(heading, former),
            )

    def _apply(self, heading: Heading, former: tuple[str, ...]) -> None:
        def said(value: AppliedHeading) -> None:
            self._messages.toast(text.applied(value.titles), tone="ok")

        self._do(lambda: apply_heading(self._desk, heading, former), said)

    def _refused(self, refused: Refused, said: Said) -> bool:
        if refused.reason in (Reason.NAME_MISSING, Reason.HEADING_KNOWN):
            self.part.form.show_errors({"heading": f"{said.what} {said.todo}".strip()})
            return True
        return False

    # --- lists from files --------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a file of headings."""
        kinds = _("Lists of headings") + " (*.csv *.xlsx *.ods *.mrc *.sql)"
        name, _kind = QFileDialog.getOpenFileName(self.part, _("Choose a file"), "", kinds)
        if name:
            self.look_at(Path(name))

    def look_at(self, file: Path) -> None:
        """Say what a file has; nothing is written yet."""
        kind = self.part.kind.value() or _BLANK.kind

        def offer(report: HeadingReport) -> None:
            self.part.ask.ask(
                text.looked(report),
                (),
                _("Import the list"),
                lambda: self._import(file, kind),
                why="; ".join(one.heading for one in report.sample[:5]),
            )

        self._tasks.run(lambda: preview_headings(self._desk, file, kind), offer, owner=self)

    def _import(self, file: Path, kind: str) -> None:
        def said(report: HeadingReport) -> None:
            self._messages.toast(text.imported(report), tone="ok")
            self.refresh()

        self._do(lambda: import_headings(self._desk, file, kind), said)

    def _do(self, work: Callable[[], Done[T] | Refused], then: Callable[[T], object]) -> None:
        """Do what goes through many records; a refusal is said."""

        def told() -> tuple[Done[T] | Refused, Said | None]:
            answer = work()
            said = say_refusal(answer, self._desk) if isinstance(answer, Refused) else None
            return answer, said

        def shown(pair: tuple[Done[T] | Refused, Said | None]) -> None:
            answer, said = pair
            if not isinstance(answer, Refused):
                then(answer.value)
            elif said is not None:
                self._doing.refuse(said)

        self._tasks.run(told, shown, owner=self)

    # --- the list ----------------------------------------------------------------------------

    def _list(self, kind: str, typed: str) -> None:
        self._tasks.run(lambda: heading_ids(self._desk, kind, typed), self._show, owner=self)

    def _show(self, ids: Sequence[UUID]) -> None:
        self._ids = ids
        self.part.show_ids(ids)

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]

        def read() -> dict[Hashable, tuple[UUID, Heading]]:
            return {line[0]: line for line in heading_lines(self._desk, wanted)}

        self._tasks.run(read, answer, owner=self)

    def _chosen(self, id_: object) -> None:
        if not isinstance(id_, UUID) or id_ == self._open:
            return
        self._open = id_

        def show(found: list[tuple[UUID, Heading]]) -> None:
            if found and found[0][0] == self._open:
                self.part.show_heading(found[0][1], known=True)

        self._tasks.run(lambda: heading_lines(self._desk, [id_]), show, owner=self)
