"""What a device does by itself for persons: the day's decisions, and the work they ask for."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.protocol.certificates import Scope, scopes_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.erase_member import carry_out_erasures
from perpusdesk.services.privacy.history_cut import cut_history
from perpusdesk.storage.queries import devices as query


def decides(desk: Desk) -> bool:
    """Whether this device makes cuts and carries out erasures: the server, else any alone.

    Also an administrator's: in a library that exchanges by sticks alone no server does it. What
    two of them do twice changes nothing.
    """
    mine = next(
        (one for one in query.devices(desk.library) if one.id == UUID(bytes=desk.library.device)),
        None,
    )
    if mine is None or not mine.enrolled:
        return True
    return mine.cut is None and Scope.REVOKE in scopes_of(mine.role)


def decide(desk: Desk) -> bool:
    """Cut the history when a month went by, make erasures of yesterday final; the daily chore.

    Returns whether something was decided.
    """
    if not decides(desk):
        return False
    done = carry_out_erasures(desk)
    cut = cut_history(desk)
    return cut.action is not None or getattr(done, "action", None) is not None


def work_off(desk: Desk) -> bool:
    """Do one short piece of what was decided, here or elsewhere; return whether there is more.

    Some hundredths of a second on the thread of the library, for moments when nobody waits.
    """
    if desk.library.cut_step():
        return True
    return desk.library.exchange.redact_some() or desk.library.forget_words()
