"""The desk's few questions, asked in the page; and reading what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from perpusdesk.common.formats import rupiah
from perpusdesk.common.i18n import _

_MOMENT = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})(?:\D+(\d{1,2})\D(\d{2}))?\s*")


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, the field's name and example, and the verb on the button."""

    text: str
    name: str
    example: str
    verb: str


def exception(*, renewal: bool = False) -> Question:
    """Ask why an exception is made, for a loan or for a renewal."""
    return Question(
        _("Why is an exception made? It is recorded with your name."),
        _("Reason for the exception"),
        _("For example: needed for an exam, agreed with the head"),
        _("Renew all the same") if renewal else _("Lend all the same"),
    )


def payment(owed: int) -> Question:
    """Ask how much is paid."""
    return Question(
        _("{amount} is owed. How much is paid?").format(amount=rupiah(owed)),
        _("Amount in rupiah"),
        _("For example: 5000"),
        _("Record payment"),
    )


def kit() -> Question:
    """Ask what the block loan is called."""
    return Question(
        _("What is this set of books for? Each scan then goes into it, with one due date."),
        _("Name of the set"),
        _("For example: reading corner, class 4"),
        _("Begin the set"),
    )


def slip_date() -> Question:
    """Ask when it was written on paper."""
    return Question(
        _("Date and time on the paper slips. Scans then count for that time."),
        _("Date and time"),
        _("For example: 20-11-2026 09.30"),
        _("Enter slips"),
    )


def no_moment(given: str) -> str:
    """Return what is said of a date that cannot be read."""
    return _("“{text}” is not a date. Nothing was changed; write it as 20-11-2026 09.30.").format(
        text=given
    )


def rupiah_in(given: str) -> int:
    """Return the whole rupiah in ``Rp5.000``; 0 when there is none."""
    whole = given.partition(",")[0]
    digits = "".join(character for character in whole if character.isdigit())
    return int(digits[:12] or 0)


def moment_in(given: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the time in ``20-11-2026 09.30`` (without a time: noon, or now if that is today)."""
    found = _MOMENT.fullmatch(given.strip())
    if not found:
        return None
    day, month, year, hour, minute = found.groups()
    try:
        noon = datetime(
            int(year), int(month), int(day), int(hour or 12), int(minute or 0), tzinfo=zone
        )
    except ValueError:
        return None
    return now if hour is None and noon.date() == now.date() else noon
