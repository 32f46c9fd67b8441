"""The last actions of this device in words that a person recognises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.complaints import kind_of
from perpusdesk.domain.merge.ops import Op
from perpusdesk.exchange.pack_files import entry_names
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.service_lists import said
from perpusdesk.services.wording.measures import month_title
from perpusdesk.services.wording.service import kind_name
from perpusdesk.storage.queries import actions, lookup
from perpusdesk.storage.queries.holds import hold_line
from perpusdesk.storage.queries.loans import line_of
from perpusdesk.storage.queries.names import member_name, title_brief
from perpusdesk.storage.queries.transfers import transfer_by_id


@dataclass(frozen=True, slots=True)
class RecentLine:
    """One action: ``thing`` is mostly a title, ``person`` mostly the member."""

    action: UUID
    verb: str
    at: datetime
    thing: str
    person: str
    undone: bool
    undoable: bool


def recent_actions(desk: Desk, limit: int = 12) -> list[RecentLine]:
    """Return the last actions, newest first (setting up and importing are left out)."""
    lines = []
    for action in actions.recent(desk.library, limit):
        if not action.undoable and not action.undone:
            continue
        thing, person = about(desk, action.ops)
        lines.append(
            RecentLine(
                action.action,
                action.verb,
                action.at,
                thing,
                person,
                action.undone,
                action.undoable and not action.undone,
            )
        )
    return lines


def about(desk: Desk, ops: tuple[Op, ...]) -> tuple[str, str]:
    """Return what and whom an action was about, by name; either may be empty."""
    tellers = {
        "loan": _loan,
        "hold": _hold,
        "member": _member,
        "title": _title,
        "copy": _copy,
        "stock_scan": _stock_scan,
        "transfer": _transfer,
        "complaint": _message,
        "wish_vote": _vote,
        "reference": _question,
        "figure_entry": _figure,
        "month_close": _month,
        **dict.fromkeys(_CALLED, _called),
    }
    for op in ops:
        teller = tellers.get(op.entity_type)
        found = teller(desk, op) if teller else ("", "")
        if not any(found):
            found = _copy_and_member(desk, op)
        if any(found):
            return found
    return "", ""


_CALLED: Final = {
    "wish": "select title from wish where id = ?",
    "improvement": "select finding from improvement where id = ?",
}
"""What such a record is called by."""
_LONGEST: Final = 80


def _called(desk: Desk, op: Op) -> tuple[str, str]:
    text = desk.library.value(_CALLED[op.entity_type], op.entity.bytes)
    return _short(str(text or "")), ""


def _message(desk: Desk, op: Op) -> tuple[str, str]:
    """Return what a message is about: its words are not for who passes by the screen."""
    query = "select category, kind from complaint where id = ?"
    category, kind = desk.library.row(query, op.entity.bytes) or ("", "")
    return said(desk, "category", category or "") or kind_name(kind_of(kind or "")), ""


def _vote(desk: Desk, op: Op) -> tuple[str, str]:
    return _short(str(desk.library.value(_CALLED["wish"], op.payload.get("wish")) or "")), ""


def _question(_desk: Desk, op: Op) -> tuple[str, str]:
    return _short(str(op.payload.get("topic") or "")), ""


def _figure(desk: Desk, op: Op) -> tuple[str, str]:
    query = "select measure, period from figure_entry where id = ?"
    measure, period = desk.library.row(query, op.entity.bytes) or ("", "")
    name, _hint = entry_names().get(measure or "", ("", ""))
    return _short(f"{name} {period or ''}"), ""


def _month(_desk: Desk, op: Op) -> tuple[str, str]:
    return month_title(str(op.payload["month"])), ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def _loan(desk: Desk, op: Op) -> tuple[str, str]:
    line = line_of(desk.library, op.entity, desk.today())
    return (line.title or line.barcode, line.member_name) if line else ("", "")


def _hold(desk: Desk, op: Op) -> tuple[str, str]:
    line = hold_line(desk.library, op.entity, desk.today())
    return (line.title, line.member_name) if line else ("", "")


def _member(desk: Desk, op: Op) -> tuple[str, str]:
    return "", member_name(desk.library, op.entity)


def _title(desk: Desk, op: Op) -> tuple[str, str]:
    return title_brief(desk.library, op.entity).title, ""


def _copy(desk: Desk, op: Op) -> tuple[str, str]:
    return _name_of_copy(desk, op.entity), ""


def _copy_and_member(desk: Desk, op: Op) -> tuple[str, str]:
    copy, member = op.payload.get("copy"), op.payload.get("member")
    return (
        _name_of_copy(desk, UUID(bytes=copy)) if isinstance(copy, bytes) else "",
        member_name(desk.library, UUID(bytes=member)) if isinstance(member, bytes) else "",
    )


def _stock_scan(desk: Desk, op: Op) -> tuple[str, str]:
    copy, code = op.payload.get("copy"), str(op.payload.get("code") or "")
    return (_name_of_copy(desk, UUID(bytes=copy)) if isinstance(copy, bytes) else code), ""


def _transfer(desk: Desk, op: Op) -> tuple[str, str]:
    line = transfer_by_id(desk.library, op.entity)
    return (line.title or line.barcode, line.to_name) if line else ("", "")


def _name_of_copy(desk: Desk, copy: UUID) -> str:
    hits = lookup.copies_by_ids(desk.library, [copy])
    return hits[0].title or hits[0].barcode if hits else ""
