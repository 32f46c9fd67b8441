"""Branches and vans: which there are, and one more."""

from __future__ import annotations

from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.library.branches import BranchKind, branches, open_branch
from perpusdesk.services.wording.actions import action_name
from perpusdesk.storage.queries.policy import Branch


def add(app: Commands, context: Context) -> None:
    """Add ``branch list/add``."""
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
            if name.strip().casefold() in {one.name.casefold() for one in branches(desk)}:
                told = _("There is a branch {name} already.").format(name=name.strip())
                raise InputError("branch", told)
            kind = BranchKind.VAN if van else BranchKind.BUILDING
            answer = open_branch(desk, name, kind)
            if isinstance(answer, Refused):
                raise RefusedError(answer, desk)
            made = next(one for one in branches(desk) if one.id == answer.value)
            document = {"branch": _document(made), "action": answer.action}
            context.show(document, f"{action_name(answer.verb)}: {made.name}")


def _document(branch: Branch) -> dict[str, Any]:
    return {"id": branch.id, "name": branch.name, "code": branch.code, "kind": branch.kind}


def _said(branch: Branch) -> str:
    kind = f" · {_('Van')}" if branch.kind == BranchKind.VAN else ""
    return f"{branch.code} {branch.name}{kind}"
