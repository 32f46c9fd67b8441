"""Who changed what in a member's record, and when: read from the ops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.fields import contradictions
from perpusdesk.domain.merge.ops import DELETE, SET, Op
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_photo import photo_id
from perpusdesk.storage.queries.member_records import DATES, IDS
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.values import as_day, as_id, as_moment

_SILENT: Final = frozenset({"phone_key", "member", "since", "kind", "loan"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the record (or of a block, or the photo) that somebody set.

    ``record`` is "member", "block" or "photo"; ``before`` and ``after`` are text, a date, or
    empty text; a photo is told by whether there is one. ``lost`` marks a value that another one,
    written without knowing of it, has replaced. ``why`` is the reason given, if any.
    """

    at: datetime
    staff_name: str
    branch_name: str
    verb: str
    record: str
    field: str
    before: object
    after: object
    why: str = ""
    lost: bool = False


def member_changes(desk: Desk, member: UUID) -> list[FieldChange]:
    """Return every change of a member's record, blocks and photo, the latest first."""
    entities = [("member", member), ("photo", photo_id(member))]
    rows = desk.library.rows("select id from block where member = ?", member.bytes)
    entities += [("block", UUID(bytes=bytes(row[0]))) for row in rows]
    found: list[tuple[Any, FieldChange]] = []
    for record, entity in entities:
        found += _of_entity(desk, record, desk.library.ops_of(entity))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [change for _, change in found]


def _of_entity(desk: Desk, record: str, ops: list[Op]) -> list[tuple[Any, FieldChange]]:
    values: dict[str, Any] = {}
    found = []
    unseen = {(loss.lost.stamp, loss.field) for loss in contradictions(ops)}
    for op in ops:
        if op.kind == SET:
            for field, after in op.payload["fields"].items():
                before = values.get(field)
                values[field] = after
                if field not in _SILENT and _differ(before, after):
                    change = _change(
                        desk, record, op, field, (before, after), lost=(op.stamp, field) in unseen
                    )
                    found.append((op.stamp, change))
        elif op.kind == DELETE:
            found.append((op.stamp, _change(desk, record, op, "", ("", ""), lost=False)))
            values.clear()
    return found


def _differ(before: Any, after: Any) -> bool:
    return (before or "") != (after or "")


def _change(
    desk: Desk, record: str, op: Op, field: str, values: tuple[Any, Any], *, lost: bool
) -> FieldChange:
    branch = desk.branches.get(op.branch) if op.branch else None
    before, after = (_shown(desk, field, value) for value in values)
    return FieldChange(
        at=as_moment(op.at, op.zone),
        staff_name=staff_name(desk.library, op.staff),
        branch_name=branch.name if branch else "",
        verb=op.verb,
        record=record,
        field=field,
        before=before,
        after=after,
        why=str(op.payload.get("why", "")),
        lost=lost,
    )


def _shown(desk: Desk, field: str, value: Any) -> object:
    if value in (None, ""):
        return ""
    if field == "image":
        return True
    if field in DATES or field == "until":
        return as_day(value) or value
    if field in IDS:
        id_ = as_id(value)
        named = desk.categories if field == "category" else desk.branches
        found: Any = named.get(id_) if id_ else None
        return found.name if found else ""
    return value if isinstance(value, str | int) else str(value)
