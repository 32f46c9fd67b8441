"""The sentences of the tab of examinations, and its report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from perpusdesk import __version__
from perpusdesk.common.formats import clock_time, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.doctor.parts import Finding, Severity
from perpusdesk.services.doctor.record import Repair
from perpusdesk.services.wording.doctor import CHECK_NAMES, check_name, repair_name, say_finding
from perpusdesk.ui.kit.theme import Tone

State = tuple[str, str, Tone]
"""Icon, word and tone."""

_STATES = {
    Severity.DAMAGE: ("warning", "bad"),
    Severity.WARNING: ("warning", "warn"),
    Severity.ADVICE: ("warning", "warn"),
    Severity.NOTE: ("info", "muted"),
}
_ORDER = (Severity.DAMAGE, Severity.WARNING, Severity.ADVICE, Severity.NOTE)


def worst(findings: Sequence[Finding]) -> Severity | None:
    """Return the severity that matters most."""
    there = {one.severity for one in findings}
    return next((one for one in _ORDER if one in there), None)


def when(at_ms: int, now: datetime) -> str:
    """Return the clock time, with the day unless it is today."""
    at = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(now.tzinfo)
    days = (now.date() - at.date()).days
    if days == 0:
        return _("today {time}").format(time=clock_time(at))
    if days == 1:
        return _("yesterday {time}").format(time=clock_time(at))
    return f"{short_date(at.date())} {clock_time(at)}"


def state(examined: tuple[int, list[Finding]] | None, now: datetime) -> State:
    """Return the one big sentence."""
    if examined is None:
        return "info", _("Not examined yet"), "muted"
    at, findings = examined
    count = sum(one.severity is not Severity.NOTE for one in findings)
    if not count:
        text, icon, tone = _("All is well"), "check", "ok"
    elif worst(findings) is Severity.DAMAGE:
        text, icon, tone = _("Something is damaged"), "warning", "bad"
    else:
        icon, tone = "warning", "warn"
        text = ngettext(
            "{count} thing needs attention", "{count} things need attention", count
        ).format(count=number(count))
    return icon, f"{text} · {_('examined {when}').format(when=when(at, now))}", _tone(tone)


def _tone(name: str) -> Tone:
    tones: dict[str, Tone] = {"ok": "ok", "warn": "warn", "bad": "bad", "muted": "muted"}
    return tones[name]


def check_state(findings: Sequence[Finding]) -> State:
    """Return how one check ended, in a word."""
    severity = worst(findings)
    if severity is None:
        return "check", _("Good"), "ok"
    icon, tone = _STATES[severity]
    words = {
        Severity.DAMAGE: _("Damaged"),
        Severity.WARNING: _("Not right"),
        Severity.ADVICE: _("Please look"),
        Severity.NOTE: _("Good to know"),
    }
    return icon, words[severity], _tone(tone)


def progress(share: float) -> str:
    """Return how far an examination is."""
    return _("Examining: {percent} %").format(percent=round(share * 100))


def repaired(when_: str, repair: Repair) -> str:
    """Return one line of the list of repairs."""
    return f"{when_} · {repair_name(repair.code)}"


def report(examined: tuple[int, list[Finding]], repairs: Sequence[Repair], now: datetime) -> str:
    """Return the report to be saved: no name, no number of a person in it."""
    findings = examined[1]
    lines = [f"PerpusDesk {__version__}", state(examined, now)[1], ""]
    for check in CHECK_NAMES:
        mine = [one for one in findings if one.check == check]
        lines.append(f"{check_name(check)}: {check_state(mine)[1]}")
        lines += [f"  {say_finding(one)} [{one.code}]" for one in mine]
    if repairs:
        lines += ["", _("Repairs")]
        lines += [f"  {repaired(when(one.at_ms, now), one)} [{one.code}]" for one in repairs]
    return "\n".join([*lines, ""])
