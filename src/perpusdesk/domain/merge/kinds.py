"""Which ops this program understands; all others are kept in the log and folded after an upgrade.

An op that is not understood changes no row: it may come from a newer program, or be damaged. It
still counts in its stream, so nothing is asked for twice and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from perpusdesk.domain.merge import facts, holds, judgement, loans, transfers
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op
from perpusdesk.domain.merge.records import FIELD_RECORDS

_Fields = Mapping[str, type]
_NONE: Final[_Fields] = {}
_SMALLEST: Final = -(2**63)
_LARGEST: Final = 2**63 - 1

EVENTS: Final[Mapping[str, Mapping[str, _Fields]]] = {
    "loan": {
        loans.OPENED: {"copy": bytes, "member": bytes, "due": str, "rule": bytes, "kit": bytes},
        loans.RENEWED: {"due": str},
        loans.RETURNED: {"days_late": int},
        loans.LOST: {"days_late": int},
        loans.CLAIMED: _NONE,
        loans.CLAIM_ENDED: _NONE,
        loans.MOVED: {"member": bytes},
    },
    "hold": {
        holds.PLACED: {
            "title": bytes,
            "member": bytes,
            "pickup": bytes,
            "copy": bytes,
            "expires": str,
        },
        holds.READY: {"copy": bytes, "until": str},
        holds.RELEASED: _NONE,
        holds.FILLED: _NONE,
        holds.CANCELLED: _NONE,
        holds.EXPIRED: _NONE,
        holds.MOVED: {"title": bytes, "member": bytes},
    },
    "money": {
        facts.ENTRY: {"member": bytes, "amount": int, "kind": str, "loan": bytes, "note": str},
        facts.ENTRY_MOVED: {"member": bytes},
    },
    "reading": {facts.READ: {"copy": bytes, "title": bytes, "member": bytes}},
    "transfer": {
        transfers.SENT: {"copy": bytes, "to": bytes, "why": str, "paper": str},
        transfers.RECEIVED: _NONE,
        transfers.CANCELLED: _NONE,
    },
    "stock_scan": {
        facts.COUNTED: {
            "stock_count": bytes,
            "copy": bytes,
            "code": str,
            "place": str,
            "condition": str,
        }
    },
    "visit": {
        facts.VISITED: {
            "member": bytes,
            "people": int,
            "sex": str,
            "age": str,
            "occupation": str,
            "education": str,
            "purpose": str,
            "institution": str,
            "room": bytes,
            "party": bytes,
            "category": bytes,
        }
    },
    "sighting": {facts.HANDED_BACK: {"copy": bytes}},
    "erasure": {
        facts.ERASED: {"member": bytes, "reason": str},
        facts.CARRIED_OUT: {"member": bytes},
    },
    "history_cut": {facts.HISTORY_CUT: {"before": int, "kept": bytes}},
    "survey_version": {
        facts.PUBLISHED: {
            "draft": bytes,
            "name": str,
            "kind": str,
            "number": int,
            "definition": str,
        }
    },
    "answer": {
        facts.ANSWERED: {
            "survey": bytes,
            "version": bytes,
            "answers": str,
            "channel": str,
            "service": str,
        }
    },
    "reference": {
        facts.ASKED: {
            "kind": str,
            "topic": str,
            "minutes": int,
            "source": str,
            "answered": int,
            "channel": str,
        }
    },
    "wish_vote": {facts.VOTED: {"wish": bytes, "people": int, "channel": str}},
    "service_use": {facts.USED: {"what": str, "people": int, "title": bytes, "note": str}},
    "month_close": {facts.MONTH_CLOSED: {"month": str, "figures": str}},
    "clock_cap": {
        judgement.CAPPED: {
            "device": bytes,
            "incarnation": bytes,
            "first": int,
            "last": int,
            "clock": int,
        }
    },
    "undone": {"action.undone": _NONE},
    "import_run": {
        "import.begun": {"format": str, "files": str},
        "import.batch": _NONE,
        "import.ended": {"read": int},
        "import.undone": {"kept": int},
    },
    "export_run": {"export.made": {"format": str, "reason": str, "members": int}},
}
"""Per type and kind of event the fields that rows are made of (each may be absent)."""


def understood(op: Op) -> bool:
    """Whether this program can fold ``op``: a kind it knows, with a payload of the right shape."""
    payload = op.payload
    if op.entity_type in FIELD_RECORDS:
        if op.kind == SET:
            fields = payload.get("fields")
            return bool(fields) and _is_map(fields) and _is_base(payload.get("base", {}))
        return op.kind == DELETE and _is_base(payload.get("base", {}))
    kinds = EVENTS.get(op.entity_type)
    if kinds is None:
        return False
    if op.kind == VOID:
        of = payload.get("of")
        return isinstance(of, list | tuple) and all(map(_is_stamp, of))
    shape = kinds.get(op.kind)
    return shape is not None and _has_shape(payload, shape)


def _has_shape(payload: Mapping[str, Any], shape: _Fields) -> bool:
    for name, wanted in shape.items():
        value: Any = payload.get(name)
        if value is None:
            continue
        if type(value) is not wanted:
            return False
        if isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
            return False
    return True


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(name, str) and name for name in value)


def _is_base(value: Any) -> bool:
    return _is_map(value) and all(map(_is_stamp, value.values()))


def _is_stamp(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and [type(part) for part in value] == [int, bytes, int, int]
        and len(value[1]) == 16
    )
