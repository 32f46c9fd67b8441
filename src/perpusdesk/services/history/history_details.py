"""One action of the history in full: each record it touched, what was before and what after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time, number, rupiah
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op
from perpusdesk.domain.nik import masked
from perpusdesk.services.conflicts.conflict_links import Link
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.history import RIGHT, HistoryLine, history_lines
from perpusdesk.services.looks import How
from perpusdesk.services.wording import service_history, survey_history
from perpusdesk.services.wording.conflict_fields import say_record, say_value
from perpusdesk.services.wording.history import detail_label, overridden_name, record_kind
from perpusdesk.storage.queries.conflict_names import record_name
from perpusdesk.storage.queries.names import member_name, title_brief
from perpusdesk.storage.queries.record_links import belongs_to
from perpusdesk.storage.queries.values import as_moment

_MOST: Final = 40
"""Records of one action that are shown; an import has thousands."""
_SILENT: Final = frozenset(
    {
        "phone_key",
        "source_id",
        "base",
        "settles",
        "about",
        "rule_version",
        "incarnation",
        "kept",
        "key",
    }
)
_SECRET: Final = frozenset({"secret"})
_MONEY: Final = frozenset({"amount", "price"})
_TIMES: Final = frozenset({"before"})
_RECORDS: Final = {"copy": "copy", "rule": "loan_rule", "kit": "kit", "device": "device"}
_UNKNOWN: Final = "…"
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Change:
    """A field: its label, and its value before and after in words (a dash: there was none)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A record, what it is called, and what became of it.

    ``what`` is ``set``, ``deleted``, ``taken_back`` or ``event``: of an event, ``changes`` tell
    what it says, without a before.
    """

    record: str
    name: str
    what: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class HistoryDetails:
    """``more`` is how many further records there are; ``undone_by`` who took it back, and when."""

    line: HistoryLine
    touched: tuple[Touched, ...]
    more: int
    links: tuple[Link, ...]
    undone_at: datetime | None
    undone_by: str


def history_details(desk: Desk, action: UUID) -> HistoryDetails | Refused | None:
    """Return everything about an action; ``None``: it is not known here.

    Refused with ``RIGHT_MISSING``. That a member's data was seen is noted.
    """
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    lines = history_lines(desk, [action])
    if not lines:
        return None
    ops = desk.library.ops_of_action(action)
    links = tuple(dict.fromkeys(_links(desk, ops[:_MOST])))
    for link in links:
        if link.record == "member":
            desk.saw(link.id, How.RECORD)
    at, by = _undoing(desk, action) if lines[0].undone else (None, "")
    return HistoryDetails(
        lines[0],
        tuple(_touched(desk, op) for op in ops[:_MOST]),
        max(0, len(ops) - _MOST),
        links,
        at,
        by,
    )


def members_of(desk: Desk, actions: Iterable[UUID]) -> list[UUID]:
    """Return the members whom these actions name, each once."""
    ops = (op for action in actions for op in desk.library.ops_of_action(action)[:_MOST])
    found = (link.id for link in _links(desk, ops) if link.record == "member")
    return list(dict.fromkeys(found))


def _undoing(desk: Desk, action: UUID) -> tuple[datetime | None, str]:
    for op in desk.library.ops_of(action):
        if op.entity_type == "undone":
            (line,) = history_lines(desk, [op.action])
            return line.at, line.staff_name
    return None, ""


def _links(desk: Desk, ops: Iterable[Op]) -> Iterator[Link]:
    for op in ops:
        pairs: list[tuple[str, Any]] = [(op.entity_type, op.entity.bytes)]
        pairs += [(name, op.payload.get(name)) for name in ("member", "title", "copy")]
        for record, id_ in pairs:
            if isinstance(id_, bytes) and len(id_) == 16:
                for kind, found in belongs_to(desk.library, record, UUID(bytes=id_)):
                    label = _name(desk, kind, found)
                    if label:
                        yield Link(kind, found, label)


def _name(desk: Desk, kind: str, id_: UUID) -> str:
    if kind == "member":
        return member_name(desk.library, id_)
    return title_brief(desk.library, id_).title


def _touched(desk: Desk, op: Op) -> Touched:
    name = record_kind(op.entity_type) or say_record(op.entity_type, op.entity, desk)
    if op.kind == SET:
        return Touched(op.entity_type, name, "set", tuple(_set(desk, op)))
    if op.kind == DELETE:
        return Touched(op.entity_type, name, "deleted", ())
    if op.kind == VOID:
        return Touched(op.entity_type, name, "taken_back", ())
    said = tuple(
        Change(detail_label(op.entity_type, field), "", _say(desk, op.entity_type, field, value))
        for field, value in op.payload.items()
        if field not in _SILENT and value is not None
    )
    said = tuple(one for one in said if one.after != _UNKNOWN)
    return Touched(op.entity_type, name, "event", said)


def _set(desk: Desk, op: Op) -> Iterator[Change]:
    """Yield the fields of a record that an op changed, as it found them."""
    earlier = (one for one in desk.library.ops_of(op.entity) if one.stamp < op.stamp)
    before = fold_fields(FieldState(), (one for one in earlier if one.kind in (SET, DELETE)))
    for field, after in op.payload["fields"].items():
        was = before.values.get(field)
        if field in _SILENT or (was or None) == (after or None):
            continue
        yield Change(
            detail_label(op.entity_type, field),
            _say(desk, op.entity_type, field, was),
            _say(desk, op.entity_type, field, after),
        )
    for name in ("overridden", "why"):
        if op.payload.get(name):
            value = _say(desk, op.entity_type, name, op.payload[name])
            yield Change(detail_label(op.entity_type, name), "", value)


def _say(desk: Desk, record: str, field: str, value: Any) -> str:
    """Return a value in words that may be shown: no secrets, no numbers of identity cards."""
    if value in (None, ""):
        return "–"
    if field in _SECRET:
        return "•••"
    if record in service_history.RECORDS:
        words = service_history.value(desk, record, field, value)
        if words:
            return words
    if record in survey_history.RECORDS and (words := survey_history.value(field, value)):
        return words
    if record == "identity" and field == "number":
        return masked(str(value))
    if field == "overridden" and isinstance(value, list):
        return ", ".join(overridden_name(str(one)) for one in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return _number(desk, field, value)
    if isinstance(value, list | Mapping):
        value = _flat(value)
    if isinstance(value, bytes) and len(value) == 16 and field in _RECORDS:
        return record_name(desk.library, _RECORDS[field], UUID(bytes=value)) or _UNKNOWN
    told = say_value(record, field, value, desk)
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


def _number(desk: Desk, field: str, value: int) -> str:
    if field in _MONEY:
        return rupiah(value)
    if field in _TIMES:
        return date_and_time(as_moment(value, desk.zone))
    return number(value)


def _flat(value: Any) -> str:
    """Return a list or map in one line, what is no text in it left out."""
    if isinstance(value, Mapping):
        parts = [f"{name}: {_flat(one)}" for name, one in value.items()]
        return ", ".join(part for part in parts if part)
    if isinstance(value, list):
        return "; ".join(part for one in value if (part := _flat(one)))
    return "" if isinstance(value, bytes) or value is None else str(value)
