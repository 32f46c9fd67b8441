"""The keys of the screen of safety."""

from __future__ import annotations

from functools import partial

from perpusdesk.common.i18n import _
from perpusdesk.ui.safety.page import SafetyPage
from perpusdesk.ui.shell.actions import Action


def safety_actions(page: SafetyPage) -> tuple[Action, ...]:
    """Return what can be done on every tab."""

    def group() -> str:
        return page.title

    return (
        Action(
            "safety_next",
            lambda: _("Next section"),
            partial(page.turn, 1),
            ("Ctrl+PgDown",),
            group=group,
            page=page.name,
        ),
        Action(
            "safety_before",
            lambda: _("Section before"),
            partial(page.turn, -1),
            ("Ctrl+PgUp",),
            group=group,
            page=page.name,
        ),
    )
