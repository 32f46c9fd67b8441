"""Decisions on the collection in words: why a title is short, and what classes are called."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, language, ngettext
from perpusdesk.domain.collection.buying import Need, Shortage
from perpusdesk.exchange.class_table import class_captions


def say_shortages(reasons: Sequence[Shortage]) -> str:
    """Return all reasons in one line, the first with a capital letter."""
    told = "; ".join(_say(reason) for reason in reasons)
    return told[:1].upper() + told[1:]


def class_name(name: str | None) -> str:
    """Return a main class by number and caption; ``None`` is the whole stock, ``""`` no class."""
    if name is None:
        return _("The whole stock")
    if not name:
        return _("Without a class")
    said = class_captions().get(f"{name}00", ("", ""))
    return f"{name}00 {said[language() == 'en']}".strip()


def _say(reason: Shortage) -> str:
    if reason.need is Need.HOLDS:
        one = "{holds} waits for {copies} copies"
        many = "{holds} wait for {copies} copies"
        words = ngettext(one, many, reason.holds)
        return words.format(holds=number(reason.holds), copies=number(reason.copies))
    if reason.need is Need.ALWAYS_OUT:
        words = _("no copy on the shelf for {share} % of the time, {loans} loans")
        return words.format(share=number(reason.share), loans=number(reason.loans))
    words = _("no copy is left, {loans} loans")
    return words.format(loans=number(reason.loans))
