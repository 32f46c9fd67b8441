"""What this device remembers of printing labels: choices, free places, printers, what was done.

All of it belongs to this device alone: another one has other sheets in another printer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.labels import Design
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.storage import label_queue as queue
from perpusdesk.storage.label_queue import Waiting

_CHOICES: Final = "labels/choices"
_START: Final = "labels/start/"
_NUDGE: Final = "labels/nudge/"
FARTHEST: Final = 20.0
"""Millimetres that a printer may be off; more is a wrong sheet."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How this device prints labels; ``printer`` is empty for a PDF that a program opens."""

    design: Design = Design.SPINE_BARCODE
    symbology: Symbology = Symbology.CODE128
    sheet: str = "a4-3x8"
    bands: bool = True
    printer: str = ""
    cards_on_a4: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """What ``note_done`` changed, to be taken back by ``take_back``."""

    entries: tuple[Waiting, ...]
    before: dict[UUID, int | None]
    sheet: str
    start_before: int
    start: int


def choices(desk: Desk) -> Choices:
    """Return the choices last made here; what cannot be understood is the default."""
    try:
        return msgspec.convert(_kept(desk, _CHOICES), Choices)
    except msgspec.ValidationError:
        return Choices()


def keep_choices(desk: Desk, made: Choices) -> None:
    """Remember choices."""
    desk.library.put_local(_CHOICES, msgspec.json.encode(made).decode())


def start_of(desk: Desk, sheet: str) -> int:
    """Return the first free sticker (from 1) of the sheet that is in use."""
    kept = _kept(desk, _START + sheet)
    return kept if isinstance(kept, int) and kept > 0 else 1


def keep_start(desk: Desk, sheet: str, start: int) -> None:
    """Remember the first free sticker of a sheet."""
    desk.library.put_local(_START + sheet, json.dumps(max(1, start)))


def nudge_of(desk: Desk, printer: str) -> tuple[float, float]:
    """Return how far a printer is to be corrected, right and down in mm."""
    try:
        right, down = msgspec.convert(_kept(desk, _NUDGE + printer), tuple[float, float])
    except msgspec.ValidationError:
        return (0.0, 0.0)
    return _within(right), _within(down)


def keep_nudge(desk: Desk, printer: str, nudge: tuple[float, float]) -> None:
    """Remember a printer's correction."""
    desk.library.put_local(_NUDGE + printer, json.dumps([_within(one) for one in nudge]))


def note_done(
    desk: Desk, entries: Sequence[Waiting], sheet: str, start: int, next_start: int
) -> Printed:
    """Take entries as printed well: out of the queue, kept as printed, the sheet moved on."""
    taken = queue.take_out(desk.library, [entry.position for entry in entries])
    now = desk.library.now_ms()
    before = queue.note_printed(desk.library, [entry.entity for entry in entries], now)
    if sheet:
        keep_start(desk, sheet, next_start)
    return Printed(tuple(taken), before, sheet, start, next_start)


def take_back(desk: Desk, done: Printed) -> None:
    """Undo ``note_done``."""
    queue.put_back(desk.library, done.entries)
    queue.forget_printed(desk.library, done.before)
    if done.sheet:
        keep_start(desk, done.sheet, done.start_before)


def forget(desk: Desk, before: dict[UUID, int | None]) -> None:
    """Undo ``label_fill.take_as_printed``."""
    queue.forget_printed(desk.library, before)


def one_by_one(entries: Sequence[Waiting]) -> list[UUID]:
    """Return whose label comes at each place: an entry wanted thrice comes three times."""
    return [entry.entity for entry in entries for _copy in range(entry.copies)]


def _kept(desk: Desk, key: str) -> Any:
    kept = desk.library.local(key)
    try:
        return json.loads(kept) if isinstance(kept, str) else None
    except ValueError:
        return None


def _within(millimetres: float) -> float:
    return round(max(-FARTHEST, min(FARTHEST, millimetres)), 2)


def kind_name(kind: LabelKind) -> str:
    """Return the first part of a file's name."""
    return "stiker" if kind is LabelKind.COPY else "kartu"
