"""The sentences of the conflict desk."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from perpusdesk.common.formats import clock_time, month_name, number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.conflicts.conflict_links import Link
from perpusdesk.services.conflicts.conflicts import Teller
from perpusdesk.ui.decisions.reading import Card, Settled
from perpusdesk.ui.kit.record_list import RowWords

_LONGEST: Final = 42
"""Characters of a name on a button."""


def title() -> str:
    """Return the name of the screen."""
    return _("Needs a decision")


def place(which: int, of: int) -> str:
    """Return which question of the list this is."""
    return _("{n} of {all}").format(n=number(which), all=number(of))


def when(moment: datetime) -> str:
    """Return a day and the time: ``21 Nov 09.12``, of another year ``9 Des 2025 11.21``."""
    day = f"{moment.day} {month_name(moment.month)[:3]}"
    if moment.year != datetime.now(moment.tzinfo).year:
        day += f" {moment.year}"
    return f"{day} {clock_time(moment)}"


def told(teller: Teller) -> str:
    """Return when, by whom and where a side came about."""
    by = _("by {name}").format(name=teller.staff) if teller.staff else ""
    device = teller.device if teller.device != teller.branch else ""
    return joined(when(teller.at), by, teller.branch, device)


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return " · ".join(part for part in parts if part)


def short(label: str) -> str:
    """Return a name that fits a button."""
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def proposal(card: Card) -> str:
    """Return what is proposed, and what it comes to."""
    return _("Proposal: {what}").format(what=card.said.proposal.consequence)


def consequences(card: Card) -> str:
    """Return what the answers that are not proposed come to, one per line."""
    told = [
        f"{place} · {one.verb}: {one.consequence}"
        for place, one in enumerate(card.said.answers, 1)
        if one.code != card.said.proposal.code and one.consequence
    ]
    return "\n".join(told)


def accept_all(count: int, kind: str) -> str:
    """Return the verb that accepts the proposals of all questions of a kind."""
    words = _("Accept all {count} proposals: {kind}")
    return words.format(count=number(count), kind=kind)


def see(link: Link, *, alone: bool) -> str:
    """Return the words on the way to a record; ``alone``: there is one of its sort only."""
    if not alone:
        return short(link.label)
    return _("See the member") if link.record == "member" else _("See the title")


def open_record(link: Link) -> str:
    """Return what a link to a record does."""
    return _("Open {what}").format(what=link.label)


def settled(count: int, left: int = 0) -> str:
    """Return how many questions were settled at once, and how many could not be."""
    words = ngettext("{n} question settled", "{n} questions settled", count)
    told = words.format(n=number(count))
    if not left:
        return told
    more = ngettext("{n} must be settled alone", "{n} must be settled one by one", left)
    return joined(told, more.format(n=number(left)))


def put_off(count: int) -> str:
    """Return what is left after a round in which everything was put off."""
    words = ngettext("{n} question was put off", "{n} questions were put off", count)
    return words.format(n=number(count))


def settled_row(line: Settled) -> RowWords:
    """Return a settled question."""
    one = line.decision
    who = joined(one.teller.staff, one.teller.branch)
    return RowWords(line.sentence, joined(line.answer, one.note), when(one.teller.at), who)
