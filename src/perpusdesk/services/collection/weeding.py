"""Weeding (penyiangan): finding candidates, proposing them, and carrying out the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.conditions import decide_condition
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.weeding import (
    Candidate,
    WeedingRule,
    candidates,
    peak_of,
    years_before,
)
from perpusdesk.services.circulation.moves import way_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.wording.weeding import say_reasons
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import copies as copy_query
from perpusdesk.storage.queries import weeding as query
from perpusdesk.storage.queries.values import as_moment, bounds_of_day
from perpusdesk.storage.queries.weeding import Decree, WeedingLine

__all__ = ["Candidate", "Decree", "WeedingLine", "WeedingRule"]

RIGHT: Final = "weeding"
_PROPOSE: Final = "propose_weeding"
_DROP: Final = "drop_weeding"
_DECIDE: Final = "weed_copies"


@dataclass(frozen=True, slots=True)
class Weeded:
    """The copies that were withdrawn, and why others of the list were not."""

    decree: str
    copies: tuple[UUID, ...]
    left_out: tuple[tuple[str, Refused], ...] = ()


def find_candidates(desk: Desk, rule: WeedingRule) -> list[Candidate]:
    """Return what a rule proposes at its branch, by title; long work: give it a reading desk.

    A copy that was never lent counts from the day it came, but no earlier than the first loan
    that is known here: what was lent before that nobody can tell.
    """
    first = query.first_loan_ms(desk.library)
    begun = as_moment(first, desk.zone).date() if first is not None else desk.today()
    stock = query.stock(desk.library, rule.branch, rule.kind, desk.zone, begun)
    peaks: dict[UUID, int] = {}
    if rule.surplus is not None:
        since, _after = bounds_of_day(years_before(desk.today(), rule.surplus), desk.zone)
        spans = query.loan_spans(desk.library, rule.branch, since)
        peaks = {title: peak_of(mine) for title, mine in spans}
    return candidates(stock, rule, desk.today(), peaks)


def weeding_lines(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, WeedingLine]:
    """Return these copies as the lists show them."""
    return query.lines(desk.library, ids)


def proposed(desk: Desk, branch: UUID | None = None) -> list[WeedingLine]:
    """Return what is proposed and waits for the decision, at a branch or everywhere."""
    return query.proposed(desk.library, branch)


def decrees(desk: Desk) -> list[Decree]:
    """Return the decisions that were carried out, the latest first."""
    return query.decrees(desk.library)


def propose(desk: Desk, chosen: Sequence[Candidate]) -> Done[int] | Refused:
    """Propose copies for weeding, each with its reasons in words; the value says how many.

    ``NOTHING_CHOSEN``, ``COPY_UNKNOWN``.
    """
    reasons = {candidate.copy: say_reasons(candidate.reasons) for candidate in chosen}
    return _write(desk, desk.action(_PROPOSE), reasons)


def drop(desk: Desk, copies: Sequence[UUID]) -> Done[int] | Refused:
    """Take copies off the proposal; they stay. ``NOTHING_CHOSEN``, ``COPY_UNKNOWN``."""
    return _write(desk, desk.action(_DROP), dict.fromkeys(copies, ""))


def _write(desk: Desk, action: Action, reasons: Mapping[UUID, str]) -> Done[int] | Refused:
    if not reasons:
        return Refused(Reason.NOTHING_CHOSEN)
    for copy, why in reasons.items():
        if copy_query.fields_of(desk.library, copy) is None:
            return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
        action.set("copy", copy, {"withdrawn_why": why})
    written = desk.commit(action)
    return Done(len(reasons), written.action, action.verb, frozenset({"copy"}))


def carry_out(desk: Desk, copies: Sequence[UUID], decree: str, day: date) -> Done[Weeded] | Refused:
    """Withdraw the copies that a decision names, as one action; a hold one was kept for waits.

    ``RIGHT_MISSING``, ``NOTHING_CHOSEN``, ``DECREE_MISSING``, ``DATE_IN_FUTURE``. A copy that is on
    loan, on its way or unknown stays, and the value says why; when all stay, that is refused.
    """
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    if not copies:
        return Refused(Reason.NOTHING_CHOSEN)
    if not decree.strip():
        return Refused(Reason.DECREE_MISSING)
    if day > desk.today():
        return Refused(Reason.DATE_IN_FUTURE, {"date": day})
    action = desk.action(_DECIDE)
    gone: list[UUID] = []
    left: list[tuple[str, Refused]] = []
    for copy in copies:
        refusal = _withdraw(desk, action, copy, decree.strip(), day)
        if refusal is None:
            gone.append(copy)
        else:
            left.append((str(refusal.facts.get("barcode", "")), refusal))
    if not gone:
        return left[0][1]
    written = desk.commit(action)
    changes = frozenset(draft.entity_type for draft in action.drafts)
    value = Weeded(decree.strip(), tuple(gone), tuple(left))
    return Done(value, written.action, _DECIDE, changes)


def _withdraw(desk: Desk, action: Action, copy: UUID, decree: str, day: date) -> Refused | None:
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    if (way := way_of(desk, copy)) is not None:
        facts = {"barcode": found.barcode, "branch": way.to_branch}
        return Refused(Reason.COPY_IN_TRANSIT, facts)
    terms = decide_condition(
        found,
        Condition.WITHDRAWN,
        desk.today(),
        find.open_loan_of_copy(desk.library, copy),
        find.live_holds_of_title(desk.library, found.title),
    )
    if isinstance(terms, Refused):
        return replace(terms, facts={**terms.facts, "barcode": found.barcode})
    fields = {
        "condition": terms.condition,
        "withdrawn_on": day,
        "withdrawn_paper": decree,
    }
    action.set("copy", copy, fields)
    if terms.releases:
        action.event(hold_events.RELEASED, "hold", terms.releases)
    return None
