"""One op by its stamp: who did it, where and when."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, sure_id


@dataclass(frozen=True, slots=True)
class OpFacts:
    """``at`` is Unix ms as the desk saw it, ``zone`` its minutes east of UTC."""

    action: UUID
    verb: str
    staff: UUID | None
    branch: UUID | None
    at: int
    zone: int


def op_facts(library: Library, stamp: Stamp) -> OpFacts | None:
    """Return what is known of an op besides what it says; its clock does not count."""
    row = library.row(
        "select o.action, o.verb, o.staff, o.branch, o.at, o.zone from op o"
        " join stream s on s.number = o.stream"
        " where s.device = ? and s.incarnation = ? and o.seq = ?",
        stamp.device,
        stamp.incarnation.to_bytes(8, "big"),
        stamp.seq,
    )
    if row is None:
        return None
    action, verb, staff, branch, at, zone = row
    return OpFacts(sure_id(action), verb, as_id(staff), as_id(branch), at, zone)
