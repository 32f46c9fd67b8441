"""Who changed what in a title's record and its copies, and when: read from the ops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.marc.record import RawField
from perpusdesk.domain.merge.fields import FieldState, contradictions, fold_fields
from perpusdesk.domain.merge.ops import DELETE, SET, Op
from perpusdesk.domain.merge.sets import MARC, whole_values
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.raw_text import raw_text
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import title_history as find
from perpusdesk.storage.queries.names import staff_name, title_brief
from perpusdesk.storage.queries.values import as_day, as_id, as_moment

_DATES: Final = frozenset({"received", "withdrawn_on", "date", "expected", "first_day", "last_day"})
REMOVED: Final = ""
"""The field of a change that tells of the removal of the whole record."""


@dataclass(frozen=True, slots=True)
class TitleChange:
    """One field that somebody set.

    ``record`` is ``title``, ``copy`` (told apart by ``barcode``), ``cover``, ``attachment``,
    ``subscription`` or ``issue``. Fields of the MARC record are ``marc/245``: each with its lines
    before and after. ``before`` and ``after`` are text, a date, a number or empty text; a picture
    is told by whether there is one. ``lost`` marks a value that another one, written without
    knowing of it, has replaced; ``action`` can be undone.
    """

    at: datetime
    staff_name: str
    branch_name: str
    verb: str
    action: UUID
    record: str
    field: str
    before: object
    after: object
    barcode: str = ""
    why: str = ""
    lost: bool = False


def title_changes(desk: Desk, title: UUID) -> list[TitleChange]:
    """Return every change of a title, its copies and what belongs to it, the latest first."""
    found: list[tuple[Any, TitleChange]] = []
    for record, entity, barcode in find.belongings(desk.library, title):
        ops = desk.library.ops_of(entity)
        found += _of_record(desk, (record, barcode), ops)
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [change for _, change in found]


def _of_record(desk: Desk, of: tuple[str, str], ops: list[Op]) -> Iterator[tuple[Any, TitleChange]]:
    unseen = {(loss.lost.stamp, loss.field) for loss in contradictions(ops)}
    state, shown = FieldState(), dict[str, Any]()
    for op in ops:
        if op.kind not in (SET, DELETE):
            continue
        state = fold_fields(state, [op])
        if op.kind == DELETE:
            yield op.stamp, _change(desk, of, op, REMOVED, ("", ""))
            continue
        now = _values(of[0], state)
        for name in _touched(op):
            lost = any((op.stamp, one) in unseen for one in _written(op, name))
            for field, before, after in _differences(name, shown.get(name), now.get(name)):
                pair = (_shown(desk, field, before), _shown(desk, field, after))
                yield op.stamp, _change(desk, of, op, field, pair, lost=lost)
        shown = now


def _values(record: str, state: FieldState) -> dict[str, Any]:
    return {**state.values, **whole_values(record, state)}


def _touched(op: Op) -> list[str]:
    """Return the fields that an op set, each once whatever its parts."""
    names = (name.partition("/")[0] for name in op.payload["fields"])
    return list(dict.fromkeys(names))


def _written(op: Op, name: str) -> list[str]:
    return [one for one in op.payload["fields"] if one.partition("/")[0] == name]


def _differences(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if (before or "") == (after or ""):
        return
    if name != MARC:
        yield name, before, after
        return
    old, new = _lines(before), _lines(after)
    if not old:
        yield name, "", True
        return
    for tag in sorted(old.keys() | new.keys()):
        was, is_ = old.get(tag, []), new.get(tag, [])
        if was != is_:
            gone = [line for line in was if line not in is_]
            come = [line for line in is_ if line not in was]
            yield f"{MARC}/{tag}", "\n".join(gone), "\n".join(come)


def _lines(marc: Any) -> dict[str, list[str]]:
    """Return the fields of a record as lines, by tag."""
    record = raw_of(bytes(marc)) if isinstance(marc, bytes) else None
    found: dict[str, list[str]] = {}
    for field in record.fields if record else ():
        found.setdefault(field.tag, []).append(_line(field))
    return found


def _line(field: RawField) -> str:
    marks = "" if field.control else f"{field.indicators.replace(' ', '#')} "
    return marks + raw_text(field)


def _change(
    desk: Desk,
    of: tuple[str, str],
    op: Op,
    field: str,
    values: tuple[object, object],
    *,
    lost: bool = False,
) -> TitleChange:
    branch = desk.branches.get(op.branch) if op.branch else None
    return TitleChange(
        at=as_moment(op.at, op.zone),
        staff_name=staff_name(desk.library, op.staff),
        branch_name=branch.name if branch else "",
        verb=op.verb,
        action=op.action,
        record=of[0],
        field=field,
        before=values[0],
        after=values[1],
        barcode=of[1],
        why=str(op.payload.get("why", "")),
        lost=lost,
    )


def _shown(desk: Desk, field: str, value: Any) -> object:
    if value in (None, ""):
        return ""
    if field in ("image", "cover"):
        return True
    if field in _DATES:
        return as_day(value) or value
    if isinstance(value, bytes):
        return _named(desk, field, value)
    return value if isinstance(value, str | int) else str(value)


def _named(desk: Desk, field: str, value: bytes) -> str:
    id_ = as_id(value) if len(value) == 16 else None
    if id_ is None:
        return ""
    if field in ("merged_into", "title"):
        return title_brief(desk.library, id_).title
    named: Any = desk.branches if field == "branch" else desk.kinds
    found = named.get(id_)
    return found.name if found else ""
