"""What needs a decision: list, show, settle one or all as proposed."""

from __future__ import annotations

from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.conflicts.conflict import Conflict
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.conflicts.conflict_links import links_of
from perpusdesk.services.conflicts.conflicts import (
    conflict_by_id,
    last_decisions,
    list_conflicts,
    settle,
    settle_all,
    tellers,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.wording.conflicts import kind_name, say_answer, say_conflict
from perpusdesk.services.wording.refusals import say_refusal


def add(app: Commands, context: Context) -> None:
    """Add ``conflicts`` with ``list``, ``show``, ``settle`` and ``decisions``."""
    group = Commands(
        help=_("What needs a decision, because devices contradicted each other."),
        invoke_without_command=True,
    )
    app.add_typer(group, name="conflicts")

    @group.callback()
    def conflicts(called: typer.Context) -> None:
        if called.invoked_subcommand is None:
            _show_list(context, None, 200)

    @group.command("list", help=_("List what nobody settled, what presses most first."))
    def list_(
        kind: str = typer.Option("", "--kind", help=_("Only this kind.")),
        limit: int = typer.Option(200, "--limit", min=1, max=10_000),
    ) -> None:
        _show_list(context, _kind(kind), limit)

    @group.command(help=_("Show one with its sides and answers."))
    def show(id_: str = typer.Argument(..., metavar="ID")) -> None:
        with context.reading_people() as desk:
            conflict = conflict_by_id(desk, id_)
            if isinstance(conflict, Refused):
                raise RefusedError(conflict, desk)
            document = conflict_document(desk, conflict)
        context.show({"conflict": document}, *_lines(document))

    @group.command("settle", help=_("Settle one by an answer, or all as proposed."))
    def settle_(
        id_: str = typer.Argument("", metavar="[ID]"),
        answer: str = typer.Option("", "--answer", help=_("Without it: what is proposed.")),
        note: str = typer.Option("", "--note", help=_("Kept with the decision.")),
        proposed: bool = typer.Option(False, "--all-proposed", help=_("All as proposed.")),
        kind: str = typer.Option("", "--kind", help=_("With --all-proposed: only this kind.")),
    ) -> None:
        if bool(id_) == proposed:
            raise InputError("id", _("Name one conflict, or say --all-proposed."))
        with context.desk() as desk:
            done = settle_all(desk, _kind(kind)) if proposed else _one(desk, id_, answer, note)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            left = {one: say_refusal(why, desk).what for one, why in done.value.left.items()}
            document = {"settled": dict(done.value.answers), "left": left, "action": done.action}
        lines = [f"{one}: {given}" for one, given in done.value.answers.items()]
        context.show(document, *lines, *(f"{one}: {why}" for one, why in left.items()))

    @group.command(help=_("List the last decisions; each can be taken back by undo ACTION."))
    def decisions(limit: int = typer.Option(50, "--limit", min=1, max=10_000)) -> None:
        with context.desk(writable=False) as desk:
            rows: list[dict[str, Any]] = [
                {
                    "conflict": one.conflict,
                    "kind": one.kind,
                    "answer": one.answer,
                    "note": one.note,
                    "device": one.teller.device,
                    "staff": one.teller.staff,
                    "at": one.teller.at,
                    "action": one.action,
                }
                for one in last_decisions(desk, limit)
            ]
        lines = [
            f"{row['action']}  {kind_name(row['kind'])}: {say_answer(row['kind'], row['answer'])}"
            for row in rows
        ]
        context.show({"decisions": rows}, *lines)


def conflict_document(desk: Desk, conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as the command line's JSON has it; whom it names is noted as seen."""
    links = links_of(desk, conflict)
    for link in (*links.common, *(one for side in links.sides for one in side)):
        if link.record == "member":
            desk.saw(link.id, How.RECORD)
    said = say_conflict(conflict, desk)
    sides = [
        {
            "device": teller.device,
            "staff": teller.staff,
            "branch": teller.branch,
            "at": teller.at,
            "text": " · ".join(part for part in (side.who, side.text.replace("\n", " · ")) if part),
            "record": one.entity_type,
            "id": one.entity,
        }
        for one, side, teller in zip(
            conflict.sides, said.sides, tellers(desk, conflict), strict=True
        )
    ]
    return {
        "id": conflict.id,
        "kind": conflict.kind.value,
        "sentence": said.sentence,
        "sides": sides,
        "proposal": conflict.proposal,
        "consequence": said.proposal.consequence,
        "answers": [one.code for one in said.answers],
        "says": {one.code: f"{one.verb}: {one.consequence}" for one in said.answers},
    }


def _show_list(context: Context, kind: Kind | None, limit: int) -> None:
    with context.reading_people() as desk:
        found = list_conflicts(desk, kind=kind, limit=limit)
        rows = [conflict_document(desk, one) for one in found.conflicts]
    document = {"total": found.total, "counts": dict(found.counts), "conflicts": rows}
    lines = [f"{row['id']}  {row['sentence']}" for row in rows]
    context.show(document, *(lines or [_("Nothing needs a decision.")]))


def _lines(row: dict[str, Any]) -> list[str]:
    sides = [f"  {place}. {side['text']}" for place, side in enumerate(row["sides"], 1)]
    answers = [f"  {code}  {text}" for code, text in row["says"].items()]
    return [row["sentence"], *sides, *answers]


def _one(desk: Desk, id_: str, answer: str, note: str) -> Any:
    if not answer:
        conflict = conflict_by_id(desk, id_)
        if isinstance(conflict, Refused):
            return conflict
        answer = conflict.proposal
    return settle(desk, id_, answer, note)


def _kind(text: str) -> Kind | None:
    if not text:
        return None
    try:
        return Kind(text)
    except ValueError as error:
        words = _("There is no such kind: {text}. Known: {known}")
        known = ", ".join(Kind)
        raise InputError("kind", words.format(text=text, known=known)) from error
