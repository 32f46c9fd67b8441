"""One chosen file: what was recognised, as what it is to be read, and what its columns mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.exchange.open_files import Format
from perpusdesk.services.transfer.import_looks import FileLook, TableLook
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import icon_button, quiet_button
from perpusdesk.ui.kit.theme import RADIUS_CARD, set_icon, set_tone
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.transfer import file_text
from perpusdesk.ui.transfer.calm_choice import CalmChoice
from perpusdesk.ui.transfer.columns_view import ColumnsView

_CHOICE_WIDTH = 15


class FileCard(QWidget):
    """``format_said`` carries a format, ``columns_said`` a table and its meanings."""

    removed = Signal()
    format_said = Signal(object)
    columns_said = Signal(object, object)

    def __init__(self, look: FileLook, open_tables: set[int] | None = None) -> None:
        """``open_tables`` are the places of the tables whose columns are to be seen."""
        super().__init__()
        self.look = look
        self.views: dict[int, ColumnsView] = {}
        self._folds: dict[int, tuple[QPushButton, QLabel]] = {}
        self.format: CalmChoice[Format] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 12, 12)
        self._column.setSpacing(8)
        self._column.addLayout(self._head())
        for place, table in enumerate(look.tables):
            shown = not table.usable or (open_tables is not None and place in open_tables)
            self._add_table(place, table, shown=shown)
        self._say()

    def fits(self, look: FileLook) -> bool:
        """Whether the same columns and choices serve for this look."""
        return (
            self.look.strange is None is look.strange
            and self.look.said_format is look.said_format
            and [(one.header, one.kind) for one in self.look.tables]
            == [(one.header, one.kind) for one in look.tables]
        )

    def show_look(self, look: FileLook) -> None:
        """Show another look at the same file; the keyboard stays where it is."""
        self.look = look
        for place, table in enumerate(look.tables):
            self.views[place].show_meanings(table)
            self._say_columns(place, table)
        self._say()

    @property
    def open_tables(self) -> set[int]:
        """The places of the tables whose columns are to be seen."""
        return {place for place, view in self.views.items() if not view.isHidden()}

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        rounded(QPainter(self), self.rect(), fill="card", line="hairline", radius=RADIUS_CARD)

    def _head(self) -> QGridLayout:
        look = self.look
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        self._sign = picture("file", "accent", 24)
        self._said = words("", tone="muted", wrap=True)
        grid.addWidget(self._sign, 0, 0, 2, 1, top)
        grid.addWidget(words(_soft(look.path.name), strong=True, wrap=True), 0, 1)
        grid.addWidget(self._said, 1, 1)
        if look.strange is None:
            self.format = self._choice()
            grid.addWidget(self.format, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        name = _("Leave {file} out").format(file=look.path.name)
        self.remove = icon_button("close", name, self.removed.emit)
        grid.addWidget(self.remove, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        return grid

    def _say(self) -> None:
        """Say what was recognised, or why the file is of no use."""
        look, bad = self.look, not self.look.usable
        said = file_text.recognised(look)
        if look.strange is not None:
            said = " ".join(file_text.strange(look.strange))
        self._said.setText(said)
        set_tone(self._said, "warn" if bad else "muted")
        set_icon(self._sign, "warning" if bad else "file", "warn" if bad else "accent", 24)
        named(self, f"{look.path.name}: {said}")

    def _say_columns(self, place: int, table: TableLook) -> None:
        fold, hint = self._folds[place]
        fold.setText(file_text.columns_known(table, named=len(self.look.tables) > 1))
        fold.setAccessibleName(fold.text())
        hint.setText(file_text.columns_hint(table))
        set_tone(hint, "muted" if table.usable else "warn")

    def _choice(self) -> CalmChoice[Format]:
        choice = CalmChoice(
            file_text.format_choices(self.look), _("{file} is").format(file=self.look.path.name)
        )
        if (said := self.look.said_format) is not None:
            choice.choose(said)
        choice.activated.connect(lambda _place: self.format_said.emit(choice.value()))
        width = self.fontMetrics().averageCharWidth() * _CHOICE_WIDTH
        choice.setMinimumWidth(width)
        choice.setMaximumWidth(2 * width)
        return choice

    def _add_table(self, place: int, table: TableLook, *, shown: bool) -> None:
        view = ColumnsView(table, self.columns_said.emit)
        hint = words("", "caption", "muted", wrap=True)
        self.views[place] = view
        fold = quiet_button("", icon=_chevron(shown=shown))
        self._folds[place] = fold, hint
        self._say_columns(place, table)
        fold.clicked.connect(lambda _checked: _toggle(fold, view, hint))
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(fold)
        row.addStretch(1)
        inner = QVBoxLayout()
        inner.setContentsMargins(36, 0, 4, 4)
        inner.addWidget(hint)
        inner.addWidget(view)
        self._column.addLayout(row)
        self._column.addLayout(inner)
        if not shown:
            view.hide()
            hint.hide()


def _toggle(fold: QPushButton, view: QWidget, hint: QWidget) -> None:
    shown = view.isHidden()
    for part in (view, hint):
        part.setVisible(shown)
    set_icon(fold, _chevron(shown=shown), "accent")


def _chevron(*, shown: bool) -> str:
    return "chevron-up" if shown else "chevron-down"


def _soft(name: str) -> str:
    """Let long names of files break after their marks."""
    for mark in "_-.":
        name = name.replace(mark, f"{mark}\u200b")
    return name
