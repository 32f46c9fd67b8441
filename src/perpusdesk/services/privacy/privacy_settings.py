"""What the library decided about personal data: months, the person in charge, the dated rules."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, Final

from perpusdesk.domain.data_protection import (
    MONTHS,
    PrivacySettings,
    ProtectionRules,
    privacy_settings,
)
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import PRIVACY
from perpusdesk.exchange.protection_rules import protection_rules
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

SETTING: Final = "privacy"
VERB: Final = "set_privacy"


def settings_of(desk: Desk) -> PrivacySettings:
    """Return the settings in force."""
    return privacy_settings(desk.settings.get(SETTING))


def rules_of(desk: Desk) -> ProtectionRules:
    """Return the rules of the law in force today, with this library's months in their words."""
    rules, months = protection_rules(desk.today()), settings_of(desk)
    words = {"{history_months}": months.history_months, "{access_months}": months.access_months}
    groups = []
    for group in rules.groups:
        kept = group.kept
        for word, number in words.items():
            kept = kept.replace(word, str(number))
        groups.append(replace(group, kept=kept))
    return replace(rules, groups=tuple(groups))


def set_privacy(desk: Desk, **changes: Any) -> Done[PrivacySettings] | Refused:
    """Change settings by name. ``RIGHT_MISSING``; ``AMOUNT_INVALID`` amount (months)."""
    if refusal := refuse_privacy(desk):
        return refusal
    wanted = replace(settings_of(desk), **changes)
    for months in (wanted.history_months, wanted.access_months):
        if not MONTHS[0] <= months <= MONTHS[1]:
            return Refused(Reason.AMOUNT_INVALID, {"amount": months})
    if wanted == settings_of(desk):
        return Done(wanted, None, VERB)
    action = desk.action(VERB)
    put_setting(action, SETTING, asdict(wanted))
    written = desk.commit(action)
    return Done(wanted, written.action, VERB, frozenset({"setting"}))


def refuse_privacy(desk: Desk) -> Refused | None:
    """Refuse who may not answer for personal data: ``RIGHT_MISSING``."""
    return None if desk.may(PRIVACY) else Refused(Reason.RIGHT_MISSING, {"right": PRIVACY})
