"""Members: register, show, find."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError, lines_of
from perpusdesk.cli.desk_commands import loan_document
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.members.find_members import find_members
from perpusdesk.services.members.member_card import MemberCard, member_card
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.merge_members import merge_members
from perpusdesk.services.members.register_member import register_member
from perpusdesk.storage.queries import circulation as find


def add(app: Commands, context: Context) -> None:
    """Add ``member add``, ``member show`` and ``member find``."""
    members = Commands(help=_("Members."))
    app.add_typer(members, name="member")

    @members.command("add", help=_("Register a member."))
    def member_add(
        name: str = typer.Option(..., "--name"),
        card: str = typer.Option("", "--card", help=_("Without it: the next free number.")),
        category: str = typer.Option("", "--category", help=_("Name of a member category.")),
        phone: str = typer.Option("", "--phone"),
        address: str = typer.Option("", "--address"),
        institution: str = typer.Option("", "--institution"),
        birth_date: str = typer.Option("", "--birth-date", metavar="YYYY-MM-DD"),
        guardian: str = typer.Option("", "--guardian"),
        consent: str = typer.Option("", "--consent", metavar="YYYY-MM-DD"),
    ) -> None:
        with context.desk() as desk:
            form = MemberForm(
                name=name,
                card=card,
                category=_category(desk, category),
                birth_date=_day(birth_date),
                phone=phone,
                address=address,
                institution=institution,
                guardian_name=guardian,
                guardian_consent=_day(consent),
            )
            done = register_member(desk, form)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            found = member_card(desk, done.value.member)
            assert found is not None
            document = {"member": member_document(found)}
        context.show(document, f"{found.card}  {found.name}")

    @members.command("show", help=_("Show a member, the loans, holds and balance."))
    def member_show(card: str = typer.Argument(..., metavar="CARD")) -> None:
        with context.reading_people() as desk:
            known = find.members_by_card(desk.library, card)
            found = member_card(desk, known[0].id) if known else None
            if found is None:
                raise RefusedError(Refused(Reason.MEMBER_UNKNOWN, {"card": card}), desk)
            desk.saw(found.id, How.RECORD)
            document = {"member": member_document(found)}
        context.show(document, *lines_of(document["member"]))

    @members.command("merge", help=_("Make one of several records of a person; the first stays."))
    def member_merge(
        card: str = typer.Argument(..., metavar="CARD"),
        others: list[str] = typer.Argument(..., metavar="CARD..."),
    ) -> None:
        with context.desk() as desk:
            kept, *away = (_member(desk, one) for one in (card, *others))
            done = merge_members(desk, kept, away)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            found = member_card(desk, kept)
            assert found is not None
            value = done.value
            document = {
                "member": member_document(found),
                "merged": others,
                "loans": value.loans,
                "holds": value.holds,
                "entries": value.entries,
            }
        context.show(document, f"{found.card}  {found.name}")

    @members.command("find", help=_("Find members by name, number or phone."))
    def member_find(
        text: str = typer.Argument(..., metavar="TEXT"),
        limit: int = typer.Option(20, "--limit", min=1, max=1000),
    ) -> None:
        with context.reading_people() as desk:
            lines = find_members(desk, text, limit)
            for line in lines:
                desk.saw(line.id, How.SEARCH)
            rows: list[dict[str, Any]] = [
                {"card": line.card, "name": line.name, "expires": line.expires} for line in lines
            ]
        context.show({"members": rows}, *(f"{row['card']}  {row['name']}" for row in rows))


def _member(desk: Desk, card: str) -> UUID:
    known = find.members_by_card(desk.library, card)
    if not known:
        raise RefusedError(Refused(Reason.MEMBER_UNKNOWN, {"card": card}), desk)
    return known[0].id


def member_document(found: MemberCard) -> dict[str, Any]:
    """Return a member as the command line's JSON has one."""
    return {
        "card": found.card,
        "name": found.name,
        "category": found.category_name,
        "expires": found.expires,
        "blocks": [
            {"kind": block.kind, "reason": block.reason, "until": block.until}
            for block in found.blocks
        ],
        "loans": [loan_document(line) for line in found.loans],
        "holds": [
            {"title": hold.title, "state": hold.state, "position": hold.position}
            for hold in found.holds
        ],
        "balance": found.balance,
    }


def _category(desk: Desk, name: str) -> UUID | None:
    by_name = {category.name.lower(): category.id for category in desk.categories.values()}
    if name and name.lower() not in by_name:
        known = ", ".join(category.name for category in desk.categories.values())
        message = _("There is no member category {name}. Known: {known}")
        raise InputError("category", message.format(name=name, known=known))
    return by_name.get(name.lower()) if name else next(iter(by_name.values()), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError("date", _("This is not a date: {text}").format(text=text)) from error
