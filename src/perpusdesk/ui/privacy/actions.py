"""What the palette offers of personal data, from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.privacy.names import Part
from perpusdesk.ui.shell.actions import Action

if TYPE_CHECKING:
    from perpusdesk.ui.privacy.part import PrivacyPart


def privacy_actions(show: Callable[[], PrivacyPart]) -> tuple[Action, ...]:
    """Return the commands; ``show`` brings the tab to the front and returns its part."""

    def command(id_: str, name: str, run: Callable[[], object], icon: str) -> Action:
        return Action(
            f"privacy_{id_}", lambda: _(name), run, icon=icon, group=lambda: _("Personal data")
        )

    return (
        command("request", N_("Note a request"), lambda: show().ask_new(Part.REQUESTS), "lock"),
        command("breach", N_("Note a breach"), lambda: show().ask_new(Part.BREACHES), "warning"),
        command(
            "access", N_("Who looked at whom"), lambda: show().show_part(Part.ACCESS), "search"
        ),
    )
