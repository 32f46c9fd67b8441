"""Looks for titles that are here twice, and merges them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing.duplicate_sheet import duplicate_sheet
from perpusdesk.services.cataloguing.find_duplicates import DuplicateGroup, find_duplicates
from perpusdesk.services.cataloguing.merge_titles import MergePreview, merge_preview, merge_titles
from perpusdesk.services.cataloguing.title_hits import TitleHit, title_hits
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.upkeep import text
from perpusdesk.ui.upkeep.duplicates_part import DuplicatesPart


@dataclass(slots=True)
class _Pair:
    """The group that is looked at: which title is kept, and whose value counts in which field."""

    titles: tuple[UUID, ...]
    kept: UUID
    chosen: dict[str, UUID] = field(default_factory=dict)

    @property
    def others(self) -> list[UUID]:
        return [one for one in self.titles if one != self.kept]


class Duplicates(QObject):
    """Between the part and the services; the search runs beside the desk's work."""

    _far = Signal(int, int)

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing, self._messages = desk, tasks, doing, messages
        self.part = part = DuplicatesPart()
        self._groups: list[tuple[DuplicateGroup, str]] = []
        self._pair: _Pair | None = None
        self._stop: threading.Event | None = None
        self._far.connect(part.show_search)
        part.search_asked.connect(self.search)
        part.stop_asked.connect(self.stop)
        part.group_chosen.connect(self._open)
        part.merge_asked.connect(self.merge)
        part.skip_asked.connect(self.skip)
        part.compare.kept.connect(self._keep)
        part.compare.taken.connect(self._take)

    @property
    def searching(self) -> bool:
        """Whether a search is under way."""
        return self._stop is not None

    def sheet(self) -> ListSheet:
        """Return the groups that are left as a list to save."""
        return duplicate_sheet([group for group, _name in self._groups])

    def search(self) -> None:
        """Compare all titles, beside everything else."""
        if self._stop is not None:
            return
        stop = self._stop = threading.Event()
        self.part.show_search(0, 0)

        def work() -> list[tuple[DuplicateGroup, str]]:
            groups = find_duplicates(self._desk, progress=self._far.emit, stop=stop.is_set)
            with self._desk.beside() as quiet:
                return [(group, _name(quiet, group)) for group in groups]

        self._tasks.aside(work, self._found, self._failed, owner=self)

    def stop(self) -> None:
        """Stop the search; what was found until then is shown."""
        if self._stop is not None:
            self._stop.set()

    def merge(self) -> None:
        """Merge the titles that are looked at, and go on with the next group."""
        pair = self._pair
        if pair is None:
            return
        self._doing.run(
            lambda: merge_titles(self._desk, pair.kept, pair.others, dict(pair.chosen)),
            lambda _done: self.skip(),
            say=lambda done: text.merged(done.value),
        )

    def skip(self) -> None:
        """Leave these as they are, and go on with the next group."""
        pair, self._pair = self._pair, None
        if pair is None:
            return
        place = next(n for n, (group, _) in enumerate(self._groups) if group.titles == pair.titles)
        del self._groups[place]
        self._show(min(place, len(self._groups) - 1))

    def _found(self, groups: list[tuple[DuplicateGroup, str]]) -> None:
        self._stop = None
        self._groups = groups
        self._show(0)

    def _failed(self, error: KnownError) -> None:
        self._stop = None
        self.part.show_groups(self._groups)
        self._messages.known(error)

    def _show(self, place: int) -> None:
        self._pair = None
        self.part.show_groups(list(self._groups))
        if self._groups:
            self.part.choose(max(0, place))

    def _open(self, place: int) -> None:
        group = self._groups[place][0]
        self._pair = _Pair(group.titles, group.titles[0])
        self._preview()

    def _keep(self, title: object) -> None:
        if self._pair is not None and isinstance(title, UUID):
            self._pair.kept, self._pair.chosen = title, {}
            self._preview()

    def _take(self, name: str, title: object) -> None:
        if self._pair is not None and isinstance(title, UUID):
            self._pair.chosen[name] = title

    def _preview(self) -> None:
        pair = self._pair
        if pair is None:
            return

        def read() -> tuple[list[TitleHit], MergePreview | Refused]:
            preview = merge_preview(self._desk, pair.kept, pair.others, dict(pair.chosen))
            return title_hits(self._desk, pair.titles), preview

        def answer(read: tuple[list[TitleHit], MergePreview | Refused]) -> None:
            hits, preview = read
            if pair is not self._pair:
                return
            if isinstance(preview, Refused) or len(hits) < 2:
                self.skip()  # somebody merged or removed them meanwhile
            else:
                self.part.show_pair(hits, pair.kept, preview, pair.chosen)

        self._tasks.run(read, answer, owner=self)


def _name(desk: Desk, group: DuplicateGroup) -> str:
    hits = title_hits(desk, group.titles[:1])
    return hits[0].title if hits else "–"
