"""A title's columns out of its record, and the record out of its columns where they know more.

The columns of a title made by hand come of the same code as those of an imported one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from perpusdesk.domain.marc.record import RawRecord
from perpusdesk.domain.materials import BOOK
from perpusdesk.domain.merge.sets import elements
from perpusdesk.domain.name_headings import heading_of
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.marc_titles import title_of
from perpusdesk.exchange.material_table import material_kinds
from perpusdesk.exchange.new_record import new_record
from perpusdesk.exchange.short_form import as_marc_record, read_short, write_short
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.cataloguing.titles import title_fields

_EMPTIED: Final = {
    "title": ("part_number", "part_name"),
    "series": ("series_number",),
    "extent": ("illustrations", "dimensions", "accompanying"),
}
_SHORT: Final = {"extent": "pages"}
_FROM_RECORD: Final = (
    "title",
    "subtitle",
    "author",
    "responsibility",
    "other_authors",
    "isbn",
    "publisher",
    "place",
    "year",
    "language",
    "classification",
    "edition",
    "extent",
    "series",
    "subjects",
    "abstract",
    "issn",
)
"""Columns that say what the record says; the call number is written into it besides."""


def columns_of(record: RawRecord) -> dict[str, Any]:
    """Return the columns that a record comes to, all but ``marc``; empty without a title."""
    leader = record.leader.encode("ascii", "replace")
    read = title_of(as_marc_record(record), leader, frozenset())
    if not isinstance(read, TitleRecord):
        return {}
    columns = title_fields(read)
    del columns["marc"]
    return columns


def full_record(row: Mapping[str, Any], today: date) -> RawRecord:
    """Return the record of a stored title, with what only its columns know.

    A column that was never written (null) knows nothing: an older program did not have it.
    """
    stored = raw_of(bytes(row["marc"])) if row["marc"] else None
    kinds = material_kinds()
    record = stored or new_record(kinds.get(row["material"] or BOOK, kinds[BOOK]), today)
    columns = columns_of(record)
    for name in _FROM_RECORD:
        said = None if row[name] is None else str(row[name])
        if said is not None and said != str(columns.get(name) or ""):
            record = _written(record, name, said)
    return write_short(record, "call_number", str(row["call_number"] or ""))


def _written(record: RawRecord, name: str, text: str) -> RawRecord:
    """Write what a column says into the record."""
    if name == "author":
        return write_short(record, "author", heading_of(text))
    if name == "isbn":
        return write_short(record, name, tuple(text.split()))
    if name == "other_authors":
        names = elements(text)
        bodies = read_short(record)["other_bodies"]
        record = write_short(record, "other_bodies", tuple(n for n in bodies if n in names))
        return write_short(record, name, tuple(n for n in names if n not in bodies))
    if name == "subjects":
        return write_short(record, name, tuple(elements(text)))
    for other in _EMPTIED.get(name, ()):
        record = write_short(record, other, "")
    return write_short(record, _SHORT.get(name, name), text)
