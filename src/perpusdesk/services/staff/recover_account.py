"""When every PIN is forgotten: the library's recovery code lets somebody who manages staff in."""

from __future__ import annotations

import hmac
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import STAFF, keeps_house
from perpusdesk.protocol.recovery_code import BadCode, public_of, read_code
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff.shift import Colleague, colleagues
from perpusdesk.services.staff.sign_in import refuse_secret, sign_in_anew
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import RECOVERY_SETTING

VERB: Final = "recover_account"


def who_may_recover(desk: Desk) -> list[Colleague]:
    """Return whose account the code opens: theirs who manage staff, with or without a PIN."""
    return [one for one in colleagues(desk) if _manages(desk, one.id)]


def has_recovery(desk: Desk) -> bool:
    """Whether this library has a recovery code."""
    return bool(desk.settings.get(RECOVERY_SETTING))


def recover_account(desk: Desk, person: UUID, code: str, new: str) -> Done[Colleague] | Refused:
    """Let ``person`` in by the recovery code, with a new PIN or password from now on.

    ``RECOVERY_CODE_WRONG`` groups (those to look at again), ``RIGHT_MISSING`` (the code is for
    those who manage staff; they give the others a new PIN), ``STAFF_UNKNOWN``, ``PIN_WEAK``.
    """
    if person not in desk.people:
        return Refused(Reason.STAFF_UNKNOWN)
    if not _manages(desk, person):
        return Refused(Reason.RIGHT_MISSING, {"right": STAFF})
    seed = read_code(code)
    if isinstance(seed, BadCode):
        return Refused(Reason.RECOVERY_CODE_WRONG, {"groups": seed.groups})
    known = str(desk.settings.get(RECOVERY_SETTING) or "")
    if not hmac.compare_digest(public_of(seed).hex(), known):
        return Refused(Reason.RECOVERY_CODE_WRONG, {"groups": ()})
    found = desk.people[person]
    return refuse_secret(new, found.name, found.card) or sign_in_anew(
        desk, found, new, Action(VERB, found.id, desk.branch, desk.zone)
    )


def _manages(desk: Desk, person: UUID) -> bool:
    return keeps_house(desk.people[person].account, pins=False)
