"""The outcomes of a stock-take in words."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.stock_take import Outcome

_NAMES: Final = {
    Outcome.FOUND: N_("Found"),
    Outcome.MISPLACED: N_("In the wrong place"),
    Outcome.WRONG_BRANCH: N_("Of another branch"),
    Outcome.ON_ITS_WAY: N_("Recorded as on its way"),
    Outcome.ON_LOAN: N_("Recorded as on loan"),
    Outcome.LOST: N_("Recorded as missing"),
    Outcome.WITHDRAWN: N_("Withdrawn"),
    Outcome.UNKNOWN: N_("Not known"),
    Outcome.MISSING: N_("Not found"),
}
_CONDITIONS: Final = {
    "good": N_("good"),
    "damaged": N_("damaged"),
    "lost": N_("lost"),
    "missing": N_("missing"),
    "withdrawn": N_("withdrawn"),
}


def outcome_name(outcome: Outcome) -> str:
    """Return an outcome in words."""
    return _(_NAMES[outcome])


def condition_name(condition: str) -> str:
    """Return what a copy is like in words."""
    return _(_CONDITIONS[condition]) if condition in _CONDITIONS else condition
