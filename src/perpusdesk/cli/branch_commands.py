"""Branches and vans: which there are, one more, another name, one that was never used away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.branches import (
    BranchForm,
    BranchKind,
    branches,
    edit_branch,
    form_of,
    open_branch,
    remove_branch,
    same_name,
)
from perpusdesk.services.results import Done
from perpusdesk.services.wording.actions import action_name
from perpusdesk.storage.queries.policy import Branch


def add(app: Commands, context: Context) -> None:
    """Add ``branch list/add/edit/remove``."""
    group = Commands(help=_("Branches and vans of the library."))
    app.add_typer(group, name="branch")

    @group.command("list", help=_("Which there are."))
    def list_() -> None:
        with context.desk(writable=False) as desk:
            found = branches(desk)
        context.show({"branches": [_document(one) for one in found]}, *map(_said, found))

    @group.command("add", help=_("Add a branch; its loans follow the rules of all branches."))
    def add_(
        name: str = typer.Argument(..., metavar="NAME"),
        van: bool = typer.Option(False, "--van", help=_("It is a van that stops at places.")),
    ) -> None:
        with context.desk() as desk:
            kind = BranchKind.VAN if van else BranchKind.BUILDING
            _show(context, desk, open_branch(desk, BranchForm(name, kind, desk.zone)))

    _add_changes(group, context)


def _add_changes(group: Commands, context: Context) -> None:
    which = typer.Argument(..., metavar="BRANCH", help=_("Name, code or id of the branch."))

    @group.command("edit", help=_("Change a branch; what is not named stays."))
    def edit_(
        branch: str = which,
        name: str = typer.Option(None, "--name"),
        code: str = typer.Option(None, "--code"),
        address: str = typer.Option(None, "--address"),
        phone: str = typer.Option(None, "--phone"),
        van: bool = typer.Option(
            None, "--van/--building", help=_("It is a van that stops at places.")
        ),
    ) -> None:
        wanted = {"name": name, "code": code, "address": address, "phone": phone}
        with context.desk() as desk:
            there = branch_named(desk, branch)
            form = replace(form_of(there), **_given(wanted))
            if van is not None:
                form = replace(form, kind=BranchKind.VAN if van else BranchKind.BUILDING)
            _show(context, desk, edit_branch(desk, there.id, form))

    @group.command("remove", help=_("Remove a branch that nothing belongs to."))
    def remove_(branch: str = which) -> None:
        with context.desk() as desk:
            there = branch_named(desk, branch)
            _show(context, desk, remove_branch(desk, there.id), there)


def branch_named(desk: Desk, text: str) -> Branch:
    """Return the branch of this name, code or id.

    Raises ``InputError`` ``branch``: there is none, or there are several of that name.
    """
    wanted = text.strip()
    found = [
        one
        for one in branches(desk)
        if same_name(one.name, wanted) or wanted in (one.code, one.id.hex, str(one.id))
    ]
    if len(found) == 1:
        return found[0]
    told = (
        _("Several branches are called {name}; give the id.")
        if found
        else _("There is no branch {name}.")
    )
    raise InputError("branch", told.format(name=wanted))


def _given(wanted: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value is not None}


def _show(
    context: Context, desk: Desk, answer: Done[UUID] | Refused, gone: Branch | None = None
) -> None:
    if isinstance(answer, Refused):
        raise RefusedError(answer, desk)
    branch = gone or desk.branches[answer.value]
    document = {"branch": _document(branch), "action": answer.action}
    context.show(document, f"{action_name(answer.verb)}: {branch.name}")


def _document(branch: Branch) -> dict[str, Any]:
    return {"id": branch.id, "name": branch.name, "code": branch.code, "kind": branch.kind}


def _said(branch: Branch) -> str:
    kind = f" · {_('Van')}" if branch.kind == BranchKind.VAN else ""
    return f"{branch.code} {branch.name}{kind}"
