"""Copies: add, change, remove, send, receive, and what became of one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.copy_names import branch_of, copies_of, copy_of, day_of, kind_of
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.items import Access, Source
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.copy_story import StoryLine, copy_story
from perpusdesk.services.cataloguing.edit_copies import edit_copies
from perpusdesk.services.cataloguing.remove_copies import remove_copies
from perpusdesk.services.circulation.move_lists import Note, moves
from perpusdesk.services.circulation.receive_copies import receive_copy
from perpusdesk.services.circulation.send_copies import send_copy
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How

_CODES = typer.Argument(..., metavar="COPY...")
_ACCESS = typer.Option("", "--access", help="loan, reading_room")
_DAY = typer.Option("", "--received", metavar="YYYY-MM-DD")


def add(copies: Commands, context: Context) -> None:
    """Add ``copy add/edit/remove/history`` and ``copy send/receive/moves``."""
    _add_entering(copies, context)
    _add_changing(copies, context)
    _add_moving(copies, context)


def _add_entering(copies: Commands, context: Context) -> None:
    same = typer.Option(False, "--same-number", help=_("Keep a number that is in use already."))

    @copies.command("add", help=_("Add copies to a title."))
    def copy_add(
        title: str = typer.Argument(..., metavar="TITLE"),
        count: int = typer.Option(1, "--count", min=1, max=999),
        branch: str = typer.Option(
            "", "--branch", help=_("Name or code; without one this branch.")
        ),
        kind: str = typer.Option("", "--kind", help=_("Name or code of the collection.")),
        access: str = _ACCESS,
        location: str = typer.Option("", "--location"),
        source: str = typer.Option(Source.PURCHASE.value, "--source"),
        supplier: str = typer.Option("", "--supplier"),
        price: int = typer.Option(0, "--price", min=0),
        received: str = _DAY,
        barcode: str = typer.Option("", "--barcode", help=_("The first one.")),
        inventory: str = typer.Option("", "--inventory", help=_("The first one.")),
        same_number: bool = same,
    ) -> None:
        with context.desk() as desk:
            new = NewCopies(
                _title(desk, title),
                count,
                branch_of(desk, branch),
                kind_of(desk, kind) or next(iter(desk.kinds), None),
                _access(access) or Access.LOAN,
                location,
                source,
                supplier,
                price,
                day_of(received) or desk.today(),
                barcode,
                inventory,
            )
            done = add_copies(desk, new, same_number=same_number)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            value = done.value
            document: dict[str, Any] = {
                "title": {"id": value.title.id, "title": value.title.title},
                "copies": list(value.barcodes),
                "inventory": list(value.inventories),
            }
        context.show(document, f"{value.title.title}: {', '.join(value.barcodes)}")

    @copies.command("remove", help=_("Remove copies that were entered by mistake."))
    def copy_remove(
        codes: list[str] = _CODES, why: str = typer.Option(..., "--why", help=_("What was wrong."))
    ) -> None:
        with context.desk() as desk:
            done = remove_copies(desk, copies_of(desk, codes), why)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
        context.show({"removed": codes}, *codes)


def _add_changing(copies: Commands, context: Context) -> None:
    same = typer.Option(False, "--same-number", help=_("Keep a number that is in use already."))

    @copies.command("edit", help=_("Change copies: what is named holds for all of them."))
    def copy_edit(
        codes: list[str] = _CODES,
        branch: str = typer.Option("", "--branch", help=_("Name or code.")),
        kind: str = typer.Option("", "--kind", help=_("Name or code of the collection.")),
        access: str = _ACCESS,
        location: str = typer.Option(None, "--location"),
        source: str = typer.Option(None, "--source"),
        supplier: str = typer.Option(None, "--supplier"),
        price: int = typer.Option(None, "--price", min=0),
        received: str = _DAY,
        note: str = typer.Option(None, "--note"),
        barcode: str = typer.Option(None, "--barcode", help=_("For one copy alone.")),
        inventory: str = typer.Option(None, "--inventory", help=_("For one copy alone.")),
        same_number: bool = same,
    ) -> None:
        if len(codes) > 1 and (barcode or inventory):
            raise InputError("copies", _("A number belongs to one copy alone."))
        with context.desk() as desk:
            found = {
                "branch": branch_of(desk, branch),
                "kind": kind_of(desk, kind),
                "access": _access(access),
                "received": day_of(received),
                "location": location,
                "source": source,
                "supplier": supplier,
                "price": price,
                "note": note,
                "barcode": barcode,
                "inventory": inventory,
            }
            changes = {name: value for name, value in found.items() if value is not None}
            done = edit_copies(desk, copies_of(desk, codes), changes, same_number=same_number)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            value = done.value
        context.show(
            {"copies": codes, "changed": len(value.copies), "fields": list(value.fields)}, *codes
        )

    @copies.command("history", help=_("What became of a copy, the latest first."))
    def copy_history(code: str = typer.Argument(..., metavar="COPY")) -> None:
        with context.reading_people() as desk:
            told = copy_story(desk, copy_of(desk, code))
            for member in {line.loan.member for line in told if line.loan}:
                desk.saw(member, How.RECORD)
            story = [_event(line) for line in told]
        context.show(
            {"copy": code, "events": story}, *(f"{one['at']}  {one['event']}" for one in story)
        )


def _add_moving(copies: Commands, context: Context) -> None:
    @copies.command("send", help=_("Send copies to another branch, on a delivery note."))
    def copy_send(
        codes: list[str] = _CODES,
        to: str = typer.Option(..., "--to", help=_("Name or code.")),
        anyway: bool = typer.Option(False, "--anyway", help=_("Also what is kept for a hold.")),
    ) -> None:
        with context.desk() as desk:
            branch = branch_of(desk, to)
            assert branch is not None
            sent = context.done["sent"] = []
            for code in codes:
                done = send_copy(desk, copy_of(desk, code), branch, anyway=anyway)
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                line = done.value
                sent.append({"copy": line.barcode, "to": line.to_name, "paper": line.paper})
        context.show({"sent": sent}, *(f"{one['copy']} → {one['to']}" for one in sent))

    @copies.command("receive", help=_("Take in copies that another branch sent."))
    def copy_receive(
        codes: list[str] = _CODES,
        anyway: bool = typer.Option(
            False, "--anyway", help=_("Also what nobody scanned when it was sent.")
        ),
    ) -> None:
        with context.desk() as desk:
            received = context.done["received"] = []
            for code in codes:
                done = receive_copy(desk, copy_of(desk, code), anyway=anyway)
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                value = done.value
                received.append(
                    {
                        "copy": value.barcode,
                        "from": value.from_branch,
                        "hold_member": value.hold_member,
                        "pickup_until": value.pickup_until,
                    }
                )
        context.show({"received": received}, *(f"{one['copy']}" for one in received))

    @copies.command("moves", help=_("What is on its way between branches."))
    def copy_moves() -> None:
        with context.desk(writable=False) as desk:
            found = moves(desk)
            document = {
                "coming": [_note(note) for note in found.coming],
                "gone": [_note(note) for note in found.gone],
                "elsewhere": [_note(note) for note in found.elsewhere],
                "late": found.late,
            }
        lines = (*found.coming, *found.gone, *found.elsewhere)
        context.show(
            document,
            *(f"{n.paper}: {n.from_name} → {n.to_name}, {len(n.lines)}, {n.days}" for n in lines),
        )


def _note(note: Note) -> dict[str, Any]:
    return {
        "paper": note.paper,
        "from": note.from_name,
        "to": note.to_name,
        "sent": note.sent,
        "days": note.days,
        "late": note.late,
        "copies": [line.barcode for line in note.lines],
    }


def _event(line: StoryLine) -> dict[str, Any]:
    found: dict[str, Any] = {
        "event": line.event.value,
        "at": line.at,
        "staff": line.staff_name,
        "branch": line.branch_name,
        "changes": [asdict(change) for change in line.changes],
    }
    if line.loan is not None:
        found |= {"member": line.loan.card, "returned_at": line.loan.returned_at}
    if line.way is not None:
        way = line.way
        found |= {"from": way.from_name, "to": way.to_name, "paper": way.paper, "state": way.state}
    return found


def _title(desk: Desk, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        message = _("This is not the number of a title: {text}").format(text=text)
        raise InputError("id", message) from error


def _access(text: str) -> Access | None:
    try:
        return Access(text) if text else None
    except ValueError as error:
        message = _("{text} is not one of: {known}").format(
            text=text, known=", ".join(access.value for access in Access)
        )
        raise InputError("access", message) from error
