"""The stock-take: begin, scan, list, end, and its record on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.paper_files import finish
from perpusdesk.cli.stock_documents import (
    file_document,
    history_document,
    history_line,
    progress,
    row_document,
    scan_document,
    state_document,
)
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.stock_take import Outcome, StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.stock.stock_counts import (
    CountForm,
    current_count,
    discard_count,
    find_count,
    history,
    look,
    start_count,
)
from perpusdesk.services.stock.stock_end import Ended, end_count, reopen_count
from perpusdesk.services.stock.stock_file import count_file
from perpusdesk.services.stock.stock_lists import ODD, all_rows, write_workbook
from perpusdesk.services.stock.stock_scan import count_code
from perpusdesk.services.wording.stock import outcome_name

_COUNT: Final = typer.Option("", "--count", metavar="NAME", help="NAME | ID")


def add(app: Commands, context: Context) -> None:
    """Add the commands of ``stock``: from its beginning to the record on paper."""
    stock = Commands(help=_("Count the stock."))
    app.add_typer(stock, name="stock")
    _add_start(stock, context)
    _add_scan(stock, context)
    _add_list(stock, context)
    _add_ends(stock, context)

    @stock.command("report", help=_("The record of a stock-take, as a PDF file."))
    def report(count: str = _COUNT, out: Path = typer.Option(..., "--out", help="PDF")) -> None:
        from perpusdesk.printing.stock_report import stock_report
        from perpusdesk.services.stock.stock_papers import stock_paper

        with context.desk(writable=False) as desk:
            paper = stock_paper(desk, _wanted(desk, count, ended=True).id)
            if isinstance(paper, Refused):
                raise RefusedError(paper, desk)
        rows = sum(len(each.rows) for each in paper.lists)
        finish(context, out, stock_report(paper), rows)


def _add_start(stock: Commands, context: Context) -> None:
    @stock.command("start", help=_("Begin a stock-take at this branch."))
    def start(
        name: str = typer.Option("", "--name", help=_("What the count is called.")),
        first: str = typer.Option("", "--from", help=_("First class or call number.")),
        last: str = typer.Option("", "--to", help=_("Last class or call number.")),
        location: list[str] = typer.Option([], "--location", help=_("Only this location.")),
        kind: list[str] = typer.Option([], "--kind", help=_("Only this kind of collection.")),
    ) -> None:
        with context.desk() as desk:
            kinds = frozenset(_kind(desk, word) for word in kind)
            form = CountForm(name, first, last, kinds, frozenset(location))
            state = _done(desk, start_count(desk, form)).value
        expected = _("{name}: {n} copies are expected.")
        said = expected.format(name=state.count.name, n=state.figures.expected)
        context.show(state_document(state), said)


def _add_scan(stock: Commands, context: Context) -> None:
    @stock.command("scan", help=_("Count copies by their codes, or all codes in a file."))
    def scan(
        codes: list[str] = typer.Argument(None, metavar="[CODE]..."),
        file: list[Path] = typer.Option([], "--file", help=_("A data collector's text file.")),
        place: str = typer.Option("", "--place", help=_("The shelf where they were found.")),
        restore: bool = typer.Option(
            False, "--restore", help=_("Record lost and missing copies as found.")
        ),
        count: str = _COUNT,
    ) -> None:
        if not codes and not file:
            raise InputError("codes", _("Name codes, or a file with --file."))
        with context.desk() as desk:
            wanted = _wanted(desk, count).id
            document = context.done = {"scans": [], "files": []}
            for path in file:
                told = _done(desk, count_file(desk, wanted, path, place=place)).value
                document["files"].append(file_document(desk, path, told))
            for code in codes or ():
                done = _done(desk, count_code(desk, wanted, code, place=place, restore=restore))
                document["scans"].append(scan_document(done.value))
            state = look(desk, wanted)
            assert state is not None
            document.update(state_document(state))
        lines = [f"{row['code']}  {outcome_name(row['outcome'])}" for row in document["scans"]]
        context.show(document, *lines, progress(state.figures))


def _add_list(stock: Commands, context: Context) -> None:
    @stock.command("list", help=_("All counts, or the rows of one."))
    def list_(
        count: str = _COUNT,
        outcome: str = typer.Option(
            "", "--outcome", help=", ".join(each.value for each in Outcome)
        ),
        limit: int = typer.Option(1000, "--limit", min=1),
        out: Path | None = typer.Option(None, "--out", help="XLSX"),
    ) -> None:
        with context.desk(writable=False) as desk:
            if not (count or outcome or out):
                counts = history(desk)
                document: dict[str, Any] = {"counts": [history_document(one) for one in counts]}
                context.show(document, *map(history_line, counts))
                return
            known = _wanted(desk, count, ended=True)
            chosen = _outcomes(outcome)
            if out is not None:
                rows = write_workbook(desk, known, out, chosen)
                context.show({"file": str(out), "rows": rows}, str(out))
                return
            every = all_rows(desk, known, *chosen)
            found = [row_document(line) for line in islice(every, limit)]
            state = look(desk, known.id)
            assert state is not None
            document = {**state_document(state), "rows": found}
        lines = (f"{row['code']}  {row['outcome']}  {row['title']}" for row in found)
        context.show(document, *lines)


def _add_ends(stock: Commands, context: Context) -> None:
    @stock.command("end", help=_("End a count: what was not found is recorded as missing."))
    def end(count: str = _COUNT) -> None:
        _ended(context, count, end_count)

    @stock.command("reopen", help=_("Open an ended count again; what it marked is good again."))
    def reopen(count: str = _COUNT) -> None:
        _ended(context, count, reopen_count, ended=True)

    @stock.command("discard", help=_("Throw a count away that was begun by mistake."))
    def discard(count: str = _COUNT) -> None:
        with context.desk() as desk:
            wanted = _wanted(desk, count)
            _done(desk, discard_count(desk, wanted.id))
        context.show({"discarded": wanted.id, "name": wanted.name}, wanted.name)


def _ended(
    context: Context,
    count: str,
    job: Callable[[Desk, UUID], Done[Ended] | Refused],
    *,
    ended: bool = False,
) -> None:
    with context.desk() as desk:
        done = _done(desk, job(desk, _wanted(desk, count, ended=ended).id))
        state = look(desk, done.value.count.id)
        assert state is not None
    document = {**state_document(state), "marked": done.value.marked, "action": done.action}
    template = _("{name}: {n} copies changed.")
    said = template.format(name=state.count.name, n=done.value.marked)
    context.show(document, said)


def _done(desk: Desk, answer: Done[Any] | Refused) -> Done[Any]:
    if isinstance(answer, Refused):
        raise RefusedError(answer, desk)
    return answer


def _wanted(desk: Desk, name: str, *, ended: bool = False) -> StockCount:
    """Return the count that is named, or the one that this device goes on with."""
    found = find_count(desk, name) if name else current_count(desk)
    if found is None and not name:
        known = [one for one in history(desk) if ended or one.ended is None]
        found = known[0] if len(known) == 1 or (ended and known) else None
    if found is None:
        raise RefusedError(Refused(Reason.STOCK_COUNT_UNKNOWN, {"name": name}), desk)
    return found


def _kind(desk: Desk, word: str) -> UUID:
    for kind in desk.kinds.values():
        if word.casefold() in (kind.name.casefold(), kind.code.casefold()):
            return kind.id
    known = ", ".join(kind.name for kind in desk.kinds.values())
    message = _("There is no kind {name}. Known: {known}").format(name=word, known=known)
    raise InputError("kind", message)


def _outcomes(word: str) -> Sequence[Outcome]:
    if not word:
        return (*ODD, Outcome.MISSING)
    if word not in set(Outcome):
        message = _("There is no outcome {name}. Known: {known}")
        known = ", ".join(each.value for each in Outcome)
        raise InputError("outcome", message.format(name=word, known=known))
    return (Outcome(word),)
