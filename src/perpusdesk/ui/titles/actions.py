"""The catalogue's keys and commands."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.titles.page import TitlesPage


def title_actions(page: TitlesPage) -> tuple[Action, ...]:
    """Return what can be done on the catalogue's screen."""
    return (
        Action(
            "title_hold",
            lambda: _("Hold for a member"),
            page.hold_for_somebody,
            ("F8",),
            "hold",
            lambda: _("Catalogue"),
            page.name,
            lambda: page.title_id is not None,
        ),
    )
