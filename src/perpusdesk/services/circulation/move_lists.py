"""What is on its way between branches, by delivery note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID

from perpusdesk.domain.moves import days_under_way
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import transfers as query
from perpusdesk.storage.queries.transfers import TransferLine

DAYS_SETTING: Final = "transfer_days"
USUAL_DAYS: Final = 7
"""After so many days a copy should have arrived."""


@dataclass(frozen=True, slots=True)
class Note:
    """The copies of one delivery note that are still on their way; ``late``: for too long."""

    paper: str
    from_branch: UUID | None
    from_name: str
    to_branch: UUID | None
    to_name: str
    sent: date
    days: int
    late: bool
    lines: tuple[TransferLine, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """What was sent here, what was sent from here, and the rest, the oldest first."""

    coming: tuple[Note, ...]
    gone: tuple[Note, ...]
    elsewhere: tuple[Note, ...]

    @property
    def late(self) -> int:
        """How many copies should have arrived long ago."""
        return sum(len(note.lines) for note in (*self.coming, *self.gone) if note.late)


def moves(desk: Desk) -> Moves:
    """Return everything that is on its way, as this branch sees it."""
    found = _notes(desk, query.on_the_way(desk.library))
    coming = [note for note in found if note.to_branch == desk.branch]
    gone = [n for n in found if n.from_branch == desk.branch and n.to_branch != desk.branch]
    rest = [note for note in found if note not in coming and note not in gone]
    return Moves(tuple(coming), tuple(gone), tuple(rest))


def note_lines(desk: Desk, paper: str) -> list[TransferLine]:
    """Return everything that was sent with a delivery note, also what arrived already."""
    return query.of_paper(desk.library, paper)


def allowed_days(desk: Desk) -> int:
    """Return after how many days a copy on its way is late: the library's setting."""
    wanted = desk.settings.get(DAYS_SETTING, USUAL_DAYS)
    return wanted if isinstance(wanted, int) and wanted > 0 else USUAL_DAYS


def _notes(desk: Desk, lines: list[TransferLine]) -> list[Note]:
    def by(line: TransferLine) -> tuple[str, str, str]:
        return line.paper, str(line.from_branch), str(line.to_branch)

    found = [_note(desk, tuple(group)) for _key, group in groupby(sorted(lines, key=by), key=by)]
    return sorted(found, key=lambda note: (note.sent, note.paper))


def _note(desk: Desk, lines: tuple[TransferLine, ...]) -> Note:
    first = min(lines, key=lambda line: line.sent_at)
    days = days_under_way(first.sent_at.date(), desk.today())
    return Note(
        first.paper,
        first.from_branch,
        first.from_name,
        first.to_branch,
        first.to_name,
        first.sent_at.date(),
        days,
        days > allowed_days(desk),
        lines,
    )
