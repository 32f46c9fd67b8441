"""The door to the rules of the desk: requests in, ``Terms`` or ``Refused`` out.

Every ``decide_*`` is pure: it knows only its request, and the same request has the same answer on
every device, online or not. Where a decision is refused, ``all_refusals`` tells everything that
speaks against it, so that a screen can show it at once and one override can cover it.
"""

from __future__ import annotations

from perpusdesk.domain.circulation_requests import (
    HoldRequest,
    KitCopy,
    KitRequest,
    LendRequest,
    ReadRequest,
    RenewRequest,
    ReturnRequest,
)
from perpusdesk.domain.decisions import Override, Refused
from perpusdesk.domain.eligibility import member_refusals
from perpusdesk.domain.fines import cost_of
from perpusdesk.domain.holds import hold_refusals
from perpusdesk.domain.kits import decide_kit, kit_refusals
from perpusdesk.domain.lending import decide_lend, decide_read_on_site, lend_refusals, member_quota
from perpusdesk.domain.renewals import decide_renew, renew_refusals
from perpusdesk.domain.returns import decide_arrival, decide_return
from perpusdesk.domain.susulan import decide_susulan

__all__ = [
    "HoldRequest",
    "KitCopy",
    "KitRequest",
    "LendRequest",
    "ReadRequest",
    "RenewRequest",
    "ReturnRequest",
    "all_refusals",
    "cost_of",
    "decide_arrival",
    "decide_kit",
    "decide_lend",
    "decide_read_on_site",
    "decide_renew",
    "decide_return",
    "decide_susulan",
    "member_quota",
    "member_refusals",
    "override_for",
]


def all_refusals(
    request: LendRequest | RenewRequest | KitRequest | HoldRequest,
) -> tuple[Refused, ...]:
    """Everything that speaks against a request, the first being what the decision answers."""
    if isinstance(request, LendRequest):
        return lend_refusals(request)
    if isinstance(request, RenewRequest):
        return renew_refusals(request)
    if isinstance(request, KitRequest):
        return kit_refusals(request)
    return hold_refusals(request)


def override_for(
    request: LendRequest | RenewRequest | KitRequest | HoldRequest, reason: str
) -> Override | None:
    """The override that would let this request pass; ``None`` if no right can."""
    refusals = all_refusals(request)
    if not all(refusal.overridable for refusal in refusals):
        return None
    return Override(reason, frozenset(refusal.reason for refusal in refusals))
