"""Restriction (article 41): a member's data is kept, and used for nothing but what is owed.

While it holds nothing is sent to the member, and the member is in no list, sheet or export that
leaves the library. Loans that run are brought to their end (renewal, return, fine): they are an
agreement with the library (article 41 paragraph 2). Something new may be lent when the member is
at the desk and wants it, because then it is the member's own wish; the desk says so.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.data_protection import restricts_use
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.privacy_settings import refuse_privacy
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.values import as_day

RESTRICT: Final = "restrict_member"
END: Final = "end_restriction"
_QUERY: Final = "select restricted from member where id = ? and deleted = 0"
_CHANGED: Final = frozenset({"member"})


def restricted_since(desk: Desk, member: UUID) -> date | None:
    """Return since when a member's data may only be kept; ``None``: it is not restricted."""
    day = as_day(desk.library.value(_QUERY, member.bytes))
    return day if restricts_use(day, desk.today()) else None


def restrict(desk: Desk, member: UUID) -> Done[date] | Refused:
    """Restrict the use of a member's data from today on. ``RIGHT_MISSING``, ``MEMBER_UNKNOWN``."""
    if refusal := _refuse(desk, member):
        return refusal
    since = restricted_since(desk, member)
    if since is not None:
        return Done(since, None, RESTRICT)
    action = desk.action(RESTRICT)
    action.set("member", member, {"restricted": desk.today()})
    written = desk.commit(action)
    return Done(desk.today(), written.action, RESTRICT, _CHANGED)


def end_restriction(desk: Desk, member: UUID) -> Done[UUID] | Refused:
    """End it, because the member wants it so. Refused as ``restrict``."""
    if refusal := _refuse(desk, member):
        return refusal
    if desk.library.value(_QUERY, member.bytes) in (None, ""):
        return Done(member, None, END)
    action = desk.action(END)
    action.set("member", member, {"restricted": None})
    written = desk.commit(action)
    return Done(member, written.action, END, _CHANGED)


def _refuse(desk: Desk, member: UUID) -> Refused | None:
    if refusal := refuse_privacy(desk):
        return refusal
    known = desk.library.row(_QUERY, member.bytes)
    return None if known else Refused(Reason.MEMBER_UNKNOWN, {"member": member})
