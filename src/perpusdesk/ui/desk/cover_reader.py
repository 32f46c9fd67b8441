"""Brings the book's own cover to the hero, after the answer is on the screen."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.services.cataloguing.title_cover import cover_of
from perpusdesk.services.circulation.turn import Turn
from perpusdesk.services.desk import Desk
from perpusdesk.ui.desk.hero import Hero
from perpusdesk.ui.kit.tasks import Tasks


class CoverReader(QObject):
    """Asks for the cover once the scan is answered, so that nobody waits for a picture."""

    def __init__(self, desk: Desk, tasks: Tasks, hero: Hero) -> None:
        super().__init__()
        self._desk, self._tasks, self._hero = desk, tasks, hero

    def follow(self, turn: Turn) -> None:
        """Show the cover of the title that a turn is about, if there is one."""
        found = title_of(turn)
        if found is None:
            return
        title, name = found
        self._tasks.run(
            lambda: cover_of(self._desk, title),
            lambda image: self._hero.show_cover(name, image) if image else None,
            owner=self,
        )


def title_of(turn: Turn) -> tuple[UUID, str] | None:
    """Return the title that a turn is about, by id and name."""
    if turn.lent is not None:
        return turn.lent.value.line.title_id, turn.lent.value.line.title
    if turn.returned is not None:
        return turn.returned.value.title_id, turn.returned.value.title
    return (turn.title.id, turn.title.title) if turn.title is not None else None
