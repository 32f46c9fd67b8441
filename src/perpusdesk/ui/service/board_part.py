"""The board of what is to be done: by stage, late ones seen first, moved on with a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.improvements import OPEN, Source, Stage, next_stage
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.domain.words.normal import words as plain_words
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.feedback.improvement_sheet import improvement_sheet
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    ImprovementLine,
    improvement_lines,
    move_improvement,
    plan_improvement,
    propose_improvement,
    remove_improvement,
)
from perpusdesk.services.feedback.service_lists import choices
from perpusdesk.services.wording.service import source_name, stage_name
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service import text
from perpusdesk.ui.service.list_part import ListPart
from perpusdesk.ui.service.message_fields import tall
from perpusdesk.ui.service.room import ServiceRoom
from perpusdesk.ui.service.side import Sheet
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.shell.messages import Messages

_SHOWN = frozenset({Source.COMPLAINT.value, Source.WISH.value})
"""Sources that stand on a tab of this screen."""


@dataclass(frozen=True, slots=True)
class _Known:
    lines: list[ImprovementLine]
    services: list[tuple[str, str]]
    people: list[tuple[str, UUID]]
    branches: list[tuple[str, UUID]]
    may: bool


class BoardPart(ListPart):
    """What stands behind the tab."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, papers: Path) -> None:
        """``papers`` is the folder for PDF files."""
        stages: list[tuple[str, Stage | bool | None]] = [
            (_("All stages"), None),
            (_("Still to be done"), True),
        ]
        stages += [(stage_name(stage), stage) for stage in Stage]
        self.stage: Choice[Stage | bool | None] = Choice(stages)
        self.source: Choice[str] = Choice(
            [(_("All sources"), ""), *((source_name(one), one.value) for one in Source)]
        )
        name = _("What is to be done")
        why = _("A finding of a survey, a message, a figure, or what you saw yourself.")
        nothing = EmptyState(
            "decide",
            _("Nothing stands on the board"),
            why,
            main=(_("Put a finding on the board"), self.ask_new),
        )
        steps = (
            button(_("Put a finding on the board"), self.ask_new, icon="plus", keys="Ctrl+N"),
            save_button(name, self.save_list),
            quiet_button(_("Print the plan"), self.print_list, icon="print", keys="Ctrl+P"),
        )
        narrow = ((_("Stage"), self.stage), (_("Source"), self.source))
        room = ServiceRoom(name, text.action_row, nothing, steps=steps, choices=narrow)
        super().__init__(desk, tasks, messages, papers, room)
        self._known = _Known([], [], [], [], may=False)
        self._shown: list[ImprovementLine] = []

    def read(self) -> _Known:
        """Read the board."""
        desk = self._desk
        return _Known(
            improvement_lines(desk),
            choices(desk, "service"),
            sorted((person.name, id_) for id_, person in desk.people.items()),
            [(branch.name, branch.id) for branch in desk.branches.values()],
            may=desk.may(COMPLAINTS) or not desk.people,
        )

    def show_read(self, found: _Known) -> None:
        """Show what was read, as far as it is wanted."""
        self._known = found
        self._shown = [line for line in found.lines if self._fits(line)]
        self.room.say(*text.board_count(self._shown))
        self.show_lines(self._shown, narrowed=bool(found.lines))

    def look_at(self, line: ImprovementLine) -> None:
        """Show an action."""
        row = line.row
        late = line.overdue
        due = short_date(row.due) if row.due else ""
        sheet = Sheet(
            row.action or row.finding,
            text.joined(stage_name(line.stage), _("late") if late else ""),
            "bad" if late else "ok" if line.stage is Stage.DONE else "muted",
            (
                (_("Owner"), row.owner_name or _("nobody yet")),
                (_("Until"), due or _("no day yet")),
                (_("Source"), source_name(row.source)),
                (_("Branch"), line.branch_name),
                (_("Begun on"), short_date(row.started) if row.started else ""),
                (_("Ended on"), short_date(row.done) if row.done else ""),
            ),
            (
                (_("Finding"), row.finding if row.action else ""),
                (_("Result"), row.result),
            ),
        )
        self.put(sheet, self._steps(line))

    def _steps(self, line: ImprovementLine) -> Sequence[QPushButton]:
        row = line.row
        source = quiet_button(
            _("Show the source"),
            lambda: self.source_asked.emit(row.source, row.source_id),
            icon="info",
        )
        shown = [source] if row.source in _SHOWN and row.source_id else []
        if not self._known.may:
            return shown
        if line.stage not in OPEN:
            again = button(_("Take up again"), lambda: self._move(Stage.DOING), icon="undo")
            return (again, self._remove_button(), *shown)
        made: list[QPushButton] = []
        following = next_stage(line.stage)
        if following is not None:
            verb = text.move_name(following)
            made.append(primary_button(verb, self.main_step, icon="check", keys="Ctrl+Enter"))
        made.append(button(_("Plan it"), self.ask_edit, icon="edit", keys="Ctrl+E"))
        made.append(
            quiet_button(_("Do not go on"), lambda: self._ask_end(Stage.DROPPED), icon="close")
        )
        made.append(self._remove_button())
        return [*made, *shown]

    def _remove_button(self) -> QPushButton:
        def remove() -> None:
            line = self.chosen
            if line is not None:
                self.do(lambda: remove_improvement(self._desk, line.id))

        return quiet_button(_("Take off the board"), remove, icon="trash")

    # --- what can be done ----------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask what somebody has seen."""
        finding = tall(_("What is wrong, or could be better?"), name="finding", lines=3)

        def said() -> str:
            return str(finding.edit.toPlainText()).strip()

        def then() -> None:
            told = said()
            self.do(
                lambda: propose_improvement(self._desk, Source.HAND, None, told),
                lambda _done: self.look(),
            )

        self.ask(
            _("Put a finding on the board"),
            [finding],
            _("Note the finding"),
            then,
            check=lambda: missing(("finding", said())),
        )

    def ask_edit(self) -> None:
        """Ask who does what by when."""
        line = self.chosen
        if line is None or not self._known.may:
            return
        fields = _PlanFields(line, self._known)
        self.ask(
            _("Who does what, by when?"),
            fields.fields,
            _("Save"),
            lambda: self.do(lambda: plan_improvement(self._desk, line.id, fields.form())),
            check=fields.wrong,
        )

    def main_step(self) -> None:
        """Move the chosen action to its next stage; what ends it asks for the result."""
        line = self.chosen
        following = next_stage(line.stage) if line is not None else None
        if following is None or not self._known.may:
            return
        if following in OPEN:
            self._move(following)
        else:
            self._ask_end(following)

    def _move(self, stage: Stage) -> None:
        line = self.chosen
        if line is not None:
            self.do(lambda: move_improvement(self._desk, line.id, stage))

    def _ask_end(self, stage: Stage) -> None:
        line = self.chosen
        if line is None:
            return
        label = _("Result") if stage is Stage.DONE else _("Why it is given up")
        result = tall(label, line.row.result, name="result")

        def said() -> str:
            return str(result.edit.toPlainText()).strip()

        self.ask(
            text.one_line(line.row.action or line.row.finding),
            [result],
            text.move_name(stage),
            lambda: self.do(lambda: move_improvement(self._desk, line.id, stage, said())),
            check=lambda: missing(("result", said())),
        )

    def sheet(self) -> ListSheet | None:
        """Return the board as it is narrowed."""
        return improvement_sheet(self._shown)

    def print_list(self) -> None:
        """Print the plan as it is narrowed."""
        from perpusdesk.services.feedback.service_papers import action_plan

        lines = list(self._shown)
        self.papers.make_beside("tindak-lanjut", lambda desk: action_plan(desk, lines), bytes)

    def _fits(self, line: ImprovementLine) -> bool:
        stage, row = self.stage.value(), line.row
        told = f"{row.finding} {row.action} {row.owner_name} {row.result} {line.branch_name}"
        known = " ".join(plain_words(told))
        return (
            (stage is None or line.stage is stage or (stage is True and line.stage in OPEN))
            and self.source.value() in ("", row.source)
            and all(word in known for word in plain_words(self.text))
        )


