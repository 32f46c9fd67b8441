"""What the command palette finds beside commands: members and titles, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.members.find_members import find_members
from perpusdesk.services.searching.search import suggest
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.palette import Hit

Open = Callable[[UUID], object]
_SHORTEST: Final = 3
_EACH: Final = 3


class PaletteHits:
    """A provider for the palette; looks on the database's thread."""

    def __init__(self, desk: Desk, tasks: Tasks, member: Open, title: Open) -> None:
        """``member`` and ``title`` bring a record to the front."""
        self._desk, self._tasks = desk, tasks
        self._member, self._title = member, title

    def __call__(self, text: str, answer: Callable[[Sequence[Hit]], None]) -> None:
        """Answer with the best members and titles for ``text``, if it is long enough."""
        if len(text) >= _SHORTEST:
            self._tasks.run(lambda: self._look(text), answer)

    def _look(self, text: str) -> list[Hit]:
        members = [
            Hit(line.name, partial(self._member, line.id), line.card, "person")
            for line in find_members(self._desk, text, _EACH)
        ]
        titles = [
            Hit(hit.title, partial(self._title, hit.id), hit.author, "book")
            for hit in suggest(self._desk, text, _EACH)
        ]
        return members + titles
