"""One print of stickers or cards: what is in it, page by page, and as a whole.

A page made alone for the preview is drawn by the very function that draws the whole: what is seen
is what comes out, however long the queue is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from perpusdesk.printing.cards import CardData, alone, card_pages, card_sheets, on_a4
from perpusdesk.printing.label_sheets import LabelSheet, Pair
from perpusdesk.printing.labels import Design, DrawnLabels, LabelData, LabelOptions, draw_labels
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_prints, label_queue, own_sheets
from perpusdesk.services.labels.label_papers import card_data, label_data
from perpusdesk.services.labels.label_prints import Choices
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.storage.label_queue import Waiting


@dataclass(frozen=True, slots=True)
class LabelJob:
    """Entries of the queue on a sheet, from a place on, corrected for a printer.

    ``entities`` says whose label comes at each place.
    """

    kind: LabelKind
    entries: tuple[Waiting, ...]
    sheet: LabelSheet
    choices: Choices
    start: int = 1
    nudge: Pair = (0.0, 0.0)
    entities: tuple[UUID, ...] = ()

    @property
    def total(self) -> int:
        """How many labels there are."""
        return len(self.entities)

    @property
    def pages(self) -> int:
        """How many sheets of paper (at least one)."""
        return self.sheet.pages(self.start, self.total)

    def first(self, count: int) -> tuple[Waiting, ...]:
        """Return the entries that the first ``count`` labels complete."""
        kept, left = [], count
        for entry in self.entries:
            if entry.copies > left:
                break
            kept.append(entry)
            left -= entry.copies
        return tuple(kept)

    def on_page(self, page: int) -> tuple[UUID, ...]:
        """Return whose labels come onto a page (from 0)."""
        places = self.sheet.on_page(page, self.start, self.total)
        return self.entities[places.start : places.stop]


LabelContent = Sequence[LabelData] | Sequence[CardData]


def job_of(desk: Desk, kind: LabelKind) -> LabelJob:
    """Return the print of all that waits, as this device was last told to print it."""
    choices = label_prints.choices(desk)
    sheet = sheet_of(desk, kind, choices)
    entries = label_queue.waiting(desk, kind)
    return LabelJob(
        kind,
        tuple(entries),
        sheet,
        choices,
        min(label_prints.start_of(desk, sheet.key), sheet.count),
        label_prints.nudge_of(desk, choices.printer),
        tuple(label_prints.one_by_one(entries)),
    )


def sheet_of(desk: Desk, kind: LabelKind, choices: Choices) -> LabelSheet:
    """Return the sheet that is chosen; one that is gone counts as the default."""
    if kind is LabelKind.MEMBER:
        return on_a4() if choices.cards_on_a4 else alone()
    known = own_sheets.sheets(desk)
    return known.get(choices.sheet) or known[Choices().sheet]


def read(desk: Desk, kind: LabelKind, entities: Sequence[UUID]) -> LabelContent:
    """Return what stands on these labels; reads the library."""
    if kind is LabelKind.MEMBER:
        return card_data(desk, entities)
    return label_data(desk, entities)


def draw(
    job: LabelJob,
    content: LabelContent,
    page: int | None = None,
    page_done: Callable[[int], object] = int,
) -> DrawnLabels:
    """Draw the whole job, or one page of it (from 0) whose content was read; on any thread.

    ``page_done`` hears how many pages of stickers are finished.
    """
    start = job.start if page is None or page == 0 else 1
    cards = [one for one in content if isinstance(one, CardData)]
    if job.kind is LabelKind.MEMBER:
        if job.sheet.count > 1:
            return DrawnLabels(card_sheets(cards, start, job.nudge), ())
        return DrawnLabels(card_pages(cards, job.nudge), ())
    labels = [one for one in content if isinstance(one, LabelData)]
    choices = job.choices
    options = LabelOptions(choices.design, choices.symbology, start, job.nudge, choices.bands)
    return draw_labels(labels, job.sheet, options, page_done)


def without_code(job: LabelJob, drawn: DrawnLabels) -> int:
    """Count the stickers on which no readable code has room, where one was wanted."""
    if job.choices.design is Design.SPINE:
        return 0
    return sum(not codes for codes in drawn.codes)
