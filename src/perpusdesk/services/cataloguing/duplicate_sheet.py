"""Titles that may be one as a workbook: a line for each title, numbered by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.find_duplicates import DuplicateGroup
from perpusdesk.services.cataloguing.title_hits import TitleHit, title_hits
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, field
from perpusdesk.services.wording.same_titles import say_certainty, say_why_same

_Id = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    group: DuplicateGroup
    hit: TitleHit


def duplicate_sheet(groups: Sequence[DuplicateGroup]) -> ListSheet:
    """Return the titles of these groups, in this order, as a list to save."""
    columns = (
        field(_("Group"), "number", 10),
        field(_("Title"), "hit.title", 60),
        field(_("Author"), "hit.author", 30),
        field(_("Year"), "hit.year", 8),
        field(_("Call number"), "hit.call_number", 20),
        field(_("Copies"), "hit.copies", 12),
        ListColumn(_("Reason"), lambda line: say_why_same(line.group.why), 28),
        ListColumn(_("Certainty"), lambda line: say_certainty(sure=line.group.sure), 18),
    )

    def rows(desk: Desk, ids: Sequence[_Id]) -> dict[_Id, _Line]:
        hits = {hit.id: hit for hit in title_hits(desk, [title for _number, title in ids])}
        return {
            (number, title): _Line(number, groups[number - 1], hits[title])
            for number, title in ids
            if title in hits
        }

    ids = [(number, title) for number, one in enumerate(groups, 1) for title in one.titles]
    return ListSheet(_("Titles that may be one"), columns, ids, rows)
