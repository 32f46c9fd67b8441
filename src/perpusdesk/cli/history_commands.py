"""Who did what, where and when, from the command line; and the seal of a day's work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.history import HistoryLine, HistorySearch, history, history_lines
from perpusdesk.services.history.history_details import HistoryDetails, history_details, members_of
from perpusdesk.services.history.history_groups import GROUPS
from perpusdesk.services.looks import How
from perpusdesk.services.wording.actions import action_name
from perpusdesk.storage.chain_seal import seal_at
from perpusdesk.storage.queries.devices import devices
from perpusdesk.storage.queries.values import as_moment, as_ms


def add(app: Commands, context: Context) -> None:
    """Add ``history`` with ``list``, ``show`` and ``seal``."""
    group = Commands(help=_("Who did what, where and when."), invoke_without_command=True)
    app.add_typer(group, name="history")

    @group.callback()
    def latest(called: typer.Context) -> None:
        if called.invoked_subcommand is None:
            with context.reading_people() as desk:
                lines = _found(desk, HistorySearch(), 100)
            _show(context, lines)

    @group.command("list", help=_("List actions, newest first."))
    def list_(
        about: str = typer.Option("", "--about", help=_("A member, title or copy.")),
        by: str = typer.Option("", "--by", help=_("Name of a person.")),
        branch: str = typer.Option("", "--branch", help=_("Name of a branch.")),
        device: str = typer.Option("", "--device", help=_("Name of a device.")),
        since: str = typer.Option("", "--since", metavar="YYYY-MM-DD"),
        until: str = typer.Option("", "--until", metavar="YYYY-MM-DD"),
        verb: str = typer.Option("", "--verb", help=_("One kind of action, or a group of them.")),
        overrides: bool = typer.Option(False, "--overrides", help=_("Only exceptions to a rule.")),
        limit: int = typer.Option(100, "--limit", min=1, max=100_000),
    ) -> None:
        with context.reading_people() as desk:
            search = HistorySearch(
                text=about,
                staff=_person(desk, by),
                branch=_named("branch", branch, [(b.name, b.id) for b in desk.branches.values()]),
                device=_named("device", device, [(d.name, d.id) for d in devices(desk.library)]),
                group=verb if verb in GROUPS else "",
                verb="" if verb in GROUPS else verb,
                since=_day("since", since),
                until=_day("until", until),
                overrides=overrides,
            )
            lines = _found(desk, search, limit)
        _show(context, lines)

    @group.command(help=_("Show one action in full, with what was before and after."))
    def show(action: str = typer.Argument(..., metavar="ACTION")) -> None:
        with context.reading_people() as desk:
            try:
                found = history_details(desk, UUID(action))
            except ValueError as error:
                raise InputError(
                    "action", _("This is no action: {id}").format(id=action)
                ) from error
            if isinstance(found, Refused):
                raise RefusedError(found, desk)
            if found is None:
                raise InputError("action", _("This is no action: {id}").format(id=action))
        context.show({"action": _details(found)}, *_said(found))

    @group.command(help=_("The seal over what this device wrote up to a minute, for paper."))
    def seal(at: str = typer.Option("", "--at", metavar="YYYY-MM-DDTHH:MM")) -> None:
        with context.desk(writable=False) as desk:
            moment = _moment(desk, at)
            text = seal_at(desk.library, as_ms(moment))
        context.show({"at": moment, "seal": text}, f"{date_and_time(moment)}  {text}")


def _found(desk: Desk, search: HistorySearch, limit: int) -> list[HistoryLine]:
    lines: list[HistoryLine] = []
    after: bytes | None = None
    while len(lines) < limit:
        page = history(desk, search, after, min(500, limit - len(lines)))
        if isinstance(page, Refused):
            raise RefusedError(page, desk)
        lines += history_lines(desk, page.actions)
        for member in members_of(desk, page.actions):
            desk.saw(member, How.SEARCH)
        after = page.next
        if after is None:
            break
    return lines


def _person(desk: Desk, name: str) -> UUID | None:
    people = {**desk.former_people, **desk.people}
    return _named("by", name, [(one.name, id_) for id_, one in people.items()])


def _named(option: str, name: str, known: list[tuple[str, UUID]]) -> UUID | None:
    if not name:
        return None
    wanted = name.strip().casefold()
    for one, id_ in known:
        if wanted in (one.casefold(), str(id_)):
            return id_
    raise InputError(option, _("Not known here: {name}").format(name=name))


def _day(option: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(option, _("Write the date as 2026-11-21.")) from error


def _moment(desk: Desk, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if text else desk.now()
    except ValueError as error:
        raise InputError("at", _("Write the time as 2026-11-21T09:30.")) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=as_moment(0, desk.zone).tzinfo)


def document_of(line: HistoryLine) -> dict[str, Any]:
    """Return a line of the history as JSON has it."""
    return {
        "action": line.action,
        "verb": line.verb,
        "what": action_name(line.verb),
        "at": line.at,
        "written_at": line.written,
        "staff": line.staff_name,
        "branch": line.branch_name,
        "device": line.device_name,
        "thing": line.thing,
        "person": line.person,
        "undone": line.undone,
        "backdated": line.backdated,
        "clock_in_doubt": line.in_doubt,
        "overridden": list(line.overridden),
        "reason": line.why,
        "ops": line.ops,
    }


def _details(found: HistoryDetails) -> dict[str, Any]:
    return {
        **document_of(found.line),
        "undone_at": found.undone_at,
        "undone_by": found.undone_by,
        "records": [
            {
                "record": one.record,
                "name": one.name,
                "what": one.what,
                "changes": [
                    {"field": change.label, "before": change.before, "after": change.after}
                    for change in one.changes
                ],
            }
            for one in found.touched
        ],
        "more_records": found.more,
    }


def _line(line: HistoryLine) -> str:
    parts = (
        date_and_time(line.at),
        action_name(line.verb),
        line.thing,
        line.person,
        line.staff_name,
        line.branch_name,
        line.why,
        _("Undone") if line.undone else "",
    )
    return f"{line.action}  " + " · ".join(part for part in parts if part)


def _show(context: Context, lines: list[HistoryLine]) -> None:
    document = {"actions": [document_of(line) for line in lines]}
    context.show(document, *map(_line, lines))


def _said(found: HistoryDetails) -> list[str]:
    said = [_line(found.line)]
    for one in found.touched:
        said.append(f"  {one.name}")
        said += [f"    {change.label}: {change.before} → {change.after}" for change in one.changes]
    return said
