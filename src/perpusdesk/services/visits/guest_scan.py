"""What a scan means at the guest book: a card is a visit, a copy is read on site."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.facts import VISITED
from perpusdesk.services.circulation.read_code import read_code
from perpusdesk.services.circulation.read_on_site import ReadHere, read_on_site
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.undo import Undone, undo
from perpusdesk.services.visits.guest_book import Counted, Where, count_member


def take_code(
    desk: Desk, code: str, where: Where | None = None, *, again: bool = False
) -> Done[Counted] | Done[ReadHere] | Refused:
    """Count whose card this is, or a reading of this copy; a card goes before a copy.

    ``MEMBER_UNKNOWN`` card when it is neither; else as ``count_member`` and ``read_on_site``.
    """
    found = read_code(desk, code)
    if found.member is not None:
        return count_member(desk, found.member, where, again=again)
    if found.copy is not None:
        return read_on_site(desk, found.copy)
    return Refused(Reason.MEMBER_UNKNOWN, {"card": found.text})


def undo_visit(desk: Desk, visit: UUID) -> Done[Undone] | Refused:
    """Take a counted visit back, with all that was counted together with it (a group).

    ``NOTHING_TO_UNDO`` when there is no such visit; else as ``undo``.
    """
    ops = [op for op in desk.library.ops_of(visit) if op.kind == VISITED]
    return undo(desk, ops[0].action) if ops else Refused(Reason.NOTHING_TO_UNDO)
