"""The sentences of weeding."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.formats import number, rupiah, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.collection.weeding import Decree, Weeded, WeedingLine
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.record_list import RowWords


def title() -> str:
    """Return the word on the tab."""
    return _("Weeding")


def copies(count: int) -> str:
    """Return so many copies in words."""
    return ngettext("{n} copy", "{n} copies", count).format(n=number(count))


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def line_row(line: WeedingLine) -> RowWords:
    """Return a copy with why it is proposed."""
    what = " / ".join(part for part in (line.title, line.author) if part)
    under = line.reason or joined(line.author, line.year)
    return RowWords(what or line.barcode, under, line.barcode, joined(line.call_number))


def decree_row(decree: Decree) -> RowWords:
    """Return a decision that was carried out."""
    day = short_date(decree.day) if decree.day else ""
    return RowWords(decree.paper, day, copies(decree.copies), "", "file", "text")


def years_ago(years: int) -> str:
    """Return so many years back."""
    return ngettext("more than {n} year", "more than {n} years", years).format(n=years)


def in_years(years: int) -> str:
    """Return the last so many years."""
    return ngettext("of the last year", "of the last {n} years", years).format(n=years)


def found(count: int) -> str:
    """Return how many candidates there are."""
    return ngettext("{n} candidate", "{n} candidates", count).format(n=number(count))


def on_the_proposal(lines: Sequence[WeedingLine]) -> str:
    """Return what the proposal comes to."""
    worth = rupiah(sum(line.price for line in lines))
    return _("{count} proposed, bought for {worth} in all").format(
        count=copies(len(lines)), worth=worth
    )


def proposed(done: Done[int]) -> str:
    """Return what is said when copies were proposed."""
    return _("{count} proposed").format(count=copies(done.value))


def dropped(done: Done[int]) -> str:
    """Return what is said when copies were taken off the proposal."""
    return _("{count} taken off the proposal").format(count=copies(done.value))


def withdrawn(done: Done[Weeded]) -> str:
    """Return what is said when a decision was carried out."""
    value = done.value
    told = _("{count} withdrawn by {decree}").format(
        count=copies(len(value.copies)), decree=value.decree
    )
    if not value.left_out:
        return told
    barcode, refused = value.left_out[0]
    why = say_refusal(refused).what
    left = _("{count} stay, {barcode} first: {why}").format(
        count=copies(len(value.left_out)), barcode=barcode, why=why
    )
    return f"{told}. {left}"
