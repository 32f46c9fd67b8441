"""Where a number comes from: the figures it is made of, and the list behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.figures.pack_table import FigureProof
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import Divider, words


class ProofPanel(QWidget):
    """Filled for one line at a time; ``save`` is asked for the list behind a figure."""

    def __init__(self, save: Callable[[FigureProof], object]) -> None:
        super().__init__()
        self._save = save
        self._head = words("", "lead", strong=True, wrap=True)
        self._value = words("", "title", strong=True, figures=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for part in (self._head, self._value):
            self._column.addWidget(part)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(8)
        self._column.addWidget(scrolled(self._inside), 1)

    def add_back(self, back: QPushButton) -> None:
        """Put the button above that leads back to the list."""
        self._column.insertWidget(0, back)

    def show_proof(self, name: str, value: str, proofs: Sequence[FigureProof]) -> None:
        """Show what a line's number is made of."""
        self._head.setText(name)
        self._value.setText(value)
        while (item := self._rows.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for place, proof in enumerate(proofs):
            if place:
                self._rows.addWidget(Divider())
            self._add(proof)
        self._rows.addStretch(1)

    def _add(self, proof: FigureProof) -> None:
        self._rows.addWidget(words(proof.name, strong=True, wrap=True))
        self._rows.addWidget(words(proof.value, "lead", figures=True))
        self._rows.addWidget(words(proof.meaning, "caption", "muted", wrap=True))
        if proof.measure:
            step = button(_("Save the list behind it"), lambda: self._save(proof), icon="file")
            step.setAccessibleName(_("Save the list behind {figure}").format(figure=proof.name))
            self._rows.addWidget(Flow(step))
