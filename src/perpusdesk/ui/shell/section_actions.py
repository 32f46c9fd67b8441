"""The keys of a page with sections: to the next one and to the one before."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from perpusdesk.common.i18n import _
from perpusdesk.ui.shell.actions import Action


class Sectioned(Protocol):
    """A page that shows one of its sections at a time."""

    name: str

    @property
    def title(self) -> str:
        """The word in the rail."""

    def turn(self, step: int) -> None:
        """Bring the next section to the front, or the one before (``step`` -1)."""


def section_actions(page: Sectioned) -> tuple[Action, ...]:
    """Return the two actions, named after the page."""

    def group() -> str:
        return page.title

    return (
        Action(
            f"{page.name}_next",
            lambda: _("Next section"),
            partial(page.turn, 1),
            ("Ctrl+PgDown",),
            group=group,
            page=page.name,
        ),
        Action(
            f"{page.name}_before",
            lambda: _("Section before"),
            partial(page.turn, -1),
            ("Ctrl+PgUp",),
            group=group,
            page=page.name,
        ),
    )
