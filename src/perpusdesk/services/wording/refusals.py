"""A refusal in words: what the rule says, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time, long_date, number, rupiah
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording import (
    refusals_circulation,
    refusals_collection,
    refusals_running,
    refusals_visitors,
)
from perpusdesk.storage.queries.names import member_name


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, and the next step (may be empty); ``reason`` where a rule said no."""

    what: str
    todo: str = ""
    reason: Reason | None = field(default=None, compare=False)


_TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    **refusals_circulation.TEXTS,
    **refusals_collection.TEXTS,
    **refusals_visitors.TEXTS,
    **refusals_running.TEXTS,
}


def say_refusal(refused: Refused, desk: Desk | None = None) -> Said:
    """Return a refusal in the language in use; ``desk`` lets it name members and branches."""
    what, todo = _texts_of(refused)
    words = _Words({name: _word(value, desk) for name, value in refused.facts.items()})
    until = refused.facts.get("until")
    words["until"] = (
        _(" until {date}").format(date=long_date(until)) if isinstance(until, date) else ""
    )
    if not refused.facts.get("note"):
        words["note"] = _("no reason was noted")
    for name in ("debt", "limit", "owed"):
        amount = refused.facts.get(name)
        if refused.reason in _MONEY and isinstance(amount, int):
            words[name] = rupiah(amount)
    if refused.reason is Reason.MEMBER_HAS_OBLIGATIONS:
        words["obligations"] = _obligations(refused.facts)
    if refused.reason is Reason.BRANCH_IN_USE:
        words["belongings"] = _belongings(refused.facts)
    todo = _(todo).format_map(words) if todo else ""
    return Said(_(what).format_map(words), todo, refused.reason)


def _obligations(facts: Mapping[str, object]) -> str:
    """Return what a member still has to settle, without what there is none of."""
    counts = {name: _count(facts.get(name)) for name in ("loans", "debt", "ready", "replacements")}
    told = (
        (counts["loans"], ngettext("{n} copy borrowed", "{n} copies borrowed", counts["loans"])),
        (counts["debt"], _("{debt} owed").format(debt=rupiah(counts["debt"]))),
        (counts["ready"], ngettext("{n} hold kept ready", "{n} holds kept ready", counts["ready"])),
        (
            counts["replacements"],
            ngettext(
                "{n} lost copy to replace", "{n} lost copies to replace", counts["replacements"]
            ),
        ),
    )
    return _listed(told)


def _belongings(facts: Mapping[str, object]) -> str:
    """Return what belongs to a branch, without what there is none of."""
    counts = {name: _count(facts.get(name)) for name in ("copies", "members", "devices", "people")}
    told = (
        (counts["copies"], ngettext("{n} copy", "{n} copies", counts["copies"])),
        (counts["members"], ngettext("{n} member", "{n} members", counts["members"])),
        (counts["devices"], ngettext("{n} device", "{n} devices", counts["devices"])),
        (counts["people"], ngettext("{n} of the staff", "{n} of the staff", counts["people"])),
    )
    return _listed(told)


def _listed(told: Iterable[tuple[int, str]]) -> str:
    return ", ".join(words.format(n=number(count)) for count, words in told if count) or "…"


def _count(fact: object) -> int:
    return fact if isinstance(fact, int) else len(fact) if isinstance(fact, tuple | list) else 0


_MONEY: Final = frozenset({Reason.MEMBER_OWES, Reason.AMOUNT_INVALID})
_MORE_THAN_OWED: Final = (
    N_("This is more than the {owed} that is owed."),
    N_("Enter at most what is owed; change is given back."),
)


_NOTED: Final = (
    N_("This copy is not on loan here."),
    N_("Put it back on the shelf. It is noted, should its loan still come from another device."),
)


_WEAK: Final[Mapping[object, str]] = {
    "short_pin": N_("Use six digits or more, or a password of eight characters or more."),
    "short_word": N_("Use eight characters or more, or six digits or more."),
    "long": N_("Use at most 128 characters."),
    "easy": N_("Everybody tries this one first: choose digits without a pattern."),
    "own": N_("Use neither your name nor your card's number."),
    "same": N_("Use another one than that which was given to you."),
}


def _texts_of(refused: Refused) -> tuple[str, str]:
    if refused.reason is Reason.PIN_WEAK:
        return _TEXTS[refused.reason][0], _WEAK.get(refused.facts.get("why"), "")
    if refused.reason is Reason.PIN_WRONG and refused.facts.get("seconds"):
        return _TEXTS[refused.reason][0], _TEXTS[Reason.SIGN_IN_WAIT][1]
    if refused.reason is Reason.COPY_NOT_ON_LOAN and refused.facts.get("noted"):
        return _NOTED
    return _MORE_THAN_OWED if _is_too_much(refused) else _TEXTS[refused.reason]


def _is_too_much(refused: Refused) -> bool:
    amount, owed = refused.facts.get("amount"), refused.facts.get("owed")
    if refused.reason is not Reason.AMOUNT_INVALID:
        return False
    return isinstance(amount, int) and isinstance(owed, int) and amount > owed > 0


class _Words(dict[str, str]):
    """A fact that a rule did not give reads as three dots, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _word(value: object, desk: Desk | None) -> str:
    if isinstance(value, datetime):
        return date_and_time(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, UUID):
        name = _name_of(value, desk)
        return name or _("another member")
    if isinstance(value, tuple | list):
        return str(len(value))
    return str(value)


def _name_of(id_: UUID, desk: Desk | None) -> str:
    if desk is None:
        return ""
    branch = desk.branches.get(id_)
    return branch.name if branch else member_name(desk.library, id_)
