"""The forms in which titles go out, each with one sentence what it is for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.transfer import out_text

FORMATS: Final = (
    ExportFormat.INLISLITE,
    ExportFormat.XLSX,
    ExportFormat.CSV,
    ExportFormat.MARC,
    ExportFormat.MARCXML,
    ExportFormat.OAI_DC,
    ExportFormat.SLIMS,
)


class FormatList(QWidget):
    """Radio buttons at the left, what each is for at the right."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[ExportFormat, QRadioButton] = {}
        group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        for row, format_ in enumerate(FORMATS):
            box = self.boxes[format_] = QRadioButton(out_text.export_name(format_))
            box.setAccessibleDescription(out_text.export_use(format_))
            group.addButton(box)
            grid.addWidget(box, row, 0, middle)
            use = words(out_text.export_use(format_), tone="muted", wrap=True)
            grid.addWidget(use, row, 1, middle)
            box.toggled.connect(lambda _on: self.changed.emit())
        self.boxes[FORMATS[0]].setChecked(True)

    def chosen(self) -> ExportFormat:
        """Return the one that is chosen."""
        return next(one for one, box in self.boxes.items() if box.isChecked())

    def choose(self, format_: ExportFormat) -> None:
        """Choose one."""
        self.boxes[format_].setChecked(True)
