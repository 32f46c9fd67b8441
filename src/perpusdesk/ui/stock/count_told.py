"""What a scan of the stock-take came to: in words, tone and sound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.common.formats import clock_time, long_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.shelf_order import Order
from perpusdesk.domain.stock_take import Outcome
from perpusdesk.services.desk import Desk
from perpusdesk.services.stock.stock_scan import Counted
from perpusdesk.services.wording.refusals import Said
from perpusdesk.services.wording.stock import condition_name, outcome_name
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.stock.count_text import LOOKS, joined

_SOUNDS: Final = {
    Outcome.FOUND: Sound.OK,
    Outcome.ON_LOAN: Sound.HOLD,
    Outcome.ON_ITS_WAY: Sound.HOLD,
    Outcome.LOST: Sound.HOLD,
}
"""What is in the wrong place, or not known, is heard above all."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the answer to a scan says: ``headline`` must be read from the shelf."""

    icon: str
    state: str
    tone: Tone
    title: str
    under: str = ""
    terms: str = ""
    headline: str = ""
    advice: str = ""
    sound: Sound = Sound.OK


def told(counted: Counted, desk: Desk) -> Told:
    """Return what a scan came to, in words, tone and sound."""
    icon, tone = LOOKS[counted.outcome]
    name = counted.title.title if counted.title else ""
    author = counted.title.author if counted.title else ""
    call_number = counted.seen.call_number
    odd = counted.outcome is not Outcome.FOUND
    places = _places(counted, desk) if odd else [call_number, counted.seen.location]
    said = Told(
        icon,
        outcome_name(counted.outcome),
        tone,
        name or counted.code,
        joined(counted.barcode, author) if name else "",
        headline=call_number if odd else "",
        terms=joined(*places),
        advice=_advice(counted, desk),
        sound=_SOUNDS.get(counted.outcome, Sound.ATTENTION),
    )
    if counted.before is not None:
        return _again(said, counted)
    if counted.restored:
        return _restored(said)
    return said if counted.order is Order.FINE else _out_of_order(said, counted)


def _places(counted: Counted, desk: Desk) -> list[str]:
    """Return where a copy belongs, from the near to the far."""
    seen = counted.seen
    branch = desk.branches.get(seen.branch) if seen.branch else None
    kind = desk.kinds.get(seen.kind) if seen.kind else None
    places = [seen.location, kind.name if kind else "", branch.name if branch else ""]
    place = joined(*places)
    return [_("Its place: {place}").format(place=place)] if place else []


def _advice(counted: Counted, desk: Desk) -> str:
    due = long_date(counted.due) if counted.due else ""
    branch = desk.branches.get(counted.seen.branch) if counted.seen.branch else None
    advice = {
        Outcome.MISPLACED: _("Put it aside and bring it to its place."),
        Outcome.WRONG_BRANCH: _("It belongs to {branch}: put it aside and send it there.").format(
            branch=branch.name if branch else "?"
        ),
        Outcome.ON_ITS_WAY: _("It was sent but not received: receive it under “Between branches”."),
        Outcome.ON_LOAN: _("{member} has it until {date}. If it came back, take it back.").format(
            member=counted.member, date=due
        ),
        Outcome.LOST: _("It is recorded as {condition}. Record it as found?").format(
            condition=condition_name(counted.seen.condition.value)
        ),
        Outcome.WITHDRAWN: _("It was taken out of the collection: put it aside."),
        Outcome.UNKNOWN: _("No copy has this code. Put the book aside for the cataloguer."),
    }
    return advice.get(counted.outcome, "")


def _again(said: Told, counted: Counted) -> Told:
    before = counted.before
    assert before is not None
    text = _("Counted here at {time}.") if before.own else _("Counted at {time} on {device}.")
    terms = text.format(time=clock_time(before.at), device=before.device)
    state = _("Counted already")
    if counted.outcome is not Outcome.FOUND:
        return replace(said, state=joined(state, said.state), terms=terms, sound=Sound.FINE)
    return replace(said, icon="info", state=state, tone="accent", terms=terms, sound=Sound.FINE)


def _restored(said: Told) -> Told:
    return replace(
        said,
        icon="check",
        state=_("Found again"),
        tone="ok",
        headline="",
        advice=_("It is recorded as found: put it back on the shelf."),
    )


def _out_of_order(said: Told, counted: Counted) -> Told:
    this, other = _("It stands out of order here."), _("The copy before it stands out of order.")
    return replace(
        said,
        icon="warning",
        state=joined(said.state, _("out of order")),
        tone="warn",
        headline=counted.seen.call_number,
        terms=counted.seen.location,
        advice=this if counted.order is Order.THIS_ONE else other,
        sound=Sound.HOLD,
    )


def settled(said: Told, state: str, advice: str) -> Told:
    """Return an answer after what was odd about it was put right."""
    return replace(said, icon="check", state=state, tone="ok", headline="", advice=advice)


def refused(said: Said) -> Told:
    """Return a scan that was not counted."""
    return Told(
        "blocked",
        _("Not counted"),
        "bad",
        said.what,
        advice=said.todo,
        sound=Sound.ATTENTION,
    )
