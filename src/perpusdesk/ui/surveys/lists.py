"""The lists of surveys and of forms, each with its steps; questions come in the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QPushButton

from perpusdesk.common.i18n import _
from perpusdesk.services.surveys.survey_drafts import DraftForm
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.ui.kit.asking_list import AskingList
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.surveys import text

Step = Callable[[], object]


class SurveyDoings(Protocol):
    """What the buttons of the surveys ask for; all but the first about the chosen one."""

    def ask_new(self) -> None:
        """Begin a survey."""

    def open_results(self) -> None:
        """Show what came out."""

    def type_forms(self) -> None:
        """Type paper forms."""

    def ask_here(self) -> None:
        """Let visitors answer on this screen."""

    def ask_edit(self) -> None:
        """Change name, time, branch, target."""

    def close_or_open(self) -> None:
        """End it, or take answers again."""

    def remove(self) -> None:
        """Remove one without answers."""


class FormDoings(Protocol):
    """What the buttons of the forms ask for; all but the first about the chosen one."""

    def ask_form(self) -> None:
        """Begin a form from a template."""

    def build(self) -> None:
        """Open the form to be changed."""

    def publish(self) -> None:
        """Make its next version."""

    def print_paper(self) -> None:
        """Print the paper form of its latest version."""

    def copy(self) -> None:
        """Begin another one like it."""

    def remove_form(self) -> None:
        """Remove it; what was published stays."""


class SurveyList(AskingList):
    """All surveys with how far they are."""

    def __init__(self, doings: SurveyDoings) -> None:
        self._doings = doings
        self.says = words("", "lead", strong=True, wrap=True)
        why = _("Ask visitors how the service was; the satisfaction survey is ready to use.")
        empty = EmptyState(
            "message",
            _("No survey yet"),
            why,
            main=(_("Begin a survey"), doings.ask_new),
        )
        super().__init__(
            self.says,
            button(_("Begin a survey"), doings.ask_new, icon="plus"),
            RecordList(_("Surveys"), text.survey_row),
            empty,
        )

    def steps_for(self, record: Any) -> Sequence[QPushButton]:
        """Return what can be done with a survey."""
        if not isinstance(record, SurveyLine):
            return ()
        doings = self._doings
        steps = [primary_button(_("Result"), doings.open_results, icon="reports")]
        if record.closed is None:
            steps.append(button(_("Type paper forms"), doings.type_forms, icon="keyboard"))
        if record.on:
            steps.append(button(_("Answer here"), doings.ask_here, icon="message"))
        steps.append(quiet_button(_("Change"), doings.ask_edit, icon="edit"))
        close = _("Close") if record.closed is None else _("Open again")
        steps.append(quiet_button(close, doings.close_or_open, icon="lock"))
        if not record.answers:
            steps.append(quiet_button(_("Remove"), doings.remove, icon="trash"))
        return steps


class FormList(AskingList):
    """All forms that are being built."""

    def __init__(self, doings: FormDoings) -> None:
        self._doings = doings
        self.says = words("", "lead", strong=True, wrap=True)
        why = _("Begin with a form that is ready to use, or with an empty one.")
        empty = EmptyState("edit", _("No form yet"), why, main=(_("New form"), doings.ask_form))
        super().__init__(
            self.says,
            button(_("New form"), doings.ask_form, icon="plus"),
            RecordList(_("Forms"), text.draft_row),
            empty,
        )

    def steps_for(self, record: Any) -> Sequence[QPushButton]:
        """Return what can be done with a form."""
        if not isinstance(record, DraftForm):
            return ()
        doings = self._doings
        steps = [primary_button(_("Change the form"), doings.build, icon="edit")]
        if record.changed:
            steps.append(button(_("Publish"), doings.publish, icon="check"))
        if record.published:
            steps.append(button(_("Print the paper form"), doings.print_paper, icon="print"))
            steps.append(quiet_button(_("Copy"), doings.copy, icon="copy"))
        steps.append(quiet_button(_("Remove"), doings.remove_form, icon="trash"))
        return steps
