"""A member of the library as the rules see one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class BlockKind(StrEnum):
    """Why a member may not borrow for a while."""

    MANUAL = "manual"
    SUSPENSION = "suspension"
    LOST_ITEM = "lost_item"


@dataclass(frozen=True, slots=True)
class Block:
    """A block on a member; ``until`` is the last blocked day, ``None`` means until lifted."""

    id: UUID
    kind: BlockKind
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """What circulation needs to know of a person."""

    id: UUID
    card: str
    name: str
    category: UUID | None
    branch: UUID | None
    expires: date | None
    birth_date: date | None = None
    guardian_name: str = ""
    guardian_consent: date | None = None
    blocks: tuple[Block, ...] = ()
