"""Stickers of copies: which ones, on which sheet, in which design; the sheets; the test page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError, print_list
from perpusdesk.cli.paper_files import finish
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find

if TYPE_CHECKING:
    from perpusdesk.printing.label_sheets import LabelSheet
    from perpusdesk.printing.labels import LabelOptions
    from perpusdesk.services.labels.label_fill import Found


@dataclass(frozen=True, slots=True)
class _Wanted:
    copies: Sequence[str]
    query: str
    first: str
    last: str
    new_since: str
    unprinted: bool
    queued: bool


def add(papers: Commands, context: Context) -> None:
    """Add ``print labels``, ``print sheets`` and ``print ruler``."""
    sheet_option = typer.Option("a4-3x8", "--sheet", help=_("Name of the label sheet."))
    out_option = typer.Option(..., "--out", help="PDF")
    nudge_option = typer.Option("0,0", "--nudge", metavar="X,Y", help=_("mm right and down."))

    @papers.command("labels", help=_("Stickers of copies."))
    def labels(
        copies: list[str] = typer.Argument(None, metavar="COPY..."),
        query: str = typer.Option("", "--query", help=_("Copies of the titles that this finds.")),
        first: str = typer.Option("", "--from", help=_("First barcode or inventory number.")),
        last: str = typer.Option("", "--to", help=_("Last barcode or inventory number.")),
        new_since: str = typer.Option("", "--new-since", metavar="YYYY-MM-DD"),
        unprinted: bool = typer.Option(False, "--unprinted", help=_("Without a sticker so far.")),
        queued: bool = typer.Option(False, "--queue", help=_("What waits in the sticker studio.")),
        design: str = typer.Option(
            "spine-barcode", "--design", help="spine, barcode, qr, spine-barcode, all"
        ),
        code: str = typer.Option("code128", "--code", help="code128, code39"),
        sheet: str = sheet_option,
        start: int = typer.Option(1, "--start", min=1, help=_("First free sticker.")),
        nudge: str = nudge_option,
        plain: bool = typer.Option(False, "--no-bands", help=_("Without the class's colour.")),
        done: bool = typer.Option(False, "--mark-printed", help=_("Take them as printed well.")),
        out: Path = out_option,
    ) -> None:
        wanted = _Wanted(copies or (), query, first, last, new_since, unprinted, queued)
        with context.desk(writable=done) as desk:
            known = _sheet(desk, sheet)
            options = _options(design, code, start=start, nudge=nudge, bands=not plain)
            _print(context, desk, wanted, known, options=options, out=out, done=done)

    @papers.command("sheets", help=_("The label sheets that are known."))
    def sheets() -> None:
        from perpusdesk.services.labels.own_sheets import sheets as known

        with context.desk(writable=False) as desk:
            rows = [_described(sheet) for sheet in known(desk).values()]
        if context.as_json:
            print_list(rows)
        else:
            context.show({}, *(f"{row['key']}: {row['name']}" for row in rows))

    @papers.command("ruler", help=_("Outlines and rulers, to see how a printer prints."))
    def ruler(sheet: str = sheet_option, nudge: str = nudge_option, out: Path = out_option) -> None:
        from perpusdesk.printing.calibration import calibration_page

        with context.desk(writable=False) as desk:
            known = _sheet(desk, sheet)
        finish(context, out, calibration_page(known, _pair(nudge)), known.count)


def _print(
    context: Context,
    desk: Desk,
    wanted: _Wanted,
    sheet: LabelSheet,
    *,
    options: LabelOptions,
    out: Path,
    done: bool,
) -> None:
    from perpusdesk.printing.labels import Design, draw_labels
    from perpusdesk.services.labels.label_papers import label_data

    ids = _ids(desk, wanted)
    drawn = draw_labels(label_data(desk, ids), sheet, options)
    following = sheet.next_start(options.start, len(ids))
    bare = 0 if options.design is Design.SPINE else sum(not codes for codes in drawn.codes)
    facts: dict[str, Any] = {
        "pages": sheet.pages(options.start, len(ids)),
        "next_start": following,
        "without_code": bare,
    }
    finish(context, out, drawn.pdf, len(ids), facts)
    if done:
        _mark(desk, ids, sheet.key, options.start, following)


def _mark(desk: Desk, ids: Sequence[UUID], sheet: str, start: int, following: int) -> None:
    from perpusdesk.services.labels import label_prints, label_queue
    from perpusdesk.services.labels.label_queue import LabelKind

    label_queue.add(desk, LabelKind.COPY, ids)
    printed = set(ids)
    waiting = [one for one in label_queue.waiting(desk, LabelKind.COPY) if one.entity in printed]
    label_prints.note_done(desk, waiting, sheet, start, following)


def _ids(desk: Desk, wanted: _Wanted) -> Sequence[UUID]:
    """Return whose stickers are wanted, by the one way that was named."""
    from perpusdesk.services.labels import label_fill as fill
    from perpusdesk.services.labels.label_queue import LabelKind

    ways: dict[str, tuple[bool, Callable[[], Found]]] = {
        "COPY": (bool(wanted.copies), lambda: _by_code(desk, wanted.copies)),
        "--query": (bool(wanted.query), lambda: fill.of_search(desk, wanted.query)),
        "--from": (bool(wanted.first), lambda: _in_range(desk, wanted)),
        "--new-since": (bool(wanted.new_since), lambda: _since(desk, wanted.new_since)),
        "--unprinted": (wanted.unprinted, lambda: fill.unprinted(desk, LabelKind.COPY)),
        "--queue": (wanted.queued, lambda: _waiting(desk)),
    }
    chosen = [find_ids for named, find_ids in ways.values() if named]
    if len(chosen) != 1:
        known = ", ".join(ways)
        raise InputError("copies", _("Name the copies in one way: {ways}.").format(ways=known))
    return chosen[0]().ids


def _waiting(desk: Desk) -> Found:
    from perpusdesk.services.labels import label_prints, label_queue
    from perpusdesk.services.labels.label_fill import Found
    from perpusdesk.services.labels.label_queue import LabelKind

    waiting = label_queue.waiting(desk, LabelKind.COPY)
    return Found(tuple(label_prints.one_by_one(waiting)))


def _by_code(desk: Desk, codes: Sequence[str]) -> Found:
    from perpusdesk.services.labels.label_fill import Found

    ids = []
    for code in codes:
        found = find.copies_by_code(desk.library, code)
        if not found:
            raise RefusedError(Refused(Reason.COPY_UNKNOWN, {"barcode": code}), desk)
        ids.append(found[0].id)
    return Found(tuple(ids))


def _in_range(desk: Desk, wanted: _Wanted) -> Found:
    from perpusdesk.services.labels.label_fill import in_range

    found = in_range(desk, wanted.first, wanted.last)
    if isinstance(found, Refused):
        raise RefusedError(found, desk)
    return found


def _since(desk: Desk, text: str) -> Found:
    from perpusdesk.services.labels.label_fill import new_since
    from perpusdesk.services.labels.label_queue import LabelKind

    return new_since(desk, LabelKind.COPY, day(text))


def day(text: str) -> date:
    """Return an ISO date of the command line. Raises ``InputError``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("date", _("This is not a date: {text}").format(text=text)) from error


