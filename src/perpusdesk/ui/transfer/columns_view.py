"""What the columns of a table mean: each with its first values beside the choice of its meaning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.transfer.import_looks import TableLook
from perpusdesk.ui.kit.words import Divider, words
from perpusdesk.ui.transfer import file_text
from perpusdesk.ui.transfer.calm_choice import CalmChoice
from perpusdesk.ui.transfer.field_names import field_choices

Corrected = Callable[[TableLook, dict[str, str]], object]


class ColumnsView(QWidget):
    """Two columns: the file's (with samples), and what each is taken for."""

    def __init__(self, table: TableLook, corrected: Corrected) -> None:
        """``corrected`` hears all meanings whenever somebody chose another one."""
        super().__init__()
        self._table, self._corrected = table, corrected
        self.choices: dict[str, CalmChoice[str]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(words(_("Column in the file"), "caption", "muted", strong=True), 0, 0)
        grid.addWidget(words(_("Means in PerpusDesk"), "caption", "muted", strong=True), 0, 1)
        options = field_choices(table.kind)
        for place, name in enumerate(table.header):
            if name and name not in self.choices:
                self._add_row(grid, place, name, options)

    def meanings(self) -> dict[str, str]:
        """Return what each column is taken for now ("" for nothing)."""
        return {name: choice.value() or "" for name, choice in self.choices.items()}

    def show_meanings(self, table: TableLook) -> None:
        """Show what the columns are taken for now."""
        self._table = table
        for name, choice in self.choices.items():
            choice.choose_if_offered(table.meanings.get(name, ""))

    def _add_row(
        self, grid: QGridLayout, place: int, name: str, options: list[tuple[str, str]]
    ) -> None:
        row = grid.rowCount()
        grid.addWidget(Divider(), row, 0, 1, 2)
        grid.addWidget(_column(name, self._table.samples[place]), row + 1, 0)
        meaning = self._table.meanings.get(name, "")
        label = _("Meaning of column {name}").format(name=name)
        choice = CalmChoice(options, label)
        choice.choose_if_offered(meaning)
        choice.activated.connect(lambda _place: self._corrected(self._table, self.meanings()))
        self.choices[name] = choice
        grid.addWidget(choice, row + 1, 1, Qt.AlignmentFlag.AlignVCenter)


def _column(name: str, values: tuple[str, ...]) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(words(_breakable(name), strong=True, wrap=True))
    column.addWidget(words(_breakable(file_text.samples(values)), "caption", "muted", wrap=True))
    return cell


def _breakable(said: str) -> str:
    """Let long words of a file (addresses, codes) be broken anywhere after some letters."""
    parts = (word if len(word) <= _LONG else "\u200b".join(_cut(word)) for word in said.split(" "))
    return " ".join(parts)


_LONG = 14


def _cut(word: str) -> list[str]:
    return [word[start : start + _LONG] for start in range(0, len(word), _LONG)]
