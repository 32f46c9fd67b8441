"""What a row of an import says of a copy, and what the program only supposed of it before."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.items import Access, Condition
from perpusdesk.exchange.import_rows import CopyRow
from perpusdesk.services.transfer.import_batch import VERB
from perpusdesk.storage.library import Library

SUPPOSED: Final = frozenset({"kind", "access", "condition"})
"""What a new copy has by default; a later row may know better while nobody changed the copy."""

_READING: Final = ("baca", "reading", "tidak dapat dipinjam", "no loan", "nl", "tandon")
_CONDITIONS: Final = (
    (Condition.LOST, ("hilang", "lost")),
    (Condition.MISSING, ("mis", "missing", "tidak ditemukan")),
    (Condition.DAMAGED, ("rusak", "damage", "repair", "perbaikan", "r")),
    (Condition.WITHDRAWN, ("weed", "dihapus", "disiangi", "withdrawn", "diolah")),
)


def said_of(row: CopyRow) -> dict[str, Any]:
    """Return what the row says of its copy; that it is in order and lent out is left unsaid."""
    fields: dict[str, Any] = {
        "barcode": row.barcode,
        "inventory": row.inventory,
        "price": row.price,
        "source": row.source,
        "location": row.location,
        "received": row.received,
        "note": row.note,
        "supplier": row.supplier,
        "call_number": row.call_number,
        "rfid": row.rfid,
        "volume": row.volume,
    }
    if _one_of(row.access, _READING) or _one_of(row.condition, _READING):
        fields["access"] = Access.READING_ROOM.value
    condition = next((one for one, words in _CONDITIONS if _one_of(row.condition, words)), None)
    if condition:
        fields["condition"] = condition.value
    return {name: value for name, value in fields.items() if value}


def only_imported(library: Library, copy: UUID) -> bool:
    """Whether nothing but imports wrote the copy, so that what it lacks was never decided."""
    return all(op.verb == VERB for op in library.ops_of(copy))


def _one_of(text: str, words: tuple[str, ...]) -> bool:
    said = text.lower().strip()
    return any(said == word or (len(word) > 3 and word in said) for word in words)
