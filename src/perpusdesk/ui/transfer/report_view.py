"""What a dry run showed, or what an import did: counts, the rows to look at, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import Tone, set_icon
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.transfer import report_text
from perpusdesk.ui.transfer.figures import Figures
from perpusdesk.ui.transfer.rows_list import Fetch, RowsList


class ReportView(QWidget):
    """A heading with its sign, a note, the counts, the list, and the steps at the bottom."""

    def __init__(self, fetch: Fetch, steps: Sequence[QPushButton]) -> None:
        super().__init__()
        self.sign = picture("info", "accent", 32)
        self.heading = words("", "title", strong=True, wrap=True)
        self.note = words("", tone="muted", wrap=True)
        self.figures = Figures()
        self.rows = RowsList(fetch)
        self.steps = Flow(*steps)
        self._steps = tuple(steps)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.figures)
        column.addWidget(self.rows, 1)
        column.addWidget(self.steps)

    def show_report(self, report: ImportReport, heading: str, note: str, sign: str) -> None:
        """Show a report; ``sign`` is the icon that goes with it."""
        tones: dict[str, Tone] = {"check": "ok", "warning": "warn"}
        set_icon(self.sign, sign, tones.get(sign, "accent"), 32)
        self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.figures.show_figures(report_text.figures(report))
        announce(self, f"{heading}. {note}")

    def focus_first(self) -> None:
        """Give the keyboard to the way on."""
        first = next((one for one in self._steps if one.isEnabled() and not one.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
