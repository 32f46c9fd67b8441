"""Staff: who works here, what each may do, PINs, accounts closed and opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.person import read_secret
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.rights import ALL_RIGHTS, ROLE_RIGHTS
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff.sign_in import change_own
from perpusdesk.services.staff.staff import (
    StaffForm,
    StaffLine,
    add_staff,
    deactivate,
    edit_staff,
    find_staff,
    reactivate,
    remove_pin,
    set_pin,
    staff_lines,
)
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.rights import right_name
from perpusdesk.services.wording.roles import role_name


def add(app: Commands, context: Context) -> None:
    """Add ``staff list/rights/add/edit/pin/deactivate/reactivate``."""
    group = Commands(help=_("The people who work here, their rights and PINs."))
    app.add_typer(group, name="staff")
    _add_lists(group, context)
    _add_forms(group, context)
    _add_accounts(group, context)


def _add_lists(group: Commands, context: Context) -> None:
    @group.command("list", help=_("Who works or worked here."))
    def list_() -> None:
        with context.desk(writable=False) as desk:
            lines = staff_lines(desk)
        context.show({"staff": [_document(line) for line in lines]}, *map(_said, lines))

    @group.command("rights", help=_("The rights, and those of each role."))
    def rights() -> None:
        document = {
            "rights": {right: right_name(right) for right in sorted(ALL_RIGHTS)},
            "roles": {role: sorted(held) for role, held in ROLE_RIGHTS.items()},
        }
        lines = (f"{right:16}{right_name(right)}" for right in sorted(ALL_RIGHTS))
        context.show(document, *lines)


def _add_forms(group: Commands, context: Context) -> None:
    a_role = typer.Option(
        "", "--role", help=_("administrator, head, cataloguer, desk or volunteer.")
    )
    a_card = typer.Option(None, "--card", help=_("The number of the staff card; empty: none."))
    more = typer.Option(
        [], "--right", help=_("A right besides those of the role; may be repeated.")
    )
    less = typer.Option([], "--without", help=_("A right of the role that this person has not."))
    places = typer.Option(
        [], "--branch", help=_("Where the rights hold, by name; “all” for everywhere.")
    )

    @group.command("add", help=_("Add somebody."))
    def add_(
        name: str = typer.Argument(..., metavar="NAME"),
        role: str = a_role,
        right: list[str] = more,
        without: list[str] = less,
        branch: list[str] = places,
        card: str | None = a_card,
    ) -> None:
        with context.desk() as desk:
            usual = _role(role or "desk")
            form = StaffForm(
                name,
                usual,
                _rights(ROLE_RIGHTS[usual], right, without),
                _branches(desk, branch),
                card or "",
            )
            _tell(context, desk, add_staff(desk, form))

    @group.command("edit", help=_("Change a person; what is not named stays."))
    def edit(
        who: str = typer.Argument(..., metavar="WHO"),
        name: str = typer.Option("", "--name", help=_("Another name.")),
        role: str = a_role,
        right: list[str] = more,
        without: list[str] = less,
        branch: list[str] = places,
        card: str | None = a_card,
    ) -> None:
        with context.desk() as desk:
            line = _one(desk, who)
            held = ROLE_RIGHTS[_role(role)] if role else line.rights
            form = StaffForm(
                name or line.name,
                role or line.role,
                _rights(held, right, without),
                _branches(desk, branch) if branch else line.branches,
                line.card if card is None else card,
            )
            _tell(context, desk, edit_staff(desk, line.id, form))


def _add_accounts(group: Commands, context: Context) -> None:
    reason = typer.Option("", "--reason", help=_("Why, for the record."))

    @group.command("pin", help=_("Give a PIN, read from standard input, or take it away."))
    def pin(
        who: str = typer.Argument(..., metavar="WHO"),
        remove: bool = typer.Option(False, "--remove", help=_("Take the PIN away.")),
    ) -> None:
        with context.desk() as desk:
            line = _one(desk, who)
            if remove:
                _tell(context, desk, remove_pin(desk, line.id))
            elif line.here and line.signs_in:
                present = context.secret or read_secret(_("Present PIN"))
                _tell(context, desk, change_own(desk, present, read_secret(_("New PIN"))))
            else:
                _tell(context, desk, set_pin(desk, line.id, read_secret(_("New PIN"))))

    @group.command("deactivate", help=_("Close an account: that person can do nothing any more."))
    def deactivate_(who: str = typer.Argument(..., metavar="WHO"), reason: str = reason) -> None:
        with context.desk() as desk:
            _tell(context, desk, deactivate(desk, _one(desk, who).id, reason))

    @group.command("reactivate", help=_("Open a closed account again."))
    def reactivate_(who: str = typer.Argument(..., metavar="WHO"), reason: str = reason) -> None:
        with context.desk() as desk:
            _tell(context, desk, reactivate(desk, _one(desk, who).id, reason))


def _one(desk: Desk, who: str) -> StaffLine:
    found = find_staff(desk, who)
    if len(found) != 1:
        raise InputError("staff", _("There is no one person {name}.").format(name=who))
    return found[0]


def _role(role: str) -> str:
    if role not in ROLE_RIGHTS:
        raise InputError("role", _("There is no role {name}.").format(name=role))
    return role


def _rights(held: Iterable[str], more: list[str], less: list[str]) -> frozenset[str]:
    for right in (*more, *less):
        if right not in ALL_RIGHTS:
            raise InputError("right", _("There is no right {name}.").format(name=right))
    return (frozenset(held) | frozenset(more)) - frozenset(less)


def _branches(desk: Desk, names: list[str]) -> frozenset[UUID]:
    if names in ([], ["all"]):
        return frozenset()
    by_name = {one.name.casefold(): one.id for one in desk.branches.values()}
    for name in names:
        if name.casefold() not in by_name:
            raise InputError("branch", _("There is no branch {name}.").format(name=name))
    return frozenset(by_name[name.casefold()] for name in names)


def _tell(context: Context, desk: Desk, answer: Done[Any] | Refused) -> None:
    if isinstance(answer, Refused):
        raise RefusedError(answer, desk)
    person = answer.value if isinstance(answer.value, UUID) else answer.value.id
    line = next(one for one in staff_lines(desk) if one.id == person)
    document = {"person": _document(line), "action": answer.action}
    context.show(document, f"{action_name(answer.verb)}: {line.name}")


def _document(line: StaffLine) -> dict[str, Any]:
    pin = "to_change" if line.to_change else "set" if line.signs_in else "none"
    return {
        "id": line.id,
        "name": line.name,
        "role": line.role,
        "active": line.active,
        "rights": sorted(line.rights),
        "added": sorted(line.more),
        "withdrawn": sorted(line.less),
        "branches": line.branch_names,
        "card": line.card,
        "pin": pin,
        "stands_in": line.stands_in,
        "last_seen": line.seen,
    }


def _said(line: StaffLine) -> str:
    closed = "" if line.active else f" · {_('account closed')}"
    return f"{line.name} · {role_name(line.role)}{closed}"
