"""Where one is on the way: four steps in a line, the present one strong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.theme import set_icon, set_tone, set_type
from perpusdesk.ui.kit.words import picture, words


class StepStrip(QWidget):
    """Done steps have a tick, the present one is strong, the others quiet."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._labels = [words(name) for name in names]
        self._signs = [picture("check", "ok", 16) for _name in names]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for place in range(len(names)):
            row.addWidget(self._signs[place])
            row.addWidget(self._labels[place])
            if place + 1 < len(names):
                row.addWidget(picture("chevron-right", "muted", 16))
        row.addStretch(1)
        self.show_step(0)

    def show_step(self, present: int) -> None:
        """Mark the step (from 0) that one is at."""
        for place, label in enumerate(self._labels):
            strong = place == present
            set_type(label, "body", strong=strong)
            set_tone(label, "accent" if strong else "muted")
            done = place < present
            label.setText(self._names[place] if done else f"{place + 1}  {self._names[place]}")
            set_icon(self._signs[place], "check", "ok", 16)
            self._signs[place].setVisible(done)
        place_of = _("Step {place} of {of}: {name}")
        said = place_of.format(place=present + 1, of=len(self._names), name=self._names[present])
        named(self, said)
