"""Counting a copy that is read in the room."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.circulation_requests import ReadRequest
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.lending import decide_read_on_site
from perpusdesk.domain.merge.facts import READ
from perpusdesk.services.circulation.lend import refuse_special
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.register_member import overridden_notices
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import title_brief
from perpusdesk.storage.queries.values import bounds_of_day

VERB = "read_on_site"


@dataclass(frozen=True, slots=True)
class ReadHere:
    """A counted reading; ``times_today`` is how often this copy was counted here today."""

    reading: UUID
    copy: UUID
    barcode: str
    title: str
    author: str
    times_today: int


def read_on_site(
    desk: Desk, copy: UUID, *, member: UUID | None = None, override: Override | None = None
) -> Done[ReadHere] | Refused:
    """Count one reading of a copy in the room, by a member or by anybody; each scan counts.

    ``COPY_ON_LOAN``, ``COPY_LOST``, ``COPY_WITHDRAWN``, ``COPY_ON_HOLD`` (kept for another, may be
    overridden), ``COPY_UNKNOWN``, ``MEMBER_UNKNOWN``.
    """
    refusal = refuse_special(desk, override, None)
    found = find.copy_by_id(desk.library, copy)
    if refusal or found is None:
        return refusal or Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    if member is not None and find.member_by_id(desk.library, member) is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    loan = find.open_loan_of_copy(desk.library, copy)
    holds = find.live_holds_of_title(desk.library, found.title)
    terms = decide_read_on_site(ReadRequest(found, desk.now(), member, loan, holds, override))
    if isinstance(terms, Refused):
        return terms
    action, reading = desk.action(VERB), desk.library.new_id()
    action.event(
        READ,
        "reading",
        reading,
        fresh=True,
        copy=copy,
        title=found.title,
        member=member,
        overridden=sorted(terms.overridden) or None,
        why=override.reason if override and terms.overridden else None,
    )
    written = desk.commit(action)
    title = title_brief(desk.library, found.title)
    value = ReadHere(
        reading, copy, found.barcode, title.title, title.author, _times_today(desk, copy)
    )
    notices = overridden_notices(terms.overridden)
    return Done(value, written.action, VERB, frozenset({"reading"}), notices)


def _times_today(desk: Desk, copy: UUID) -> int:
    return int(
        desk.library.value(
            "select count(*) from reading where at >= ? and at < ? and copy = ? and branch = ?"
            " and voided = 0",
            *bounds_of_day(desk.today(), desk.zone),
            copy.bytes,
            desk.branch.bytes,
        )
    )