class _PlanFields:
    """The fields of a plan."""

    def __init__(self, line: ImprovementLine, known: _Known) -> None:
        row = line.row
        self.action = tall(_("What is done"), row.action, name="action", lines=3)
        owners: list[tuple[str, UUID | None]] = [(_("nobody yet"), None), *known.people]
        if row.owner is not None and row.owner not in {id_ for _name, id_ in known.people}:
            owners.append((row.owner_name, row.owner))
        self.owner = Field(_("Owner"), Choice[UUID | None](owners))
        self.owner.edit.choose(row.owner)
        self.due = Field(_("Until"), DateEdit(row.due), name="due")
        places: list[tuple[str, UUID | None]] = [(_("All branches"), None), *known.branches]
        self.branch = Field(_("Branch"), Choice[UUID | None](places))
        if row.branch in {id_ for _name, id_ in known.branches}:
            self.branch.edit.choose(row.branch)
        services = [(_("no special one"), ""), *known.services]
        if row.service and row.service not in {code for _name, code in services}:
            services.append((row.service, row.service))
        self.service = Field(_("Service"), Choice[str](services))
        self.service.edit.choose(row.service)
        self.urgent = QCheckBox(_("Urgent"))
        self.urgent.setChecked(row.priority > 0)
        self.finding = Field(_("Finding"), QLineEdit(row.finding), name="finding", required=True)

    @property
    def fields(self) -> list[Field[Any]]:
        """All of them in their order."""
        return [
            self.action,
            self.owner,
            self.due,
            self.branch,
            self.service,
            Field(_("Weight"), self.urgent),
            self.finding,
        ]

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        action = self.action.edit.toPlainText().strip()
        found = missing(("action", action), ("finding", self.finding.edit.text().strip()))
        if self.due.edit.wrong():
            found["due"] = _("This is not a date.")
        return found

    def form(self) -> ImprovementForm:
        """Return what was filled in."""
        return ImprovementForm(
            self.finding.edit.text(),
            self.action.edit.toPlainText(),
            self.owner.edit.value(),
            self.due.edit.date(),
            self.branch.edit.value(),
            self.service.edit.value() or "",
            int(self.urgent.isChecked()),
        )
