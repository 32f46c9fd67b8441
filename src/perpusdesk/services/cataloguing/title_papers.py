"""Catalogue cards, bibliographies and the bulletin of new titles, put together for printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import long_date, month_name
from perpusdesk.common.i18n import _
from perpusdesk.exchange.export_rows import ExportTitle, parts
from perpusdesk.printing.bibliography import Bibliography, Section
from perpusdesk.printing.new_titles import Bulletin
from perpusdesk.printing.title_entry import TitleEntry
from perpusdesk.services.circulation.papers import letterhead
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.export_run import export_title
from perpusdesk.services.wording import titles as words
from perpusdesk.storage.queries import exports
from perpusdesk.storage.queries.new_titles import covers, titles_come_in
from perpusdesk.storage.queries.title_search import ids_of

_NUMBERS: Final = 8
ORDERS: Final = ("class", "author", "subject", "title")


def title_entries(
    desk: Desk, titles: Sequence[UUID], *, pictures: bool = False
) -> list[TitleEntry]:
    """Return what stands on paper about these titles, in this order; unknown ones are left out."""
    found = covers(desk.library, titles) if pictures else {}
    made = []
    for id_, values, copies in exports.titles(desk.library, titles):
        out = export_title(id_, values, copies)
        made.append(_entry(out, str(values.get("abstract") or ""), found.get(id_)))
    return made


def bibliography_of(desk: Desk, name: str, titles: Sequence[UUID], order: str) -> Bibliography:
    """Return a list of titles under headings by ``order`` (class, author, subject, title).

    By subject a title stands under each of its subjects.
    """
    entries = title_entries(desk, titles)
    ways: dict[str, Callable[[Sequence[TitleEntry]], list[Section]]] = {
        "class": _by_class,
        "author": _by_author,
        "subject": _by_subject,
        "title": _by_title,
    }
    sections = tuple(ways[order](entries))
    return Bibliography(letterhead(desk), name, desk.today(), sections)


def bibliography_of_rows(desk: Desk, name: str, rows: Sequence[int], order: str) -> Bibliography:
    """Return the same of titles that a list on the screen holds by their row numbers."""
    return bibliography_of(desk, name, ids_of(desk.library, rows), order)


def bulletin_of(desk: Desk, first: date, last: date, *, here_only: bool = False) -> Bulletin:
    """Return the titles that came in from ``first`` to ``last``, at this branch or anywhere."""
    branch = desk.branch if here_only else None
    titles = titles_come_in(desk.library, first, last, desk.zone, branch)
    entries = title_entries(desk, titles, pictures=True)
    sections = tuple((part.heading, part.entries) for part in _by_class(entries))
    return Bulletin(letterhead(desk), period_of(first, last), sections)


def period_of(first: date, last: date) -> str:
    """Return a period as people say it: a month by its name, else both days."""
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    whole = first.day == 1 and last.replace(day=1) == first and (following - last).days == 1
    if whole:
        return f"{month_name(first.month)} {first.year}"
    return _("{first} to {last}").format(first=long_date(first), last=long_date(last))


def _entry(out: ExportTitle, abstract: str, cover: bytes | None) -> TitleEntry:
    return TitleEntry(
        title=out.title,
        subtitle=out.subtitle,
        heading=out.heading,
        corporate=out.corporate,
        responsibility=out.responsibility,
        edition=out.edition,
        place=out.place,
        publisher=out.publisher,
        year=out.year,
        extent=out.extent,
        series=out.series,
        isbn=tuple(out.isbn.split()),
        subjects=tuple(parts(out.subjects)),
        other_names=tuple(parts(out.other_authors)),
        classification=out.classification,
        call_number=out.call_number,
        abstract=abstract,
        numbers=tuple(copy.inventory or copy.barcode for copy in out.copies)[:_NUMBERS],
        cover=cover,
    )


def _by_class(entries: Sequence[TitleEntry]) -> list[Section]:
    def hundred(entry: TitleEntry) -> str:
        number = entry.classification.strip().upper()
        if number.startswith("2X"):
            return "2X0"
        return f"{number[0]}00" if number[:1].isdigit() else ""

    ordered = sorted(entries, key=lambda e: (hundred(e) or "~", e.classification, _name(e)))
    return [
        Section(words.hundred(key) if key else _("Without a class"), tuple(group))
        for key, group in groupby(ordered, key=hundred)
    ]


def _by_author(entries: Sequence[TitleEntry]) -> list[Section]:
    ordered = sorted(entries, key=lambda e: (_name(e), e.title.casefold()))
    return [
        Section(key or _("Without an author"), tuple(group))
        for key, group in groupby(ordered, key=lambda e: _name(e)[:1].upper())
    ]


def _by_subject(entries: Sequence[TitleEntry]) -> list[Section]:
    under: dict[str, list[TitleEntry]] = {}
    for entry in sorted(entries, key=lambda e: (_name(e), e.title.casefold())):
        for subject in entry.subjects or ("",):
            under.setdefault(subject, []).append(entry)
    ordered = sorted(under.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    return [Section(key or _("Without a subject"), tuple(group)) for key, group in ordered]


def _by_title(entries: Sequence[TitleEntry]) -> list[Section]:
    return [Section("", tuple(sorted(entries, key=lambda e: e.title.casefold())))]


def _name(entry: TitleEntry) -> str:
    return (entry.heading or entry.title).casefold()
