"""A slip as rows of characters for narrow paper, 32 or 48 columns, the same for every printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from perpusdesk.common.formats import date_and_time, rupiah, short_date, weekday_name
from perpusdesk.common.i18n import _
from perpusdesk.printing.fitting import balanced, shorten, wrap
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine, act_heading

Clean = Callable[[str], str]
"""Turns a text into characters that the printer has, one column each."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; a ``large`` row has letters two columns wide."""

    text: str = ""
    bold: bool = False
    large: bool = False


def slip_rows(slip: SlipData, columns: int, clean: Clean) -> list[Row]:
    """Return the rows of the slip, none wider than ``columns`` (half of it when large)."""
    return [
        *_head(slip, columns, clean),
        *_facts(slip, columns, clean),
        *_sections(slip, columns, clean),
        *_money(slip, columns, clean),
        *_foot(slip, columns, clean),
    ]


def _pieces(text: str, columns: int, clean: Clean, lines: int = 0) -> list[str]:
    return wrap(clean(text), columns, len, lines, "...")


def _centred(text: str, columns: int, clean: Clean, lines: int) -> list[str]:
    pieces = balanced(clean(text), columns, len, lines, "...")
    return [" " * ((columns - len(piece)) // 2) + piece for piece in pieces]


def _head(slip: SlipData, columns: int, clean: Clean) -> Iterator[Row]:
    half = columns // 2
    for piece in _centred(slip.library, half, clean, 3):
        yield Row(piece, bold=True, large=True)
    for piece in _centred(slip.branch, columns, clean, 2):
        yield Row(piece)
    yield Row("-" * columns)


def _facts(slip: SlipData, columns: int, clean: Clean) -> Iterator[Row]:
    facts = [
        (_("Member"), slip.shown_member),
        (_("Card"), slip.shown_card),
        (_("Staff"), slip.staff),
        (_("Time"), date_and_time(slip.printed)),
        (_("No."), slip.number),
    ]
    shown = [(clean(label), clean(value)) for label, value in facts if value.strip()]
    indent = max((len(label) for label, _value in shown), default=0)
    for label, value in shown:
        room = columns - indent - 2
        yield Row(f"{label:<{indent}}: {shorten(value, room, len, '...')}")


def _sections(slip: SlipData, columns: int, clean: Clean) -> Iterator[Row]:
    for act, lines in slip.sections():
        yield Row("-" * columns)
        yield Row(clean(f"{act_heading(act).upper()} ({len(lines)})"), bold=True)
        for index, line in enumerate(lines, 1):
            yield from _line(line, index, columns, clean)


def _line(line: SlipLine, index: int, columns: int, clean: Clean) -> Iterator[Row]:
    mark = f"{index}. "
    room = columns - len(mark)
    pad = " " * len(mark)
    for number, piece in enumerate(_pieces(line.title, room, clean, 2) or [""]):
        yield Row((pad if number else mark) + piece)
    yield Row(pad + shorten(clean(line.barcode), room, len, "..."))
    if line.act is not SlipAct.RETURNED and line.due:
        yield from _wide(_("Due"), _due(line.due, room - len(_("Due")) - 2), room, pad, clean)
    elif line.returned:
        yield from _wide(_("Time"), date_and_time(line.returned), room, pad, clean, bold=False)
    if line.fine:
        yield from _wide(_("Fine"), rupiah(line.fine), room, pad, clean)


def _due(day: date, room: int) -> str:
    name = weekday_name(day)
    whole = f"{name}, {short_date(day)}"
    return whole if len(whole) <= room else f"{name[:3]}, {short_date(day)}"


def _wide(
    label: str, value: str, room: int, pad: str, clean: Clean, *, bold: bool = True
) -> Iterator[Row]:
    for piece in _pieces(f"{label}: {value}", room, clean):
        yield Row(pad + piece, bold=bold)


def _money(slip: SlipData, columns: int, clean: Clean) -> Iterator[Row]:
    sums = [(_("Paid"), slip.paid), (_("Still owed"), slip.owed)]
    shown = [(clean(label), rupiah(amount)) for label, amount in sums if amount]
    if shown:
        yield Row("-" * columns)
    for label, amount in shown:
        gap = max(1, columns - len(label) - len(amount))
        yield Row(shorten(label + " " * gap + amount, columns, len, "..."), bold=True)


def _foot(slip: SlipData, columns: int, clean: Clean) -> Iterator[Row]:
    yield Row("-" * columns)
    for paragraph in slip.footer.splitlines():
        for piece in _centred(paragraph, columns, clean, 6):
            yield Row(piece)
