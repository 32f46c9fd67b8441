"""What a scanned copy means at the desk, besides the usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ModeKind(StrEnum):
    """The ways to work; all but ``DESK`` are shown in a strip and left with Esc."""

    DESK = "desk"
    RETURNING = "returning"
    READING = "reading"
    BACKDATED = "backdated"
    KIT = "kit"


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode with what it needs: ``at`` for slips written on paper, ``kit`` for a block loan."""

    kind: ModeKind = ModeKind.DESK
    at: datetime | None = None
    kit: UUID | None = None
    name: str = ""


DESK_MODE = Mode()
RETURNING = Mode(ModeKind.RETURNING)
READING = Mode(ModeKind.READING)
