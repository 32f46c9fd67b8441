"""The reference log: a question in ten seconds, without a name; its list and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import facts
from perpusdesk.domain.references import (
    CHANNELS,
    MINUTES,
    MOST_MINUTES,
    Statistics,
    statistics,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet
from perpusdesk.services.feedback.service_lists import lists_of, said
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import references as query
from perpusdesk.storage.queries.references import ReferenceRow
from perpusdesk.storage.queries.values import bounds_of_day

LOG: Final = "log_reference"


@dataclass(frozen=True, slots=True)
class Question:
    """What is noted: the code of a kind, minutes, what helped, whether it was answered."""

    kind: str
    minutes: int = MINUTES[0]
    topic: str = ""
    source: str = ""
    answered: bool = True
    channel: str = CHANNELS[0]


@dataclass(frozen=True, slots=True)
class ReferenceSearch:
    """Which questions are wanted; days are local and both included."""

    text: str = ""
    unanswered: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A question as lists show it."""

    row: ReferenceRow
    kind: str
    source: str
    branch_name: str


def log_question(desk: Desk, question: Question) -> Done[UUID] | Refused:
    """Note a question; no right is needed.

    ``NOTHING_CHOSEN``: a kind that is in no list; ``COUNT_INVALID`` count, most: minutes.
    """
    if question.kind not in {one.code for one in lists_of(desk).of("question")}:
        return Refused(Reason.NOTHING_CHOSEN)
    if not 0 < question.minutes <= MOST_MINUTES:
        return Refused(Reason.COUNT_INVALID, {"count": question.minutes, "most": MOST_MINUTES})
    action, record = desk.action(LOG), desk.library.new_id()
    action.event(
        facts.ASKED,
        "reference",
        record,
        fresh=True,
        kind=question.kind,
        topic=question.topic.strip(),
        minutes=question.minutes,
        source=question.source,
        answered=int(question.answered),
        channel=question.channel,
    )
    return Done(record, desk.commit(action).action, LOG, frozenset({"reference"}))


def question_ids(desk: Desk, search: ReferenceSearch | None = None) -> list[UUID]:
    """Return the questions that are wanted, the latest first."""
    wanted = search or ReferenceSearch()
    since = bounds_of_day(wanted.since, desk.zone)[0] if wanted.since else None
    until = bounds_of_day(wanted.until, desk.zone)[1] if wanted.until else None
    return query.reference_ids(
        desk.library,
        since=since,
        until=until,
        text=wanted.text.strip(),
        unanswered=wanted.unanswered,
    )


def question_lines(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, ReferenceLine]:
    """Return these questions as lists show them."""
    rows = query.reference_rows(desk.library, ids)
    return {id_: _line(desk, row) for id_, row in rows.items()}


def question_statistics(desk: Desk, first: date, last: date) -> Statistics:
    """Return how many were asked in these days (both included), by kind and by month."""
    return statistics(query.tallies(desk.library, first, last, desk.zone))


def question_sheet(ids: Sequence[UUID]) -> ListSheet:
    """Return questions as a list to save."""
    columns = (
        ListColumn(_("When"), lambda line: date_and_time(line.row.at), 18),
        ListColumn(_("Sort of question"), lambda line: line.kind, 26),
        ListColumn(_("Topic"), lambda line: line.row.topic, 44),
        ListColumn(_("Minutes"), lambda line: line.row.minutes, 10),
        ListColumn(_("What helped"), lambda line: line.source, 24),
        ListColumn(_("Answered"), lambda line: _("yes") if line.row.answered else _("no"), 12),
        ListColumn(_("Branch"), lambda line: line.branch_name, 20),
    )
    return ListSheet(_("Reference questions"), columns, ids, question_lines)


def _line(desk: Desk, row: ReferenceRow) -> ReferenceLine:
    branch = desk.branches.get(row.branch) if row.branch else None
    return ReferenceLine(
        row,
        said(desk, "question", row.kind),
        said(desk, "tool", row.source),
        branch.name if branch else "",
    )
