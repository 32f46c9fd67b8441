"""What the studio shows, read from the library at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from perpusdesk.printing.cards import alone, on_a4
from perpusdesk.printing.label_sheets import LabelSheet, Pair
from perpusdesk.services import label_prints, label_queue, own_sheets
from perpusdesk.services.desk import Desk
from perpusdesk.services.label_job import LabelJob, sheet_of
from perpusdesk.services.label_prints import Choices
from perpusdesk.services.label_queue import LabelKind
from perpusdesk.storage.label_queue import Waiting
from perpusdesk.ui.labels.sheet_view import Places


@dataclass(frozen=True, slots=True)
class State:
    """The queue of one kind, how it is printed, and what it is printed on."""

    kind: LabelKind
    entries: tuple[Waiting, ...]
    choices: Choices
    sheets: Mapping[str, LabelSheet]
    sheet: LabelSheet
    start: int
    nudge: Pair

    def job(self) -> LabelJob:
        """Return the print of all of it."""
        return LabelJob(self.kind, self.entries, self.sheet, self.choices, self.start, self.nudge)

    def on_trial(self, sheet: LabelSheet) -> State:
        """Return the same on a sheet that is being measured."""
        return replace(self, sheet=sheet, start=1)


def read_state(desk: Desk, kind: LabelKind) -> State:
    """Read everything that the studio shows."""
    choices = label_prints.choices(desk)
    cards = {sheet.key: sheet for sheet in (on_a4(), alone())}
    sheets = own_sheets.sheets(desk) if kind is LabelKind.COPY else cards
    sheet = sheet_of(desk, kind, choices)
    return State(
        kind,
        tuple(label_queue.waiting(desk, kind)),
        choices,
        sheets,
        sheet,
        min(label_prints.start_of(desk, sheet.key), sheet.count),
        label_prints.nudge_of(desk, choices.printer),
    )


def places_of(job: LabelJob, page: int) -> Places:
    """Return the places of a page as the preview marks them."""
    sheet = job.sheet
    rects = [QRectF(*sheet.place(number), *sheet.label) for number in range(sheet.count)]
    first = sheet.first_place(job.start) if page == 0 else 0
    used = range(first, first + len(job.on_page(page)))
    return Places(sheet.page, rects, sheet.columns, used, choosable=page == 0 and sheet.count > 1)
