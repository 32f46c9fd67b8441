"""Slips as plain text: for dot-matrix printers, 80 columns, and to copy into a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perpusdesk.common.formats import (
    clock_time,
    date_and_time,
    rupiah,
    short_date,
    weekday_date,
)
from perpusdesk.common.i18n import _
from perpusdesk.printing.fitting import shorten, wrap
from perpusdesk.printing.plain import encodable
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine, act_heading

COLUMNS: Final = 80
_TITLE, _CODE, _DATE, _MONEY = 40, 16, 11, 10


def dot_matrix_slip(slip: SlipData, *, form_feed: bool = False) -> bytes:
    """Return the slip in plain ASCII, at most 80 columns, with CR LF as old printers want.

    ``form_feed`` ends with the command that throws the rest of the sheet.
    """
    text = "\r\n".join(line.rstrip() for line in dot_matrix_lines(slip))
    return (text + "\r\n" + ("\f" if form_feed else "")).encode("ascii", "replace")


def dot_matrix_lines(slip: SlipData) -> list[str]:
    """Return the lines of the slip, none wider than 80 columns."""
    return [*_head(slip), *_table(slip), *_foot(slip)]


def _plain(text: str) -> str:
    return encodable(text, "ascii")


def _cut(text: str, columns: int) -> str:
    return shorten(_plain(text), columns, len, "...")


def _two_sides(left: str, right: str) -> str:
    right = _cut(right, COLUMNS // 2 - 1)
    left = _cut(left, COLUMNS - len(right) - 1)
    return left + right.rjust(COLUMNS - len(left))


def _head(slip: SlipData) -> Iterator[str]:
    yield _cut(slip.library.upper(), COLUMNS)
    yield _two_sides(slip.branch, slip.number)
    yield "=" * COLUMNS
    member = f"{slip.shown_member} ({slip.shown_card})"
    moment = f"{weekday_date(slip.printed)} {clock_time(slip.printed)}"
    yield _two_sides(f"{_('Member')}: {member}", moment)
    yield _cut(f"{_('Staff')}: {slip.staff}", COLUMNS)


def _table(slip: SlipData) -> Iterator[str]:
    for act, lines in slip.sections():
        yield "-" * COLUMNS
        returned = act is SlipAct.RETURNED
        yield _cells(
            act_heading(act).upper(),
            _("Barcode"),
            _("Date") if returned else _("Due"),
            _("Fine") if any(line.fine for line in lines) else "",
        )
        for index, line in enumerate(lines, 1):
            yield from _line(line, index)


def _cells(title: str, barcode: str, day: str, fine: str) -> str:
    return " ".join(
        [
            _cut(title, _TITLE).ljust(_TITLE),
            _cut(barcode, _CODE).ljust(_CODE),
            _cut(day, _DATE).ljust(_DATE),
            _cut(fine, _MONEY).rjust(_MONEY),
        ]
    )


def _line(line: SlipLine, index: int) -> Iterator[str]:
    mark = f"{index}. "
    pieces = wrap(_plain(line.title), _TITLE - len(mark), len, 2, "...") or [""]
    day = line.returned if line.act is SlipAct.RETURNED else line.due
    yield _cells(
        mark + pieces[0],
        line.barcode,
        short_date(day) if day else "",
        rupiah(line.fine) if line.fine else "",
    )
    yield from (" " * len(mark) + piece for piece in pieces[1:])


def _foot(slip: SlipData) -> Iterator[str]:
    yield "-" * COLUMNS
    if slip.paid:
        yield _two_sides(_("Paid"), rupiah(slip.paid))
    if slip.owed:
        yield _two_sides(_("Still owed"), rupiah(slip.owed))
    for paragraph in slip.footer.splitlines():
        yield from wrap(_plain(paragraph), COLUMNS, len, 4, "...")


def message_slip(slip: SlipData) -> str:
    """Return the slip as a short message; ``*stars*`` are bold where it will be read."""
    lines = [f"*{_quiet(slip.library)}*", _quiet(slip.branch), ""]
    lines.append(f"{_('Member')}: {_quiet(slip.shown_member)}")
    for act, copies in slip.sections():
        lines += ["", f"*{act_heading(act)}*"]
        for index, copy in enumerate(copies, 1):
            lines += _message_lines(copy, index)
    if slip.paid or slip.owed:
        lines.append("")
    if slip.paid:
        lines.append(f"{_('Paid')}: {rupiah(slip.paid)}")
    if slip.owed:
        lines.append(f"*{_('Still owed')}: {rupiah(slip.owed)}*")
    lines += ["", *(_quiet(part) for part in slip.footer.splitlines())]
    lines.append(date_and_time(slip.printed))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _message_lines(copy: SlipLine, index: int) -> Iterator[str]:
    yield f"{index}. {shorten(_quiet(copy.title), 120, len)} ({_quiet(copy.barcode)})"
    if copy.act is not SlipAct.RETURNED and copy.due:
        yield f"   {_('Due')}: *{weekday_date(copy.due)}*"
    if copy.fine:
        yield f"   {_('Fine')}: {rupiah(copy.fine)}"


def _quiet(text: str) -> str:
    """Return ``text`` on one line without the signs that would change the letters' look."""
    for sign, harmless in (("*", "\u2217"), ("~", "\u223c"), ("`", "'")):
        text = text.replace(sign, harmless)
    return re.sub(r"(?<!\w)_|_(?!\w)", "", " ".join(text.split()))
