"""The copy of a person's own data as files: PDF and JSON side by side, the PDF is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.data_copy import as_json
from perpusdesk.ui.kit.save_place import ask_place
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.paper_files import PaperFiles


def ask_copy_place(parent: QWidget, card: str) -> Path | None:
    """Ask where the copy goes, before it is made; ``None``: it is not to be made."""
    return ask_place(parent, f"{_('Copy of the data')} {card}".strip(), ["pdf"])


def write_copy(
    desk: Desk, tasks: Tasks, papers: PaperFiles, file: Path, copy: dict[str, Any]
) -> None:
    """Write a copy of somebody's data as PDF, JSON beside it, and open the PDF."""
    from perpusdesk.services.privacy.privacy_papers import copy_paper

    def write(pdf: bytes) -> None:
        write_atomically(file.with_suffix(".json"), as_json(copy))
        write_atomically(file, pdf)

    def made(pdf: bytes) -> None:
        tasks.aside(lambda: write(pdf), lambda _none: papers.show(file), owner=papers)

    tasks.run(lambda: copy_paper(desk, copy), made, owner=papers)
