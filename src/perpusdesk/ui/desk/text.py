"""The desk's sentences."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date, rupiah, weekday_name
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.results import Notice, NoticeKind, Returned
from perpusdesk.storage.queries.lookup import TitleHit

_ENDLESS: Final = re.compile(r"\S{25,}")
_PIECE: Final = re.compile(r"\S{12}")


def title() -> str:
    """Return the word in the rail."""
    return _("Desk")


def lent(due: date) -> tuple[str, str, str]:
    """Return the state word of a loan, and its due date: the words before it, and the date."""
    return _("Lent"), _("due back on {weekday}").format(weekday=weekday_name(due)), long_date(due)


def renewed(due: date) -> tuple[str, str, str]:
    """Return the state word of a renewal, and the new due date as ``lent`` does."""
    words = _("now due back on {weekday}").format(weekday=weekday_name(due))
    return _("Renewed"), words, long_date(due)


def returned(value: Returned) -> tuple[str, str]:
    """Return the state word of a return and who brought the copy back."""
    who = value.line.member_name if value.line else ""
    if value.days_late:
        late = ngettext("{n} day late", "{n} days late", value.days_late).format(n=value.days_late)
        return _("Taken back"), f"{who} · {late}" if who else late
    return _("Taken back"), who


def renewed_count(count: int) -> str:
    """Return how many loans were renewed at once."""
    return ngettext("{n} loan renewed", "{n} loans renewed", count).format(n=count)


def times_today(count: int) -> str:
    """Return how often a copy was read here today."""
    return ngettext("{n} time today", "{n} times today", count).format(n=count)


def paid(amount: int, balance: int) -> tuple[str, str]:
    """Return the state word of a payment, and what is still owed."""
    rest = _("{amount} still owed").format(amount=rupiah(balance)) if balance > 0 else _("Settled")
    return _("Paid {amount}").format(amount=rupiah(amount)), rest


def undone(name: str, thing: str) -> str:
    """Return what was undone, for a toast."""
    return _("Undone: {action}").format(action=f"{name} · {thing}" if thing else name)


def shortened(title: str, longest: int) -> str:
    """Return a text cut at a word, with three dots, where it has more letters than ``longest``.

    Words that are longer than any title's (codes, pastes) may be broken anywhere.
    """
    if len(title) > longest:
        cut = title[: longest - 1]
        title = (cut.rpartition(" ")[0] or cut).rstrip(" ,;:/-") + "…"
    return _ENDLESS.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), title)


def title_under(hit: TitleHit) -> str:
    """Return what tells a title apart in a list: author, year, call number, copies on the shelf."""
    shelf = _("{available} of {copies} on the shelf").format(
        available=hit.available, copies=hit.copies
    )
    return "  ·  ".join(filter(None, (hit.author, hit.year, hit.call_number, shelf)))


def notice(told: Notice) -> str:
    """Return a notice in one line."""
    facts = told.facts
    amount, days, until = facts.get("amount"), facts.get("days"), facts.get("until")
    texts = {
        NoticeKind.HOLD_READY_HERE: _("Keep it here for {member}").format(
            member=facts.get("member")
        ),
        NoticeKind.HOLD_TRANSIT: _("Send it to {branch}: {member} is waiting").format(
            branch=facts.get("branch"), member=facts.get("member")
        ),
        NoticeKind.WAS_IN_TRANSIT: _(
            "It was recorded as sent to {branch}; that is cancelled"
        ).format(branch=facts.get("branch")),
        NoticeKind.ARRIVED: _("Received from {branch}").format(branch=facts.get("branch")),
        NoticeKind.GO_HOME: _("Send it home to {branch}").format(branch=facts.get("branch")),
        NoticeKind.FINE: _("Fine {amount}").format(amount=_money(amount)),
        NoticeKind.SUSPENDED: _("Borrowing suspended until {date}").format(date=_day(until)),
        NoticeKind.OVERDUE: _("It was {days} days late").format(days=days),
        NoticeKind.DEBT: _("Owes {amount}").format(amount=_money(amount)),
        NoticeKind.MEMBER_HOLD_READY: _("A hold is ready to be picked up"),
        NoticeKind.EXPIRES_SOON: _("The membership ends on {date}").format(date=_day(until)),
        NoticeKind.WAS_NOT_ON_LOAN: _("It was not on loan"),
        NoticeKind.WAS_LOST: _("It was recorded as lost; now it is found"),
        NoticeKind.WAS_CLAIMED: _("The member had said it was returned"),
        NoticeKind.OVERRIDDEN: _("Exception recorded"),
        NoticeKind.LAST_LOAN: _("The quota is now full"),
    }
    return texts.get(told.kind, "")


def _money(amount: object) -> str:
    return rupiah(amount) if isinstance(amount, int) else ""


def _day(day: object) -> str:
    return long_date(day) if isinstance(day, date) else ""


def no_whatsapp() -> str:
    """Say why nothing is copied for WhatsApp."""
    return _("No consent to WhatsApp is on record. It is given in the member's record.")
