"""The words of the list of headings."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.services.cataloguing.headings import Heading
from perpusdesk.services.transfer.import_headings import HeadingReport
from perpusdesk.services.wording.headings import say_kind
from perpusdesk.ui.kit.record_list import RowWords

_FIELDS: Final = {
    "heading": N_("Heading"),
    "kind": N_("Kind of heading"),
    "display": N_("As people say it"),
    "variants": N_("Variants"),
    "broader": N_("Broader headings"),
    "related": N_("Related headings"),
    "scheme": N_("List it is from"),
    "note": N_("Note"),
}


def field_name(name: str) -> str:
    """Return the label of a field of a heading."""
    return _(_FIELDS[name])


def row(line: tuple[UUID, Heading]) -> RowWords:
    """Return a heading in the list."""
    heading = line[1]
    see = "; ".join(heading.variants)
    under = _("see from: {variants}").format(variants=see) if see else heading.display
    return RowWords(heading.heading, under, say_kind(heading.kind), heading.scheme)


def count(many: int) -> str:
    """Return how many headings there are."""
    return ngettext("{n} heading", "{n} headings", many).format(n=number(many))


def used(former: str, many: int) -> str:
    """Return that titles still have the former heading."""
    words = ngettext("{n} title still says “{former}”.", "{n} titles still say “{former}”.", many)
    return words.format(n=number(many), former=former)


def applied(many: int) -> str:
    """Return that titles were changed."""
    return ngettext("{n} title changed", "{n} titles changed", many).format(n=number(many))


def looked(report: HeadingReport) -> str:
    """Return what a file of headings has."""
    words = _("{read} rows: {new} new, {filled} get more variants, {known} known, {bad} unreadable")
    return words.format(
        read=number(report.read),
        new=number(report.new),
        filled=number(report.filled),
        known=number(report.known),
        bad=number(len(report.refused)),
    )


def imported(report: HeadingReport) -> str:
    """Return what was imported."""
    words = _("{new} headings added, {filled} completed")
    return words.format(new=number(report.new), filled=number(report.filled))
