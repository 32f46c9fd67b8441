"""Personal data by law: requests, copies, restriction, erasure, the log of who looked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.card_commands import member_of
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import RequestKind
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.privacy.data_requests import (
    NewRequest,
    Outcome,
    RequestLine,
    close,
    receive,
    request_lines,
)

_KINDS = ", ".join(RequestKind)
_OUTCOMES = ", ".join(Outcome)


def add(app: Commands, context: Context) -> None:
    """Add the group ``privacy``."""
    group = Commands(help=_("Personal data: requests, copies, restriction, erasure, who looked."))
    app.add_typer(group, name="privacy")
    _add_requests(group, context)
    _add_person(group, context)
    _add_papers(group, context)


def _add_requests(group: Commands, context: Context) -> None:
    @group.command("request", help=_("Write a request down; the 3 x 24 hours run from then."))
    def request(
        kind: str = typer.Argument(..., metavar="KIND", help=_KINDS),
        member: str = typer.Option("", "--member", metavar="CARD"),
        name: str = typer.Option("", "--name", help=_("Who asks, where that is no member.")),
        received: str = typer.Option("", "--received", metavar="YYYY-MM-DDTHH:MM"),
        note: str = typer.Option("", "--note"),
    ) -> None:
        with context.desk() as desk:
            who = member_of(desk, member) if member else None
            new = NewRequest(_kind(kind), who, name, _moment(desk, received), note)
            done = receive(desk, new)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            _show(context, [line for line in request_lines(desk) if line.id == done.value])

    @group.command("requests", help=_("List requests, the most urgent first."))
    def requests(
        open_only: bool = typer.Option(False, "--open", help=_("Only open ones.")),
    ) -> None:
        with context.reading_people() as desk:
            lines = request_lines(desk, open_only=open_only)
            for member in {line.member for line in lines if line.member}:
                desk.saw(member, How.SEARCH)
        _show(context, lines)

    @group.command("answer", help=_("Note how a request was answered."))
    def answer(
        request: str = typer.Argument(..., metavar="REQUEST"),
        outcome: str = typer.Option("done", "--outcome", help=_OUTCOMES),
        note: str = typer.Option("", "--note"),
        out: Path | None = typer.Option(None, "--out", help=_("The letter of answer, PDF.")),
    ) -> None:
        from perpusdesk.services.privacy.privacy_papers import answer_letter

        with context.desk() as desk:
            wanted = _request(desk, request)
            done = close(desk, wanted, _outcome(outcome), note)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            letter = answer_letter(desk, wanted) if out else b""
            if isinstance(letter, Refused):
                raise RefusedError(letter, desk)
            if out:
                _write(out, letter)
            _show(context, [line for line in request_lines(desk) if line.id == wanted])


def _add_person(group: Commands, context: Context) -> None:
    @group.command("copy", help=_("Write all that is held of a member: JSON, and PDF beside it."))
    def copy(
        card: str = typer.Argument(..., metavar="CARD"),
        reason: str = typer.Option(..., "--reason", help=_("Why; it is kept with your name.")),
        out: Path = typer.Option(..., "--out", help="JSON"),
    ) -> None:
        from perpusdesk.services.privacy.access_log import write_down
        from perpusdesk.services.privacy.data_copy import as_json, data_copy
        from perpusdesk.services.privacy.privacy_papers import copy_paper

        paper = out.with_suffix(".pdf")
        if paper == out:
            raise InputError("out", _("The file must end with {endings}.").format(endings=".json"))
        with context.desk() as desk:
            done = data_copy(desk, member_of(desk, card), reason)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            _write(out, as_json(done.value))
            _write(paper, copy_paper(desk, done.value))
            write_down(desk)
        context.show({"files": [str(out), str(paper)]}, str(out), str(paper))

    @group.command("restrict", help=_("Restrict the use of a member's data, or end that."))
    def restrict(
        card: str = typer.Argument(..., metavar="CARD"),
        end: bool = typer.Option(False, "--end", help=_("End the restriction.")),
    ) -> None:
        from perpusdesk.services.privacy import restrict_member

        with context.desk() as desk:
            member = member_of(desk, card)
            job = restrict_member.end_restriction if end else restrict_member.restrict
            done = job(desk, member)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            since = restrict_member.restricted_since(desk, member)
        document = {"card": card, "restricted": since}
        said = _("Restricted since {date}").format(date=since) if since else _("Not restricted")
        context.show(document, f"{card}  {said}")

    @group.command("erase", help=_("Erase a member's data on every device; can be undone a day."))
    def erase(
        card: str = typer.Argument(..., metavar="CARD"),
        reason: str = typer.Option(..., "--reason", help=_("Why, without the name.")),
    ) -> None:
        from perpusdesk.services.privacy.erase_member import erase_member

        with context.desk() as desk:
            done = erase_member(desk, member_of(desk, card), reason)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
        document = {"member": done.value.member, "others": done.value.others}
        context.show(document, _("Erased: {card}").format(card=card))

    @group.command("log", help=_("Who looked at whose data on this device."))
    def log(
        member: str = typer.Option("", "--member", metavar="CARD"),
        text: str = typer.Option("", "--text", help=_("Part of a name, or of a card.")),
        limit: int = typer.Option(100, "--limit", min=1, max=100_000),
    ) -> None:
        from perpusdesk.services.privacy.access_log import access_lines, logs_elsewhere

        with context.reading_people() as desk:
            whom = member_of(desk, member) if member else None
            lines = access_lines(desk, member=whom, text=text, limit=limit)
            if isinstance(lines, Refused):
                raise RefusedError(lines, desk)
            elsewhere = logs_elsewhere(desk)
        rows = [
            {
                "at": x.at,
                "staff": x.staff_name,
                "card": x.card,
                "member": x.member_name,
                "how": x.how,
            }
            for x in lines
        ]
        said = (f"{date_and_time(x.at)}  {x.staff_name or '-'}  {x.card}  {x.how}" for x in lines)
        missing = _("Looks on these devices are kept there: {devices}").format(
            devices=", ".join(elsewhere)
        )
        document = {"looks": rows, "elsewhere": elsewhere}
        context.show(document, *said, *([missing] if elsewhere else []))


def _add_papers(group: Commands, context: Context) -> None:
    @group.command("register", help=_("The register of processing, PDF or XLSX."))
    def register(out: Path = typer.Option(..., "--out", help="PDF, XLSX")) -> None:
        from perpusdesk.services.privacy.privacy_papers import processing_paper, processing_sheet

        if out.suffix.lower() not in (".pdf", ".xlsx"):
            told = _("The file must end with {endings}.")
            raise InputError("out", told.format(endings=".pdf, .xlsx"))
        with context.desk(writable=False) as desk:
            if out.suffix.lower() == ".xlsx":
                processing_sheet(desk, out)
            else:
                _write(out, processing_paper(desk))
        context.show({"file": str(out)}, _("Written: {file}").format(file=out))


def _show(context: Context, lines: list[RequestLine]) -> None:
    rows = [_document(line) for line in lines]
    context.show({"requests": rows}, *(_sentence(line) for line in lines))


def _document(line: RequestLine) -> dict[str, Any]:
    return {
        "request": line.id,
        "kind": line.kind.value if line.kind else "",
        "name": line.name,
        "card": line.card,
        "received": line.received,
        "due": line.clock.due,
        "hours": line.clock.hours,
        "overdue": line.clock.overdue,
        "done": line.done,
        "outcome": line.outcome.value if line.outcome else "",
        "note": line.note,
    }


def _sentence(line: RequestLine) -> str:
    kind = line.kind.value if line.kind else "?"
    due = _("until {date}").format(date=date_and_time(line.clock.due))
    state = line.outcome.value if line.outcome else due
    return f"{line.id}  {kind}  {line.card or '-'}  {line.name}  {state}"


def _request(desk: Desk, text: str) -> UUID:
    found = [line.id for line in request_lines(desk) if str(line.id).startswith(text.lower())]
    if len(found) != 1:
        raise InputError("request", _("There is no such request."))
    return found[0]


def _kind(text: str) -> RequestKind:
    try:
        return RequestKind(text.lower())
    except ValueError as error:
        message = _("There is no kind {text}; known are: {known}.")
        raise InputError("kind", message.format(text=text, known=_KINDS)) from error


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text.lower())
    except ValueError as error:
        message = _("There is no kind {text}; known are: {known}.")
        raise InputError("outcome", message.format(text=text, known=_OUTCOMES)) from error


def _moment(desk: Desk, text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError("date", _("This is not a date: {text}").format(text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.now().tzinfo)


def _write(out: Path, content: bytes) -> None:
    try:
        write_atomically(out, content)
    except OSError as error:
        message = _("The file {file} cannot be written here.").format(file=out)
        raise InputError("out", message) from error
