"""Visitors: counted by card, by what they say, or as so many at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, refuse
from perpusdesk.common.i18n import _
from perpusdesk.domain.visiting import LISTS, Count, Profile
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.visits.guest_book import Counted, Where, count_card, count_visitor
from perpusdesk.services.visits.rooms import rooms
from perpusdesk.services.visits.visit_profile import lists_here


def add(app: Commands, context: Context) -> None:
    """Add the commands ``visit add``."""
    visit = Commands(help=_("Visitors of the library."))
    app.add_typer(visit, name="visit")

    @visit.callback()
    def _group() -> None:
        """Keep ``add`` a word of its own while it is the only command."""

    @visit.command("add", help=_("Count a visit: by a member's card, or of visitors without one."))
    def add_visit(
        member: str = typer.Option("", "--member", help=_("Number on the member's card.")),
        people: int = typer.Option(1, "--people", help=_("How many visitors.")),
        age: str = typer.Option("", "--age", help=_("Age band, as 0-12.")),
        sex: str = typer.Option("", "--sex", help=_("L or P.")),
        occupation: str = typer.Option("", "--occupation", help=_("Code of the occupation.")),
        education: str = typer.Option("", "--education", help=_("Code of the education.")),
        purpose: str = typer.Option("", "--purpose", help=_("Code of the purpose.")),
        institution: str = typer.Option("", "--institution", help=_("Whence they come.")),
        room: str = typer.Option("", "--room", help=_("Name of the room.")),
        at: str = typer.Option("", "--at", help=_("When, as 2026-11-22T10:15.")),
        again: bool = typer.Option(False, "--again", help=_("Count the card once more.")),
    ) -> None:
        said = Profile(age, sex, occupation, education, purpose)
        with context.desk() as desk:
            _check(desk, said)
            where = Where(_room(desk, room), institution)
            if member:
                done = count_card(desk, member, where, purpose=purpose, again=again)
            else:
                done = count_visitor(desk, Count(people, said), where, at=_moment(desk, at))
            document = visit_document(refuse(desk, done))
        told = _("{people} counted, {total} today.")
        value = document["visit"]
        context.show(document, told.format(people=value["people"], total=value["today"]))


def visit_document(done: Done[Counted]) -> dict[str, Any]:
    """Return a counted visit as the command line's JSON has it."""
    value = done.value
    return {
        "visit": {
            "id": value.visit,
            "member": value.member,
            "people": value.people,
            "at": value.at,
            "open": value.open,
            "today": value.today,
            "action": done.action,
        }
    }


def _check(desk: Desk, said: Profile) -> None:
    """Take no code that is in no list: a script would count nothing by it for years."""
    lists = lists_here(desk)
    for name in LISTS:
        code = getattr(said, name)
        if code and not lists.knows(name, code):
            known = ", ".join(one.code for one in lists.options[name])
            message = _("{code} is not in the list; known are: {known}")
            raise InputError(name, message.format(code=code, known=known))


def _room(desk: Desk, name: str) -> UUID | None:
    if not name:
        return None
    for room in rooms(desk):
        if room.name.casefold() == name.strip().casefold():
            return room.id
    raise InputError("room", _("There is no room named {name}.").format(name=name))


def _moment(desk: Desk, typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        message = _("This is not a date and time: {text}").format(text=typed)
        raise InputError("date", message) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=desk.now().tzinfo)
