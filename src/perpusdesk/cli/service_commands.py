"""What visitors say, ask and wish for, on the command line."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, refuse
from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import Channel, Kind
from perpusdesk.domain.references import MINUTES, MOST_MINUTES
from perpusdesk.domain.wishes import MOST_PEOPLE
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaint_lists import (
    ComplaintLine,
    ComplaintSearch,
    complaint_line,
    complaint_lines,
)
from perpusdesk.services.feedback.complaints import NewComplaint, register
from perpusdesk.services.feedback.reference_log import (
    Question,
    log_question,
    question_lines,
    question_statistics,
)
from perpusdesk.services.feedback.service_lists import choices
from perpusdesk.services.feedback.wish_lists import WishLine, wish_line, wish_lines
from perpusdesk.services.feedback.wishes import WishForm, add_wish, wish_or_vote
from perpusdesk.services.members.outsiders import Contact

E = TypeVar("E", bound=StrEnum)

_KINDS, _CHANNELS = ", ".join(Kind), ", ".join(Channel)


def add(app: Commands, context: Context) -> None:
    """Add the groups ``complaint``, ``wish`` and ``reference``."""
    complaint = Commands(help=_("Complaints, suggestions and praise of visitors."))
    app.add_typer(complaint, name="complaint")
    _add_complaint(complaint, context)
    _list_complaints(complaint, context)
    wish = Commands(help=_("Titles that readers wish for."))
    app.add_typer(wish, name="wish")
    _wishes(wish, context)
    reference = Commands(help=_("The log of questions at the desk."))
    app.add_typer(reference, name="reference")
    _references(reference, context)


def _add_complaint(group: Commands, context: Context) -> None:
    @group.command("add", help=_("Note what a visitor says; no right is needed."))
    def add_(
        text: str = typer.Argument(..., metavar="TEXT"),
        kind: str = typer.Option("complaint", "--kind", help=_KINDS),
        category: str = typer.Option("", "--category", help=_("A code of the library's list.")),
        service: str = typer.Option("", "--service", help=_("A code of the library's list.")),
        channel: str = typer.Option("desk", "--channel", help=_CHANNELS),
        ticket: str = typer.Option("", "--ticket"),
        received: str = typer.Option("", "--received", metavar="YYYY-MM-DDTHH:MM"),
        name: str = typer.Option("", "--name", help=_("Who wrote; kept apart from the message.")),
        phone: str = typer.Option("", "--phone"),
        email: str = typer.Option("", "--email"),
    ) -> None:
        with context.desk() as desk:
            new = NewComplaint(
                text,
                _one_of(Kind, kind),
                _code(desk, "category", category),
                _one_of(Channel, channel),
                Contact(name, phone, email),
                service=_code(desk, "service", service),
                received=_moment(desk, received),
                ticket=ticket,
            )
            made = refuse(desk, register(desk, new)).value
            line = complaint_line(desk, made)
            _show_complaints(context, [line] if line else [])


def _list_complaints(group: Commands, context: Context) -> None:
    @group.command("list", help=_("List messages, who waits longest first; without who wrote."))
    def list_(
        waiting: bool = typer.Option(False, "--waiting", help=_("Only those without an answer.")),
        kind: str = typer.Option("", "--kind", help=_KINDS),
        since: str = typer.Option("", "--since", metavar="YYYY-MM-DD"),
        until: str = typer.Option("", "--until", metavar="YYYY-MM-DD"),
        text: str = typer.Option("", "--text"),
    ) -> None:
        search = ComplaintSearch(
            text,
            _one_of(Kind, kind) if kind else None,
            waiting,
            None,
            _day(since),
            _day(until),
        )
        with context.reading_people() as desk:
            lines = complaint_lines(desk, search)
        _show_complaints(context, lines)


def _wishes(group: Commands, context: Context) -> None:
    @group.command("add", help=_("Note a wish, or vote for the one that is known."))
    def add_(
        title: str = typer.Argument(..., metavar="TITLE"),
        author: str = typer.Option("", "--author"),
        isbn: str = typer.Option("", "--isbn"),
        year: str = typer.Option("", "--year"),
        people: int = typer.Option(1, "--people", min=1, max=MOST_PEOPLE),
        anyway: bool = typer.Option(False, "--anyway", help=_("Another copy of what is there.")),
    ) -> None:
        form = WishForm(title, author, isbn, year)
        with context.desk() as desk:
            if anyway:
                answer = add_wish(desk, form, people=people, anyway=True)
            else:
                answer = wish_or_vote(desk, form, "desk", people)
            line = wish_line(desk, refuse(desk, answer).value)
        _show_wishes(context, [line] if line else [])

    @group.command("list", help=_("List wishes, the most wanted first."))
    def list_(
        open_only: bool = typer.Option(False, "--open", help=_("Only those still to come.")),
        text: str = typer.Option("", "--text"),
    ) -> None:
        with context.desk(writable=False) as desk:
            lines = wish_lines(desk, text, open_only=open_only)
        _show_wishes(context, lines)


def _references(group: Commands, context: Context) -> None:
    @group.command("add", help=_("Note a question; no right is needed."))
    def add_(
        kind: str = typer.Argument(..., metavar="KIND", help=_("A code of the library's list.")),
        topic: str = typer.Option("", "--topic"),
        minutes: int = typer.Option(MINUTES[0], "--minutes", min=1, max=MOST_MINUTES),
        tool: str = typer.Option("", "--tool", help=_("What helped, a code of the list.")),
        unanswered: bool = typer.Option(False, "--unanswered"),
    ) -> None:
        with context.desk() as desk:
            code, helped = _code(desk, "question", kind), _code(desk, "tool", tool)
            question = Question(code, minutes, topic, helped, answered=not unanswered)
            made = refuse(desk, log_question(desk, question)).value
            line = question_lines(desk, [made])[made]
        document = {
            "question": made,
            "at": line.row.at,
            "kind": line.row.kind,
            "topic": line.row.topic,
            "minutes": line.row.minutes,
            "tool": line.row.source,
            "answered": line.row.answered,
        }
        context.show({"question": document}, f"{made}  {line.kind}  {line.row.topic}".rstrip())

    @group.command("figures", help=_("Count questions by kind and month."))
    def figures(
        since: str = typer.Option(..., "--since", metavar="YYYY-MM-DD"),
        until: str = typer.Option(..., "--until", metavar="YYYY-MM-DD"),
    ) -> None:
        first, last = _day(since), _day(until)
        assert first is not None and last is not None
        with context.desk(writable=False) as desk:
            found = question_statistics(desk, first, last)
        groups = {"kinds": found.kinds, "months": found.months, "total": {"": found.total}}
        rows: dict[str, Any] = {
            group: {
                name: {
                    "count": tally.count,
                    "unanswered": tally.unanswered,
                    "minutes": tally.minutes,
                }
                for name, tally in tallies.items()
            }
            for group, tallies in groups.items()
        }
        rows["total"] = rows["total"][""]
        said = (f"{name}  {tally.count}" for name, tally in found.kinds.items())
        context.show(rows, *said)


def _show_complaints(context: Context, lines: list[ComplaintLine]) -> None:
    rows = [
        {
            "complaint": line.id,
            "kind": line.kind,
            "state": line.state,
            "text": line.row.text,
            "category": line.row.category,
            "service": line.row.service,
            "channel": line.channel,
            "ticket": line.row.ticket,
            "branch": line.branch_name,
            "received": line.received,
            "owner": line.row.owner_name,
            "due": line.row.due,
            "overdue": line.overdue,
            "answered": line.answered,
            "answer": line.row.answer,
            "told_public": line.row.told_public,
        }
        for line in lines
    ]
    context.show({"complaints": rows}, *map(_sentence, lines))


def _sentence(line: ComplaintLine) -> str:
    due = short_date(line.row.due) if line.row.due else "-"
    late = f" ({_('late')})" if line.overdue else ""
    return f"{line.id}  {line.kind}  {line.state}  {due}{late}  {' '.join(line.row.text.split())}"


def _show_wishes(context: Context, lines: list[WishLine]) -> None:
    rows = [
        {
            "wish": line.id,
            "title": line.row.title,
            "author": line.row.author,
            "isbn": line.row.isbn,
            "year": line.row.year,
            "state": line.state,
            "why": line.row.why,
            "votes": line.row.votes,
            "holds": line.row.holds,
            "title_id": line.row.found,
            "source": line.row.source,
            "branch": line.branch_name,
        }
        for line in lines
    ]
    said = (f"{line.id}  {line.wanted:4}  {line.state}  {line.row.title}" for line in lines)
    context.show({"wishes": rows}, *said)


def _one_of(kind: type[E], text: str) -> E:
    try:
        return kind(text.lower())
    except ValueError as error:
        message = _("There is no kind {text}; known are: {known}.")
        raise InputError("kind", message.format(text=text, known=", ".join(kind))) from error


def _code(desk: Desk, name: str, text: str) -> str:
    known = [code for _name, code in choices(desk, name)]
    if text and text not in known:
        message = _("There is no kind {text}; known are: {known}.")
        raise InputError("kind", message.format(text=text, known=", ".join(known)))
    return text


def _moment(desk: Desk, text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError("date", _("This is not a date: {text}").format(text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.now().tzinfo)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError("date", _("This is not a date: {text}").format(text=text)) from error
