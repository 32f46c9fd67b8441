"""Counting from a file of scanned codes, as data collectors without a screen write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.stock_take import Outcome, judge
from perpusdesk.exchange.code_lists import read_codes
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.stock.stock_counts import refuse_unless_open
from perpusdesk.services.stock.stock_scan import CHANGED, Code, add_scan, copy_of
from perpusdesk.storage.queries import stock_counts as query

VERB: Final = "stock_file"


@dataclass(slots=True)
class FileCounted:
    """What a file came to: codes read, new scans by outcome, those counted before, and refused.

    ``refused`` are codes that were not kept: members' cards, ISBN, what no copy can have.
    """

    read: int = 0
    by_outcome: Counter[Outcome] = field(default_factory=Counter)
    again: int = 0
    refused: dict[str, Reason] = field(default_factory=dict)


def count_file(
    desk: Desk, count: UUID, path: Path, *, place: str = ""
) -> Done[FileCounted] | Refused:
    """Count every code in a file, as one action that can be undone at once.

    ``STOCK_COUNT_UNKNOWN``, ``STOCK_COUNT_ENDED``. Raises ``KnownError`` (UNREADABLE_FILE, disk).
    """
    return count_codes(desk, count, read_codes(path), place=place)


def count_codes(
    desk: Desk, count: UUID, codes: Iterable[str], *, place: str = ""
) -> Done[FileCounted] | Refused:
    """Count codes as one action; each copy once, however often it stands there."""
    refusal = refuse_unless_open(desk, count)
    known = query.stock_count(desk.library, count)
    if refusal or known is None:
        return refusal or Refused(Reason.STOCK_COUNT_UNKNOWN)
    told, action = FileCounted(), desk.action(VERB)
    mine: set[UUID | str] = set()
    for text in codes:
        told.read += 1
        code = " ".join(text.split())
        copy = copy_of(desk, known, code)
        if isinstance(copy, Refused):
            told.refused[code] = copy.reason
            continue
        what = copy or code
        if what in mine or query.scan_before(desk.library, count, copy, code):
            told.again += 1
            continue
        mine.add(what)
        seen = query.seen_copy(desk.library, copy)
        told.by_outcome[judge(seen, known.scope)] += 1
        add_scan(desk, action, known, Code(code, copy, seen), place)
    written = desk.commit(action) if action.drafts else None
    return Done(told, written.action if written else None, VERB, CHANGED)
