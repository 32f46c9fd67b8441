"""The page of the rail; the studio behind it is made when it is first opened.

What draws stickers takes a moment to load, and a desk that prints none never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.ui.kit.garbage import keep_what_is_loaded
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.ui.labels.studio import LabelStudio


class LabelsPage(QObject):
    """The page ``labels``. ``shown`` tells that what was asked for is on the screen."""

    shown = Signal()

    name = "labels"
    icon = "label"
    key = "Ctrl+L"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        """``folder`` is where PDF files are written that a program opens to print."""
        super().__init__()
        self._make: Callable[[], LabelStudio] = lambda: _studio(desk, tasks, messages, folder)
        self._studio: LabelStudio | None = None
        self.widget = QWidget()
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def title(self) -> str:
        """The word in the rail."""
        return _("Stickers")

    @property
    def studio(self) -> LabelStudio:
        """The studio; made when it is first asked for."""
        if self._studio is None:
            self._studio = self._make()
            self._studio.shown.connect(self.shown)
            self._column.addWidget(self._studio.widget)
            keep_what_is_loaded()
        return self._studio

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.studio.refresh()

    def handle_scan(self, scan: Scan) -> None:
        """A copy or a card is put into the queue."""
        self.studio.handle_scan(scan)

    def escape(self) -> None:
        """Leave a question or the form of a sheet."""
        self.studio.escape()

    def search_edited(self, _typed: str) -> None:
        """Nothing is narrowed here."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the queue."""
        self.studio.into_list()

    def put_copies(self, copies: Sequence[UUID]) -> None:
        """Put copies into the queue, as another screen asks."""
        self.studio.put(LabelKind.COPY, copies)

    def put_members(self, members: Sequence[UUID]) -> None:
        """Put members into the queue of cards, as another screen asks."""
        self.studio.put(LabelKind.MEMBER, members)

    def refresh(self) -> None:
        """Show what was changed elsewhere."""
        self.studio.refresh()


def _studio(desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> LabelStudio:
    from perpusdesk.ui.labels.studio import LabelStudio

    return LabelStudio(desk, tasks, messages, folder)
