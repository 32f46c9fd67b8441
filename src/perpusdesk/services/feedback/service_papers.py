"""The papers of what visitors say, put together from the library; all of them are PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perpusdesk.common.formats import long_date, number, short_date
from perpusdesk.domain.complaints import WAITING, public_parts
from perpusdesk.printing.document import document_pages
from perpusdesk.printing.public_sheet import PublicSheet, Told
from perpusdesk.printing.public_sheet import public_sheet as public_pages
from perpusdesk.printing.service_sheets import (
    Frame,
    plan_document,
    register_document,
    wishes_document,
)
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaint_lists import (
    ComplaintLine,
    ComplaintSearch,
    complaint_lines,
    times_of,
)
from perpusdesk.services.feedback.improvements import ImprovementLine, improvement_lines
from perpusdesk.services.feedback.wish_lists import WishLine, wish_lines
from perpusdesk.services.wording.service import (
    channel_name,
    kind_name,
    source_name,
    stage_name,
    state_name,
    wish_state_name,
)


def message_register(desk: Desk, search: ComplaintSearch) -> bytes:
    """Return the register of messages, oldest first; no name of who wrote stands in it."""
    lines = sorted(complaint_lines(desk, search), key=lambda line: line.received)
    times, waiting = times_of(lines), sum(line.state in WAITING for line in lines)
    facts = [("Pesan", f"{number(len(lines))}, menunggu jawaban {number(waiting)}")]
    if times.dued:
        in_time = f"{number(times.in_time)} dari {number(times.dued)}"
        facts.append(("Dijawab tepat waktu", in_time))
    frame = _frame(desk, search.since, search.until)
    return document_pages(register_document(frame, [_message(line) for line in lines], facts))


def public_sheet(desk: Desk, search: ComplaintSearch) -> bytes:
    """Return what visitors said and what the library did: only what was written for the public."""
    told = []
    for line in sorted(complaint_lines(desk, search), key=lambda line: line.received):
        said, done = public_parts(line.row.told_public)
        if said and done:
            told.append(Told(said, done, line.category))
    frame = _frame(desk, search.since, search.until)
    return public_pages(PublicSheet(frame.head, frame.made, tuple(told), frame.period))


def action_plan(desk: Desk, lines: Sequence[ImprovementLine] | None = None) -> bytes:
    """Return the plan of what is done about findings (default: the whole board)."""
    shown = improvement_lines(desk) if lines is None else lines
    late = sum(line.overdue for line in shown)
    facts = [("Tindak lanjut", f"{number(len(shown))}, lewat batas {number(late)}")]
    return document_pages(plan_document(_frame(desk), [_action(line) for line in shown], facts))


def desiderata(desk: Desk, lines: Sequence[WishLine] | None = None) -> bytes:
    """Return the wishes, the most wanted first (default: those that are still to come)."""
    shown = wish_lines(desk, open_only=True) if lines is None else lines
    return document_pages(wishes_document(_frame(desk), [_wish(line) for line in shown]))


def _frame(desk: Desk, since: date | None = None, until: date | None = None) -> Frame:
    today = desk.today()
    period = ""
    if since is not None:
        period = f"{long_date(since, 'id')} s.d. {long_date(until or today, 'id')}"
    return Frame(letterhead(desk), place_of(desk), today, period, (signature(desk),))


def _message(line: ComplaintLine) -> tuple[str, ...]:
    row = line.row
    came = short_date(line.received.date())
    kind = ", ".join(
        part for part in (kind_name(line.kind), channel_name(line.channel), row.ticket) if part
    )
    answered = short_date(line.answered.date()) if line.answered else ""
    state = " ".join(part for part in (state_name(line.state), answered) if part)
    due = short_date(row.due) if row.due else "-"
    return (came, kind, _plain(row.text), row.owner_name, due, _plain(row.answer), state)


def _action(line: ImprovementLine) -> tuple[str, ...]:
    row = line.row
    state = stage_name(line.stage) + (f" ({short_date(row.done)})" if row.done else "")
    state += ", lewat batas" if line.overdue else ""
    result = ": ".join(part for part in (state, _plain(row.result)) if part)
    due = short_date(row.due) if row.due else "-"
    source = ", ".join(part for part in (source_name(row.source), line.branch_name) if part)
    return (_plain(row.finding), source, _plain(row.action), row.owner_name, due, result)


def _wish(line: WishLine) -> tuple[str, ...]:
    row = line.row
    what = " / ".join(part for part in (row.title, row.author) if part)
    book = ", ".join(part for part in (row.isbn, row.year) if part)
    state = ": ".join(part for part in (wish_state_name(line.state), row.why) if part)
    return (what, book, number(line.wanted), state)


def _plain(text: str) -> str:
    return " ".join(text.split())
