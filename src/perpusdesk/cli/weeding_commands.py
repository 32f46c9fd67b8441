"""Weeding: candidates, the proposal, and carrying out the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, RefusedError
from perpusdesk.cli.copy_names import branch_of, copies_of, day_of, kind_of
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.weeding import Candidate, WeedingRule
from perpusdesk.services.collection.weeding import (
    WeedingLine,
    carry_out,
    find_candidates,
    propose,
    proposed,
    weeding_lines,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.weeding import say_reasons


def add(app: Commands, context: Context) -> None:
    """Add ``weeding list/propose/proposal/decide``."""
    group = Commands(help=_("Weeding: what may leave the stock."))
    app.add_typer(group, name="weeding")
    _add_finding(group, context)
    _add_deciding(group, context)


def _add_finding(group: Commands, context: Context) -> None:
    never_ = typer.Option(None, "--never-lent", min=0, help=_("Years without any loan."))
    not_ = typer.Option(None, "--not-lent", min=0, help=_("Years since the last loan."))
    older_ = typer.Option(None, "--older", min=0, help=_("Years since publication."))
    surplus_ = typer.Option(
        None, "--surplus", min=0, help=_("More copies than were wanted at once in so many years.")
    )
    damaged_ = typer.Option(False, "--damaged", help=_("Damaged copies."))
    missing_ = typer.Option(False, "--missing", help=_("Lost and missing copies."))
    kind_ = typer.Option("", "--kind", help=_("Name or code of the collection."))
    branch_ = typer.Option("", "--branch", help=_("Name or code; without one this branch."))

    @group.command("list", help=_("Candidates by rule, with their reasons; nothing is written."))
    def weeding_list(
        never_lent: int = never_,
        not_lent: int = not_,
        older: int = older_,
        surplus: int = surplus_,
        damaged: bool = damaged_,
        missing: bool = missing_,
        kind: str = kind_,
        branch: str = branch_,
    ) -> None:
        with context.desk(writable=False) as desk:
            rule = _rule(
                desk, (never_lent, not_lent, older, surplus), (damaged, missing), kind, branch
            )
            document = _candidates(desk, find_candidates(desk, rule))
        context.show(document, *_lines(document))

    @group.command("propose", help=_("Propose all candidates of a rule."))
    def weeding_propose(
        never_lent: int = never_,
        not_lent: int = not_,
        older: int = older_,
        surplus: int = surplus_,
        damaged: bool = damaged_,
        missing: bool = missing_,
        kind: str = kind_,
        branch: str = branch_,
    ) -> None:
        with context.desk() as desk:
            rule = _rule(
                desk, (never_lent, not_lent, older, surplus), (damaged, missing), kind, branch
            )
            done = propose(desk, find_candidates(desk, rule))
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            document = _proposal(proposed(desk, rule.branch))
        context.show(document, *_lines(document))


def _add_deciding(group: Commands, context: Context) -> None:
    branch_ = typer.Option("", "--branch", help=_("Name or code; without one this branch."))

    @group.command("proposal", help=_("What is proposed and waits for the decision."))
    def weeding_proposal(branch: str = branch_) -> None:
        with context.desk(writable=False) as desk:
            document = _proposal(proposed(desk, branch_of(desk, branch) or desk.branch))
        context.show(document, *_lines(document))

    @group.command("decide", help=_("Withdraw what a decision names: the proposal, or copies."))
    def weeding_decide(
        codes: list[str] = typer.Argument(None, metavar="[COPY...]"),
        decree: str = typer.Option(..., "--decree", help=_("Number of the decision.")),
        day: str = typer.Option("", "--day", metavar="YYYY-MM-DD"),
        branch: str = branch_,
    ) -> None:
        with context.desk() as desk:
            where = branch_of(desk, branch) or desk.branch
            ids = copies_of(desk, codes or ()) or [line.id for line in proposed(desk, where)]
            done = carry_out(desk, ids, decree, day_of(day) or desk.today())
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            lines = weeding_lines(desk, done.value.copies)
            document: dict[str, Any] = {
                "decree": done.value.decree,
                "withdrawn": [lines[one].barcode for one in done.value.copies],
                "left_out": [
                    {"copy": barcode, "code": refused.reason.value}
                    for barcode, refused in done.value.left_out
                ],
            }
        context.show(document, *document["withdrawn"])


def _rule(
    desk: Desk,
    years: tuple[int | None, int | None, int | None, int | None],
    conditions: tuple[bool, bool],
    kind: str,
    branch: str,
) -> WeedingRule:
    never_lent, not_lent, older, surplus = years
    damaged, missing = conditions
    where = branch_of(desk, branch) or desk.branch
    return WeedingRule(
        never_lent,
        not_lent,
        older,
        surplus,
        damaged=damaged,
        missing=missing,
        kind=kind_of(desk, kind),
        branch=where,
    )


def _candidates(desk: Desk, found: Sequence[Candidate]) -> dict[str, Any]:
    lines = weeding_lines(desk, [one.copy for one in found])
    rows = []
    for one in found:
        row = _row(lines[one.copy])
        row["reasons"] = [reason.why.value for reason in one.reasons]
        row["reason"] = say_reasons(one.reasons)
        rows.append(row)
    return {"total": len(rows), "copies": rows}


def _proposal(lines: Sequence[WeedingLine]) -> dict[str, Any]:
    rows = [{**_row(line), "reason": line.reason} for line in lines]
    return {"total": len(rows), "copies": rows}


def _row(line: WeedingLine) -> dict[str, Any]:
    return {
        "copy": line.barcode,
        "inventory": line.inventory,
        "title": {"id": line.title_id, "title": line.title},
        "call_number": line.call_number,
        "price": line.price,
    }


def _lines(document: dict[str, Any]) -> list[str]:
    return [
        f"{one['copy']}  {one['title']['title']}  ·  {one['reason']}" for one in document["copies"]
    ]
