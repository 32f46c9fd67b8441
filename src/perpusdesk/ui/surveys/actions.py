"""What the palette offers of surveys, from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.surveys.names import Room

if TYPE_CHECKING:
    from perpusdesk.ui.surveys.part import SurveysPart


def survey_actions(show: Callable[[], SurveysPart]) -> tuple[Action, ...]:
    """Return the commands; ``show`` brings the tab to the front and returns its part."""

    def command(id_: str, name: str, run: Callable[[], object], icon: str) -> Action:
        return Action(f"survey_{id_}", lambda: _(name), run, icon=icon, group=lambda: _("Surveys"))

    return (
        command(
            "list", N_("Surveys and results"), lambda: show().show_room(Room.SURVEYS), "reports"
        ),
        command("forms", N_("Forms of surveys"), lambda: show().show_room(Room.FORMS), "edit"),
        command("new", N_("Begin a survey"), lambda: show().ask_new(), "plus"),
    )
