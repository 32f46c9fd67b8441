"""The accession register (buku induk): the lines of a part of it, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.common.formats import long_date, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition
from perpusdesk.domain.number_ranges import natural, number_range
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import register as query
from perpusdesk.storage.queries.register import RegisterLine

__all__ = ["RegisterLine"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the register: from a day to a day, or from an inventory number to another.

    ``branch`` ``None``: of all branches.
    """

    first_day: date | None = None
    last_day: date | None = None
    first_number: str = ""
    last_number: str = ""
    branch: UUID | None = None

    @property
    def by_number(self) -> bool:
        """Whether it goes by numbers."""
        return bool(self.first_number)


def register_lines(desk: Desk, part: Part) -> list[RegisterLine] | Refused:
    """Return the lines of a part, by day and number, or by number.

    ``NOTHING_CHOSEN`` without a day or a number. Long work for a large library: give it a reading
    desk.
    """
    if part.by_number:
        within = number_range(part.first_number, part.last_number or part.first_number)
        numbers = query.inventory_numbers(desk.library, part.branch)
        places = [(within(number), id_) for id_, number in numbers]
        inside = sorted((key, id_) for key, id_ in places if key is not None)
        return query.lines_of(desk.library, [id_ for _key, id_ in inside])
    if part.first_day is None or part.last_day is None:
        return Refused(Reason.NOTHING_CHOSEN)
    first, last = sorted((part.first_day, part.last_day))
    found = query.received_between(desk.library, first, last, part.branch)
    return sorted(found, key=lambda line: (line.received or date.min, natural(line.inventory)))


def without_day(desk: Desk, branch: UUID | None = None) -> int:
    """Return how many copies stand in no part by days, because nobody entered when they came."""
    return query.without_day(desk.library, branch)


def part_name(part: Part) -> str:
    """Return which part it is, in words."""
    if part.by_number:
        last = part.last_number or part.first_number
        return _("Numbers {first} to {last}").format(first=part.first_number, last=last)
    first, last_day = part.first_day, part.last_day
    if first is None or last_day is None:
        return ""
    return _("Received {first} to {last}").format(first=long_date(first), last=long_date(last_day))


def remarks(line: RegisterLine) -> str:
    """Return what became of a copy, and its note."""
    states = {
        Condition.DAMAGED: _("damaged"),
        Condition.LOST: _("lost"),
        Condition.MISSING: _("missing"),
        Condition.WITHDRAWN: _("withdrawn"),
    }
    words = [states.get(line.condition, "")]
    if line.condition is Condition.WITHDRAWN:
        day = short_date(line.withdrawn_on) if line.withdrawn_on else ""
        words += [day, line.withdrawn_paper]
    told = " ".join(part for part in words if part)
    return "; ".join(part for part in (told, line.note) if part)


def imprint(line: RegisterLine) -> str:
    """Return publisher, place and year as the register has them in one column."""
    return ", ".join(part for part in (line.publisher, line.place, line.year) if part)
