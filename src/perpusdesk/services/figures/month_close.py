"""Closing months: the figures of then are kept, and what changed since is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.figures.measures import CATALOGUE, Over
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.merge.facts import MONTH_CLOSED
from perpusdesk.domain.rights import FIGURES
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures import Group, figures, this_month
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import figure_entries as query
from perpusdesk.storage.queries.figure_entries import ClosedMonth

VERB: Final = "close_month"
_KEPT: Final = tuple(
    one.id for one in CATALOGUE.values() if not one.keys and one.over is not Over.CALENDAR
)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another one since its month was closed; without a branch: of all."""

    measure: str
    branch: UUID | None
    then: int
    now: int


def close_month(desk: Desk, month: str) -> Done[int] | Refused:
    """Keep the figures of a month as they are now; the value says how many.

    ``RIGHT_MISSING``, ``MONTH_OPEN`` month (it is not over), ``MONTH_CLOSED`` month. Raises
    ``ValueError`` for what is no month.
    """
    if not desk.may(FIGURES):
        return Refused(Reason.RIGHT_MISSING, {"right": FIGURES})
    Period(month, month)
    if month >= this_month(desk):
        return Refused(Reason.MONTH_OPEN, {"month": month})
    if month in {one.month for one in closed_months(desk)}:
        return Refused(Reason.MONTH_CLOSED, {"month": month})
    kept = _figures(desk, month)
    action = desk.action(VERB)
    told = json.dumps(kept, separators=(",", ":"), sort_keys=True)
    action.event(
        MONTH_CLOSED, "month_close", desk.library.new_id(), fresh=True, month=month, figures=told
    )
    written = desk.commit(action)
    count = sum(len(one) for one in kept.values())
    return Done(count, written.action, VERB, frozenset({"month_close"}))


def closed_months(desk: Desk) -> list[ClosedMonth]:
    """Return the months that are closed, the latest first; of two closings the earlier counts."""
    return query.closed_months(desk.library)


def changes_since(desk: Desk, closed: ClosedMonth) -> list[Change]:
    """Return what is another figure by now: late scans, undone loans, devices heard of later."""
    now, found = _figures(desk, closed.month), []
    then: dict[str, dict[str, int]] = json.loads(closed.figures)
    for place in sorted(now.keys() | then.keys()):
        before, after = then.get(place, {}), now.get(place, {})
        for measure in sorted(before.keys() | after.keys()):
            old, new = before.get(measure, 0), after.get(measure, 0)
            if old != new and measure in CATALOGUE:
                found.append(Change(measure, UUID(place) if place else None, old, new))
    return found


def _figures(desk: Desk, month: str) -> dict[str, dict[str, int]]:
    """Return by branch (``""``: all together) every figure that is not nothing."""
    kept: dict[str, dict[str, int]] = {}
    for by in ((), (Group.BRANCH,)):
        table = figures(desk, _KEPT, month, month, by=by)
        for one in table.rows:
            if one.value and (not by or one.branch is not None):
                place = one.branch.hex if one.branch else ""
                kept.setdefault(place, {})[one.measure] = one.value
    return kept
