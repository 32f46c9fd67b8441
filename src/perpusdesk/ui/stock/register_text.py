"""The sentences of the accession register."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.formats import number, rupiah, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.cataloguing.register import RegisterLine, imprint, remarks
from perpusdesk.ui.kit.record_list import RowWords


def title() -> str:
    """Return the word on the tab."""
    return _("Accession register")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def row(line: RegisterLine) -> RowWords:
    """Return a line of the register."""
    number_ = line.inventory or line.barcode
    what = " / ".join(part for part in (line.title, line.author) if part)
    source = ": ".join(part for part in (line.source, line.supplier) if part)
    price = rupiah(line.price) if line.price else ""
    day = short_date(line.received) if line.received else _("no date")
    return RowWords(
        joined(number_, what),
        joined(day, source, imprint(line), remarks(line)),
        price,
        line.barcode if line.inventory else "",
    )


def summary(lines: Sequence[RegisterLine], shown: int) -> str:
    """Return what a part comes to."""
    count = ngettext("{n} copy", "{n} copies", len(lines)).format(n=number(len(lines)))
    worth = rupiah(sum(line.price for line in lines))
    words = _("{count}, {worth} in all").format(count=count, worth=worth)
    if shown < len(lines):
        words = joined(words, _("the first {n} are shown").format(n=number(shown)))
    return words


def undated(count: int) -> str:
    """Return how many copies stand in no part by dates."""
    return ngettext(
        "{n} copy has no date of receipt and stands in no part by dates.",
        "{n} copies have no date of receipt and stand in no part by dates.",
        count,
    ).format(n=number(count))
