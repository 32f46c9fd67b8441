"""What the studio shows, read from the library at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from perpusdesk.printing.cards import alone, on_a4
from perpusdesk.printing.label_sheets import LabelSheet
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import own_sheets
from perpusdesk.services.labels.label_job import LabelJob, job_of
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.storage.label_queue import Waiting
from perpusdesk.ui.labels.sheet_view import Places


@dataclass(frozen=True, slots=True)
class State:
    """The print of one queue, the sheets to choose from, and the entries by their places."""

    job: LabelJob
    sheets: Mapping[str, LabelSheet]
    entries: Mapping[int, Waiting]


def read_state(desk: Desk, kind: LabelKind) -> State:
    """Read everything that the studio shows."""
    job = job_of(desk, kind)
    cards = {sheet.key: sheet for sheet in (on_a4(), alone())}
    sheets = own_sheets.sheets(desk) if kind is LabelKind.COPY else cards
    return State(job, sheets, {entry.position: entry for entry in job.entries})


def places_of(job: LabelJob, page: int) -> Places:
    """Return the places of a page as the preview marks them."""
    sheet = job.sheet
    rects = [QRectF(*sheet.place(number), *sheet.label) for number in range(sheet.count)]
    first = sheet.first_place(job.start) if page == 0 else 0
    used = range(first, first + len(job.on_page(page)))
    return Places(sheet.page, rects, sheet.columns, used, choosable=page == 0 and sheet.count > 1)
