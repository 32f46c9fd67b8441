"""Checks in words: the way to the server step by step, and whether a van may leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.services.circulation.departure import Aboard
from perpusdesk.services.wording.exchange import say_reason
from perpusdesk.syncing.status import Standing
from perpusdesk.ui.exchange import text
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone

CLOCK_MS: Final = 5 * 60 * 1000
"""A clock further off than this is told of."""
_FRESH: Final = timedelta(hours=12)
_LOW_BATTERY: Final = 50


class State(StrEnum):
    """How a check came out; ``UNKNOWN``: it was not reached."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"


_SIGNS: Final[dict[State, tuple[str, Tone]]] = {
    State.OK: ("check", "ok"),
    State.WARN: ("warning", "warn"),
    State.BAD: ("blocked", "bad"),
    State.UNKNOWN: ("more", "muted"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, and what to do."""

    what: str
    state: State
    told: str = ""
    todo: str = ""


def check_row(check: Check) -> RowWords:
    """Return a check as a row of a list."""
    icon, tone = _SIGNS[check.state]
    return RowWords(check.what, check.todo, check.told, "", icon, tone)


_STEPS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (N_("Network of this computer"), frozenset({"offline"})),
    (
        N_("The server answers"),
        frozenset(
            {"dns", "refused", "timeout", "cut", "busy", "server_full", "server_fault"}
            | {"stopped", "bad_address", "not_ours", "too_old", "too_new"}
        ),
    ),
    (N_("It is the right server"), frozenset({"tls", "pin", "plain", "not_the_server"})),
    (
        N_("This device is let in"),
        frozenset({"not_enrolled", "certificate_expired", "key_replaced", "unknown_device"}),
    ),
    (N_("It has the same library"), frozenset({"wrong_library"})),
)


def line_checks(reason: str, round_trip_ms: int, offset_ms: int | None) -> list[Check]:
    """Return the steps on the way to the server; ``reason`` is why it ended, or empty."""
    ends = next((place for place, (_what, codes) in enumerate(_STEPS) if reason in codes), -1)
    if reason and ends < 0:
        ends = 1
    found = []
    for place, (what, _codes) in enumerate(_STEPS):
        if not reason or place < ends:
            told = text.milliseconds(round_trip_ms) if not reason and place == 1 else _("good")
            found.append(Check(_(what), State.OK, told))
        elif place == ends:
            why = say_reason(reason)
            found.append(Check(_(what), State.BAD, _("no"), text.joined(why.what, why.todo)))
        else:
            found.append(Check(_(what), State.UNKNOWN))
    return [*found, _clock(offset_ms)]


def _clock(offset_ms: int | None) -> Check:
    what = _("The clocks agree")
    if offset_ms is None:
        return Check(what, State.UNKNOWN)
    if abs(offset_ms) <= CLOCK_MS:
        return Check(what, State.OK, _("good"))
    return Check(what, State.WARN, text.clock_off(offset_ms), _("Set this computer's clock."))


def departure_checks(
    now: Standing,
    there: Aboard,
    moment: datetime,
    *,
    printer: str,
    battery: int | None,
) -> list[Check]:
    """Return what is looked at before a van leaves."""
    return [
        *_news(now, moment),
        *_load(there),
        _clock_here(now),
        *_things(printer, battery),
    ]


def return_checks(now: Standing, there: Aboard) -> list[Check]:
    """Return what is looked at when a van is back."""
    sent = _("Everything is sent")
    waits = Check(sent, State.OK, _("good"))
    if now.waiting:
        waits = Check(sent, State.WARN, text.waiting(now.waiting), _("Exchange now."))
    decided = Check(_("Nothing needs a decision"), State.OK, _("good"))
    if there.conflicts:
        todo = _("Settle what the van and others recorded differently.")
        decided = Check(_("What needs a decision"), State.WARN, number(there.conflicts), todo)
    return [waits, decided]


def _news(now: Standing, moment: datetime) -> Iterator[Check]:
    what = _("News from the other devices")
    if now.last is None:
        yield Check(what, State.BAD, _("never"), _("Exchange once before you leave."))
        return
    at = text.local(now.last.at_ms, moment)
    fresh = moment - at <= _FRESH
    todo = "" if fresh else _("Exchange once more before you leave.")
    yield Check(what, State.OK if fresh else State.WARN, text.ago(at, moment), todo)
    if now.waiting:
        sent = _("Everything is sent")
        yield Check(sent, State.WARN, text.waiting(now.waiting), _("Exchange now."))


def _load(there: Aboard) -> Iterator[Check]:
    for what, count in (
        (_("Catalogue on board"), there.titles),
        (_("Members on board"), there.members),
        (_("Loan rules on board"), there.rules),
    ):
        state = State.OK if count else State.BAD
        yield Check(what, state, number(count), "" if count else _("Exchange first."))
    if there.to_pick:
        told = ngettext("{n} copy", "{n} copies", there.to_pick).format(n=number(there.to_pick))
        yield Check(_("Waited for, to take along"), State.WARN, told, _("See Holds."))


def _clock_here(now: Standing) -> Check:
    off = abs(now.clock_offset_ms) > CLOCK_MS
    if now.clock_suspect or off:
        told = text.clock_off(now.clock_offset_ms) if off else _("doubtful")
        return Check(_("Clock"), State.WARN, told, _("Set this computer's clock."))
    return Check(_("Clock"), State.OK, _("good"))


def _things(printer: str, battery: int | None) -> Iterator[Check]:
    slips = _("Slip printer")
    if printer:
        yield Check(slips, State.OK, _("set up"))
    else:
        yield Check(slips, State.UNKNOWN, _("none"), _("Slips can be copied for WhatsApp."))
    if battery is not None:
        low = battery < _LOW_BATTERY
        todo = _("Charge it before you leave.") if low else ""
        yield Check(_("Battery"), State.WARN if low else State.OK, f"{battery} %", todo)
