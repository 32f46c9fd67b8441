"""The sentences of the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from perpusdesk.common.formats import long_date, number, rupiah, short_date, weekday_date
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.common.settings import Settings, Value
from perpusdesk.domain.policy import DecidedBy, Explanation, Mismatch
from perpusdesk.domain.policy_types import ClosureKind, LoanRule
from perpusdesk.services.library.closures import ClosureLine
from perpusdesk.services.library.rules_view import RuleLine

_NAMES: Final = {
    "language": N_("Language"),
    "text_size": N_("Text size"),
    "colour_scheme": N_("Colours"),
    "sounds": N_("Sounds when scanning"),
    "volume": N_("Volume"),
    "camera": N_("Camera"),
    "mirror_camera": N_("Show the camera picture mirrored"),
    "slip_printer": N_("Slip printer"),
    "slip_width": N_("Paper width of slips"),
    "lock_after": N_("Lock when nobody is here"),
    "start_as_kiosk": N_("Start as guest book, filling the screen (kiosk)"),
    "look_for_updates": N_("Look for newer versions at the library's server"),
}
_VALUES: Final[Mapping[tuple[str, Value], str]] = {
    ("language", "id"): N_("Bahasa Indonesia"),
    ("language", "en"): N_("English"),
    ("colour_scheme", "system"): N_("As the computer has it"),
    ("colour_scheme", "light"): N_("Light"),
    ("colour_scheme", "dark"): N_("Dark"),
    ("colour_scheme", "high_contrast"): N_("High contrast"),
    ("camera", ""): N_("The first one found"),
    ("lock_after", 0): N_("Never"),
    ("slip_printer", ""): N_("None: slips become PDF files"),
}


def title() -> str:
    """Return the word in the rail."""
    return _("Settings")


def name_of(setting: str, declared: str) -> str:
    """Return the label of a setting; one without a short name here keeps its declared text."""
    return _(_NAMES.get(setting, declared))


def value_of(setting: str, value: Value) -> str:
    """Return a value as it is shown."""
    if (setting, value) in _VALUES:
        return _(_VALUES[setting, value])
    if setting in ("text_size", "volume"):
        return f"{value} %"
    if setting == "lock_after":
        minutes = int(value)
        return ngettext("after {n} minute", "after {n} minutes", minutes).format(n=minutes)
    if setting == "slip_width":
        return f"{value} mm"
    return str(value)


def hint(setting: str) -> str:
    """Return what should be known about a setting, or nothing."""
    if setting == "language":
        return _("Holds from the next start of PerpusDesk.")
    return ""


def scanner(settings: Settings) -> str:
    """Return what is known of this desk's scanner."""
    if not settings.scanner_pace_us:
        return _("No scanner was taught yet; most work as they are.")
    parts = [_("A scanner was taught.")]
    if settings.scanner_prefix:
        parts.append(_("Taken off before: “{text}”.").format(text=settings.scanner_prefix))
    if settings.scanner_suffix:
        parts.append(_("Taken off after: “{text}”.").format(text=settings.scanner_suffix))
    return " ".join(parts)


def for_whom(line: RuleLine) -> str:
    """Return for whom and for what a rule holds."""
    parts = [
        line.category or _("all members"),
        line.kind or _("all collections"),
        line.branch or _("all branches"),
        *_days(line.rule),
    ]
    return " · ".join(parts)


def _days(rule: LoanRule) -> list[str]:
    first, last = rule.first_day, rule.last_day
    if first and last:
        return [f"{short_date(first)}–{short_date(last)}"]
    return [_("from {day}").format(day=short_date(first))] if first else []


def terms(rule: LoanRule) -> str:
    """Return what a rule grants, in one line."""
    if not rule.may_lend:
        return _("not for loan")
    days = ngettext("{count} day", "{count} days", rule.loan_days)
    parts = [
        days.format(count=number(rule.loan_days)),
        ngettext("{count} book", "{count} books", rule.loan_limit).format(
            count=number(rule.loan_limit)
        ),
        _renewals(rule.renewals),
        _("fine {amount} a day").format(amount=rupiah(rule.fine_per_day))
        if rule.fine_per_day
        else _("no fine"),
    ]
    if rule.grace_days:
        grace = ngettext("{count} day of grace", "{count} days of grace", rule.grace_days)
        parts.append(grace.format(count=rule.grace_days))
    return " · ".join(parts)


def _renewals(count: int) -> str:
    if count == 0:
        return _("no renewal")
    return ngettext("{count} renewal", "{count} renewals", count).format(count=count)


_MISMATCHES: Final = {
    Mismatch.CATEGORY: N_("for other members"),
    Mismatch.KIND: N_("for other collections"),
    Mismatch.BRANCH: N_("for another branch"),
    Mismatch.WEEKDAY: N_("not on this weekday"),
    Mismatch.NOT_YET: N_("not in force yet"),
    Mismatch.OVER: N_("no longer in force"),
}
_BEATEN: Final = {
    DecidedBy.PRIORITY: N_("a rule of higher priority goes before it"),
    DecidedBy.NAMES_MORE: N_("a rule that names more goes before it"),
    DecidedBy.NARROWER_DATES: N_("a rule with narrower dates goes before it"),
    DecidedBy.VERSION: N_("there is a later version"),
    DecidedBy.ID: N_("a rule of the same rank goes before it"),
}


def decided(told: Sequence[tuple[RuleLine, Explanation]]) -> tuple[str, list[str]]:
    """Return which rule decides, and for each other one why it does not."""
    chosen = [line for line, one in told if one.chosen]
    head = (
        f"{chosen[0].rule.name}: {terms(chosen[0].rule)}"
        if chosen
        else _("No rule allows this loan.")
    )
    return head, [f"{line.rule.name}: {_why_not(one)}" for line, one in told if not one.chosen]


def _why_not(one: Explanation) -> str:
    if one.beaten_by is not None:
        return _(_BEATEN[one.beaten_by])
    return ", ".join(_(_MISMATCHES[reason]) for reason in one.mismatches)


HOUSE: Final = {
    "block_when_overdue": N_("Nobody with an overdue book may borrow"),
    "renew_from_today": N_("A renewal counts from today, not from the due date"),
    "renew_when_overdue": N_("Overdue books may be renewed"),
    "expiry_caps_due": N_("No due date after the membership ends"),
}
"""The rules of the house that are a plain yes or no."""

_KINDS: Final = {
    ClosureKind.NATIONAL: N_("national holiday"),
    ClosureKind.JOINT_LEAVE: N_("cuti bersama"),
    ClosureKind.LOCAL: N_("our own"),
}


def closure_days(line: ClosureLine) -> str:
    """Return when a closure is."""
    if line.first_day == line.last_day:
        return weekday_date(line.first_day)
    return f"{long_date(line.first_day)}–{long_date(line.last_day)}"


def closure_what(line: ClosureLine) -> str:
    """Return what a closure is for and who decided on it."""
    return f"{line.name} · {_(_KINDS[line.kind])}"
