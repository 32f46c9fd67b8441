"""The history as a workbook: a line for each action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, field
from perpusdesk.services.history.history import (
    HistoryLine,
    HistoryPage,
    HistorySearch,
    history,
    history_lines,
)
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.history import overridden_name

MOST: Final = 100_000
"""Lines of one file."""
_PART: Final = 1_000


def every_action(desk: Desk, search: HistorySearch) -> list[UUID]:
    """Return all actions that a search finds, newest first, as far as a file may hold them."""
    found: list[UUID] = []
    after: bytes | None = None
    while len(found) < MOST:
        page = history(desk, search, after, min(_PART, MOST - len(found)))
        if not isinstance(page, HistoryPage):
            break
        found += page.actions
        after = page.next
        if after is None:
            break
    return found


def history_sheet(actions: Sequence[UUID], members: int) -> ListSheet:
    """Return these actions as a list to save; ``members`` is how many members it may name."""
    columns = (
        ListColumn(_("When"), lambda line: date_and_time(line.at), 20),
        ListColumn(_("What"), lambda line: action_name(line.verb), 28),
        field(_("Title or copy"), "thing", 40),
        field(_("Member"), "person", 26),
        field(_("Who"), "staff_name", 20),
        field(_("Branch"), "branch_name", 18),
        field(_("Device"), "device_name", 18),
        ListColumn(_("Exception to"), say_overridden, 26),
        field(_("Reason"), "why", 40),
        ListColumn(_("Undone"), lambda line: _("Yes") if line.undone else "", 12),
        ListColumn(_("Written"), lambda line: date_and_time(line.written), 20),
    )

    def rows(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, HistoryLine]:
        return {line.action: line for line in history_lines(desk, ids)}

    return ListSheet(_("History"), columns, actions, rows, people=members, endings=("xlsx", "csv"))


def say_overridden(line: HistoryLine) -> str:
    """Return which rules somebody made an exception to."""
    return ", ".join(overridden_name(one) for one in line.overridden)
