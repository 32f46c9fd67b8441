"""Several of a few values, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from perpusdesk.ui.kit.flow import Flow


class Ticks(QWidget):
    """A box for each value; a value that is none of them stays as it is."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._others: tuple[str, ...] = ()
        self._boxes = {value: QCheckBox(name) for name, value in options}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Flow(*self._boxes.values(), gap=16))
        for box in self._boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit())
        self.setFocusProxy(next(iter(self._boxes.values())))

    def tick(self, values: Sequence[str]) -> None:
        """Tick these, and no others."""
        self._others = tuple(value for value in values if value not in self._boxes)
        for value, box in self._boxes.items():
            box.setChecked(value in values)

    def ticked(self) -> tuple[str, ...]:
        """Return what is ticked, and what there was besides."""
        on = (value for value, box in self._boxes.items() if box.isChecked())
        return (*on, *self._others)
