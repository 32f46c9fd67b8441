"""Why a copy is proposed for weeding, in words: they stand on the paper that is signed."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.formats import number, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.weeding import Reason, Why


def say_reasons(reasons: Sequence[Reason]) -> str:
    """Return all reasons in one line, the first with a capital letter."""
    told = "; ".join(_say(reason) for reason in reasons)
    return told[:1].upper() + told[1:]


def _say(reason: Reason) -> str:
    day = short_date(reason.since) if reason.since else ""
    if reason.why is Why.NEVER_LENT:
        return _("never borrowed since {date}").format(date=day)
    if reason.why is Why.NOT_LENT:
        return _("last borrowed on {date}").format(date=day)
    if reason.why is Why.OLD:
        return _("published in {year}").format(year=reason.year)
    if reason.why is Why.SURPLUS:
        words = _("{copies} copies, at most {wanted} borrowed at once")
        return words.format(copies=number(reason.copies), wanted=number(reason.wanted))
    others = {
        Why.DAMAGED: _("damaged"),
        Why.MISSING: _("lost or missing"),
        Why.PICKED: _("picked at the shelf"),
    }
    return others[reason.why]
