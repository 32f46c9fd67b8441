"""The copy of a person's own data as files: PDF and JSON side by side, the PDF is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perpusdesk.common.files import write_atomically
from perpusdesk.services.data_copy import as_json
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.paper_files import PaperFiles


def write_copy(
    desk: Desk, tasks: Tasks, papers: PaperFiles, folder: Path, copy: dict[str, Any]
) -> None:
    """Write a copy of somebody's data as PDF and JSON, and open the PDF."""
    from perpusdesk.services.privacy_papers import copy_paper

    stem = f"salinan-{copy['person']['card']}-{copy['made']:%Y%m%d-%H%M%S}"
    file = folder / f"{''.join(sign for sign in stem if sign.isalnum() or sign == '-')}.pdf"

    def write(pdf: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(file.with_suffix(".json"), as_json(copy))
        write_atomically(file, pdf)

    def made(pdf: bytes) -> None:
        tasks.aside(lambda: write(pdf), lambda _none: papers.show(file), owner=papers)

    tasks.run(lambda: copy_paper(desk, copy), made, owner=papers)
