"""The desk: lend, take back, renew, undo; one action per code."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.formats import date_and_time, long_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.circulation.lend import lend as lend_copy
from perpusdesk.services.circulation.renew import renew as renew_loan
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import LoanLine, Returned
from perpusdesk.services.undo import undo as undo_action
from perpusdesk.services.wording.actions import action_name
from perpusdesk.storage.queries import circulation as find


def add(app: Commands, context: Context) -> None:
    """Add the commands ``lend``, ``return``, ``renew`` and ``undo``."""

    @app.command(help=_("Lend copies to a member."))
    def lend(
        copies: list[str] = typer.Argument(..., metavar="COPY..."),
        member: str = typer.Option(..., "--member", help=_("Number on the member's card.")),
        at: str = typer.Option("", "--at", help=_("For a paper slip: when, as 2026-11-22T10:15.")),
    ) -> None:
        with context.desk() as desk:
            moment = _moment(desk, at)
            document = context.done = {"loans": []}
            who = _member(desk, member)
            for code in copies:
                done = lend_copy(desk, who, _copy(desk, code), at=moment)
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                document["loans"].append(loan_document(done.value.line))
        context.show(document, *_lent_lines(document["loans"]))

    @app.command("return", help=_("Take copies back."))
    def return_(
        copies: list[str] = typer.Argument(..., metavar="COPY..."),
        at: str = typer.Option("", "--at", help=_("For a paper slip: when, as 2026-11-22T10:15.")),
    ) -> None:
        with context.desk() as desk:
            moment = _moment(desk, at)
            document = context.done = {"returns": []}
            for code in copies:
                done = take_back(desk, _copy(desk, code), at=moment)
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                document["returns"].append(return_document(done.value))
        lines = [
            f"{row['copy']}  {date_and_time(row['returned_at'])}" for row in document["returns"]
        ]
        context.show(document, *lines)

    @app.command(help=_("Renew the loans of copies."))
    def renew(copies: list[str] = typer.Argument(..., metavar="COPY...")) -> None:
        with context.desk() as desk:
            document = context.done = {"loans": []}
            for code in copies:
                copy = _copy(desk, code)
                loan = find.open_loan_of_copy(desk.library, copy)
                refused = Refused(Reason.COPY_NOT_ON_LOAN, {"barcode": code})
                done = renew_loan(desk, loan.id) if loan else refused
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                document["loans"].append(loan_document(done.value.line))
        context.show(document, *_lent_lines(document["loans"]))

    @app.command(help=_("Take an action back (without a number: the last one)."))
    def undo(action: str = typer.Argument("", metavar="[ACTION]")) -> None:
        with context.desk() as desk:
            done = undo_action(desk, _action_id(action))
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            value = done.value
            document = {"undone": {"action": value.action, "op": done.action, "verb": value.verb}}
        context.show(document, f"{action_name('undo')}: {action_name(value.verb)}")


def loan_document(line: LoanLine) -> dict[str, Any]:
    """Return a loan as the command line's JSON has it."""
    return {
        "loan": line.loan,
        "copy": line.barcode,
        "member": line.card,
        "title": line.title,
        "lent_at": line.lent_at,
        "due": line.due,
        "renewals": line.renewals,
    }


def return_document(value: Returned) -> dict[str, Any]:
    """Return a return as the command line's JSON has it."""
    line = value.line
    return {
        "loan": line.loan if line else None,
        "copy": value.barcode,
        "member": line.card if line else None,
        "returned_at": value.returned_at,
        "days_late": value.days_late,
        "fine": value.fine,
        "suspended_until": value.suspended_until,
        "hold_for": value.hold_member or None,
    }


def _lent_lines(loans: list[dict[str, Any]]) -> list[str]:
    template = _("{copy}  {title}  due {due}")
    return [
        template.format(copy=row["copy"], title=row["title"], due=long_date(row["due"]))
        for row in loans
    ]


def _member(desk: Desk, card: str) -> UUID:
    found = find.members_by_card(desk.library, card)
    if not found:
        raise RefusedError(Refused(Reason.MEMBER_UNKNOWN, {"card": card}), desk)
    return found[0].id


def _copy(desk: Desk, code: str) -> UUID:
    found = find.copies_by_code(desk.library, code)
    if not found:
        raise RefusedError(Refused(Reason.COPY_UNKNOWN, {"barcode": code}), desk)
    return found[0].id


def _moment(desk: Desk, text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            "date", _("This is not a date and time: {text}").format(text=text)
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.now().tzinfo)


def _action_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        message = _("This is not the number of an action: {text}").format(text=text)
        raise InputError("action", message) from error
