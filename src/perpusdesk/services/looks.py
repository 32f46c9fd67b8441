"""Who looked at whose data, as it happens: kept in memory until nobody waits for the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

AGAIN_AFTER_MS: Final = 600_000
"""The same person looking at the same member in the same way counts once in ten minutes."""
_MOST_KEPT: Final = 5_000


class How(StrEnum):
    """In which way somebody's data was seen."""

    VISIT = "visit"
    RECORD = "record"
    SEARCH = "search"
    PRINT = "print"
    EXPORT = "export"
    COPY = "copy"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: Unix ms, who (``None``: nobody was signed in), at whom, how."""

    at: int
    staff: UUID | None
    member: UUID
    how: How


@dataclass(slots=True)
class Looks:
    """What was seen at one desk and is not written down yet; ``note`` costs a look-up."""

    waiting: list[Look] = field(default_factory=list)
    _last: dict[tuple[UUID | None, UUID, How], int] = field(default_factory=dict)

    def note(self, at: int, staff: UUID | None, member: UUID, how: How) -> None:
        """Take note of a look, unless the same one was noted shortly before."""
        key = (staff, member, how)
        last = self._last.get(key)
        if last is not None and 0 <= at - last < AGAIN_AFTER_MS:
            return
        if len(self._last) >= _MOST_KEPT:
            self._last.clear()
        self._last[key] = at
        self.waiting.append(Look(at, staff, member, how))

    def take(self) -> list[Look]:
        """Return what waits; it is the caller's to write down."""
        taken, self.waiting = self.waiting, []
        return taken

    def give_back(self, looks: list[Look]) -> None:
        """Wait with these again: they could not be written."""
        self.waiting = looks + self.waiting
