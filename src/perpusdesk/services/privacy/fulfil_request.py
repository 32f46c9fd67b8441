"""Doing what a request about personal data asks for, and closing it when that is done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from perpusdesk.domain.data_protection import RequestKind
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.consents import consents, withdraw
from perpusdesk.services.privacy.data_copy import data_copy
from perpusdesk.services.privacy.data_requests import RequestLine, close
from perpusdesk.services.privacy.erase_member import erase_member
from perpusdesk.services.privacy.privacy_settings import refuse_privacy
from perpusdesk.services.privacy.restrict_member import restrict
from perpusdesk.services.results import Done


def fulfil(desk: Desk, request: RequestLine, reason: str) -> Done[Any] | Refused:
    """Do it, then close the request; the answer is that of what was done.

    A copy (``access``), ``withdrawal`` of all consents, ``restriction`` and ``erasure`` are done
    here; the others a person does. Refused as the step itself is; then the request stays open.
    ``MEMBER_UNKNOWN``, ``REQUEST_CLOSED``.
    """
    if refusal := refuse_privacy(desk):
        return refusal
    if request.member is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": request.name})
    if request.done is not None:
        return Refused(Reason.REQUEST_CLOSED)
    done = _do(desk, request, request.member, reason)
    if isinstance(done, Refused):
        return done
    closed = close(desk, request.id)
    return closed if isinstance(closed, Refused) else done


def _do(desk: Desk, request: RequestLine, member: UUID, reason: str) -> Done[Any] | Refused:
    if request.kind is RequestKind.ACCESS:
        return data_copy(desk, member, reason)
    if request.kind is RequestKind.RESTRICTION:
        return restrict(desk, member)
    if request.kind is RequestKind.ERASURE:
        return erase_member(desk, member, reason)
    if request.kind is RequestKind.WITHDRAWAL:
        return withdraw_all(desk, member)
    return Refused(Reason.NOTHING_CHOSEN)


def withdraw_all(desk: Desk, member: UUID) -> Done[int] | Refused:
    """Withdraw every consent in force; return how many. Refused as ``consents.withdraw``."""
    standing = [line.purpose for line in consents(desk, member) if line.in_force]
    last: Done[Any] | None = None
    for purpose in standing:
        done = withdraw(desk, member, purpose)
        if isinstance(done, Refused):
            return done
        last = done
    changes = frozenset({"consent", "member", "photo"})
    return Done(len(standing), last.action if last else None, "withdraw_consent", changes)
