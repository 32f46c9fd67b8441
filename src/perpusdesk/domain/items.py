"""A copy (eksemplar) as the rules see one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Access(StrEnum):
    """What a copy may be used for (INLISLite: akses)."""

    LOAN = "loan"
    READING_ROOM = "reading_room"


class Condition(StrEnum):
    """What is true of the copy itself; that it is on loan follows from its open loan."""

    GOOD = "good"
    DAMAGED = "damaged"
    LOST = "lost"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"


class Source(StrEnum):
    """How a copy came (sumber); the words stand in the record and on the accession register."""

    PURCHASE = "Pembelian"
    GIFT = "Hibah"
    EXCHANGE = "Tukar"
    DEPOSIT = "Deposit"


def source_code(source: str) -> str:
    """The letter of a source in inventory numbers: P, H, T, D; of other words the first one."""
    return source.strip()[:1].upper()


@dataclass(frozen=True, slots=True)
class Copy:
    """One physical copy of a title."""

    id: UUID
    barcode: str
    inventory: str
    title: UUID
    branch: UUID | None
    kind: UUID | None
    access: Access = Access.LOAN
    condition: Condition = Condition.GOOD
    price: int = 0
