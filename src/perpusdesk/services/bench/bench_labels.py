"""How long a box of stickers takes from the queue to the PDF, beside bare reportlab.

Each sticker has spine, band, title, bars and square. The floor draws as many stickers on as many
pages, each of them one line of text and nothing else.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psutil
from reportlab.pdfgen.canvas import Canvas

from perpusdesk.printing.label_sheets import LabelSheet, label_sheets
from perpusdesk.printing.labels import Design, LabelOptions, draw_labels
from perpusdesk.services.bench.bench_desk import machine
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_fill as fill
from perpusdesk.services.labels import label_queue as queue
from perpusdesk.services.labels.label_papers import label_data
from perpusdesk.services.labels.label_prints import one_by_one
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.drafts import Action

_BATCH: Final = 5_000
_COPIES_OF_A_TITLE: Final = 3
_POINTS: Final = 72 / 25.4
DESIGN: Final = Design.ALL


def bench_labels(folder: Path, size: int, sheet: str = "a4-3x8") -> dict[str, Any]:
    """Print ``size`` stickers into memory; seconds and MiB. Raises ``KeyError``: no such sheet."""
    with create_library(folder / f"labels-{size}", NewLibrary("Perpustakaan Uji", "Pusat")) as made:
        desk = open_desk(made)
        known = label_sheets(desk.today())[sheet]
        _fill_library(desk, size)
        queued = _seconds(lambda: queue.add(desk, LabelKind.COPY, _every(desk)))
        wanted = one_by_one(queue.waiting(desk, LabelKind.COPY))
        began = time.perf_counter()
        data = label_data(desk, wanted)
        read = time.perf_counter() - began
    began = time.perf_counter()
    drawn = draw_labels(data, known, LabelOptions(DESIGN))
    drawing = time.perf_counter() - began
    resident = psutil.Process().memory_info().rss / 2**20
    floor = _seconds(lambda: _bare(known, size))
    figures = {
        "queue_seconds": round(queued, 2),
        "read_seconds": round(read, 2),
        "draw_seconds": round(drawing, 2),
        "seconds": round(read + drawing, 2),
        "stickers_per_second": round(size / (read + drawing)),
        "codes": sum(len(codes) for codes in drawn.codes),
        "pages": known.pages(1, size),
        "pdf_mib": round(len(drawn.pdf) / 2**20, 1),
        "resident_mib": round(resident, 1),
    }
    return {
        "bench": "labels",
        "size": size,
        "sheet": sheet,
        "design": DESIGN.value,
        "machine": machine(),
        "figures": figures,
        "baseline": {"bare_reportlab_seconds": round(floor, 2)},
        "ratio": {"seconds": round((read + drawing) / max(floor, 0.001), 1)},
    }


def _every(desk: Desk) -> tuple[Any, ...]:
    return fill.unprinted(desk, LabelKind.COPY).ids


def _fill_library(desk: Desk, size: int) -> None:
    batch: list[Action] = []
    title = desk.library.new_id()
    for number in range(size):
        action = desk.action("import")
        if number % _COPIES_OF_A_TITLE == 0:
            title = desk.library.new_id()
            action.set("title", title, _title(number), fresh=True)
        fields = {"barcode": f"B{number:08d}", "title": title, "branch": desk.branch}
        action.set("copy", desk.library.new_id(), fields, fresh=True)
        batch.append(action)
        if len(batch) == _BATCH:
            desk.library.write_many(batch)
            batch.clear()
    if batch:
        desk.library.write_many(batch)


def _title(number: int) -> dict[str, str]:
    letters = "".join(chr(65 + number // 26**place % 26) for place in range(3))
    return {
        "title": f"Sejarah perahu dan nelayan di pantai utara, jilid {number}",
        "author": f"{letters.title()}ani Contoh",
        "classification": f"{number % 1000:03d}",
        "call_number": f"{number % 1000:03d}.{number % 7} {letters} s",
    }


def _bare(sheet: LabelSheet, size: int) -> bytes:
    buffer = io.BytesIO()
    page = (sheet.page[0] * _POINTS, sheet.page[1] * _POINTS)
    canvas = Canvas(buffer, pagesize=page, pageCompression=1)
    for index in range(size):
        number, place = divmod(index, sheet.count)
        if number and not place:
            canvas.showPage()
        left, top = sheet.place(place)
        canvas.drawString(left * _POINTS, page[1] - (top + 4) * _POINTS, f"B{index:08d}")
    canvas.save()
    return buffer.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