def _sheet(desk: Desk, key: str) -> LabelSheet:
    from perpusdesk.services.labels.own_sheets import sheets

    known = sheets(desk)
    if key not in known:
        message = _("There is no label sheet {name}. Known: {known}")
        raise InputError("sheet", message.format(name=key, known=", ".join(known)))
    return known[key]


def _options(design: str, code: str, *, start: int, nudge: str, bands: bool) -> LabelOptions:
    from perpusdesk.printing.barcodes import Symbology
    from perpusdesk.printing.labels import Design, LabelOptions

    bars = {one.value: one for one in (Symbology.CODE128, Symbology.CODE39)}
    designs = {one.value: one for one in Design}
    for word, known in ((design, list(designs)), (code, list(bars))):
        if word not in known:
            message = _("“{word}” is not one of {known}.")
            raise InputError("option", message.format(word=word, known=", ".join(known)))
    return LabelOptions(designs[design], bars[code], start, _pair(nudge), bands)


def _pair(text: str) -> tuple[float, float]:
    try:
        right, down = (float(part) for part in text.split(","))
    except ValueError as error:
        message = _("A nudge is two numbers in mm, such as 1.5,-0.5, not “{text}”.")
        raise InputError("nudge", message.format(text=text)) from error
    return right, down


def _described(sheet: LabelSheet) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "name": sheet.name,
        "count": sheet.count,
        "page": sheet.page,
        "label": sheet.label,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "sure": sheet.sure,
    }
