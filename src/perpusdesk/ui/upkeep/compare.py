"""Titles side by side: which one is kept, and whose value each field takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from perpusdesk.services.cataloguing.merge_titles import MergePreview
from perpusdesk.services.cataloguing.title_hits import TitleHit
from perpusdesk.services.wording.short_fields import field_label
from perpusdesk.ui.kit.theme import colour, pixmap, scaled_font, set_type
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.upkeep import text

_EDGE: Final = 12
_ICON: Final = 18
_AIR: Final = 8
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Compare(QWidget):
    """A column for each title. ``kept`` and ``taken`` tell what was chosen."""

    kept = Signal(object)
    taken = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._groups: list[QButtonGroup] = []

    def show_titles(
        self, titles: Sequence[TitleHit], kept: UUID, preview: MergePreview, chosen: dict[str, UUID]
    ) -> None:
        """Show the titles, the one that is kept first chosen, and where they differ."""
        self._empty()
        heads = self._group()
        for column, hit in enumerate(titles, 1):
            cell = Cell(hit.title, text.about(hit))
            cell.setChecked(hit.id == kept)
            cell.clicked.connect(lambda _on, id_=hit.id: self.kept.emit(id_))
            heads.addButton(cell)
            self._grid.addWidget(cell, 0, column)
            self._grid.setColumnStretch(column, 1)
        self._grid.addWidget(self._label(text.kept_one()), 0, 0)
        for row, difference in enumerate(preview.differences, 1):
            self._grid.addWidget(self._label(field_label(difference.field)), row, 0)
            group = self._group()
            for column, hit in enumerate(titles, 1):
                value = difference.values.get(hit.id, "")
                if value:
                    cell = Cell(value)
                    cell.setChecked(chosen.get(difference.field, kept) == hit.id)
                    cell.clicked.connect(
                        lambda _on, name=difference.field, id_=hit.id: self.taken.emit(name, id_)
                    )
                    group.addButton(cell)
                    self._grid.addWidget(cell, row, column)

    def cells(self, row: int) -> list[Cell]:
        """Return the cells of a row, from the left; row 0 has the titles themselves."""
        found = (self._grid.itemAtPosition(row, at) for at in range(1, self._grid.columnCount()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if isinstance(widget, Cell)]

    def _group(self) -> QButtonGroup:
        group = QButtonGroup(self)
        self._groups.append(group)
        return group

    @staticmethod
    def _label(label: str) -> QLabel:
        made = words(label, tone="muted", wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        made.setContentsMargins(0, _AIR, 0, _AIR)
        return made

    def _empty(self) -> None:
        for group in self._groups:
            group.deleteLater()
        self._groups = []
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)


class Cell(QAbstractButton):
    """A value that can be chosen: a mark and words that wrap; ``about`` stands below, quiet."""

    def __init__(self, value: str, about: str = "") -> None:
        super().__init__()
        self._about = about
        self.setText(value)
        self.setAccessibleName(", ".join(part for part in (value, about) if part))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_type(self, strong=bool(about))
        room = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        room.setHeightForWidth(True)
        self.setSizePolicy(room)

    def sizeHint(self) -> QSize:
        """Return the room for a few words in a line."""
        return QSize(160, self.heightForWidth(160))

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(96, self.heightForWidth(max(96, self.width())))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words."""
        upper, lower = self._parts(max(40, width - self._left() - _EDGE))
        return max(32, upper + lower + 2 * _AIR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it; what is chosen on a tint, with a mark."""
        painter = QPainter(self)
        chosen = self.isChecked()
        ground = "accent_tint" if chosen else "hover" if self.underMouse() else "card"
        rounded(painter, self.rect(), fill=ground, line="accent" if chosen else "hairline")
        if chosen:
            mark = pixmap("check", "accent", _ICON, self.devicePixelRatioF())
            painter.drawPixmap(_EDGE, _AIR, _ICON, _ICON, mark)
        room = self.rect().adjusted(self._left(), _AIR, -_EDGE, -_AIR)
        upper, _lower = self._parts(room.width())
        painter.setFont(self._font())
        painter.setPen(colour("text"))
        painter.drawText(room, int(_WRAP), self.text())
        painter.setFont(scaled_font("caption", figures=True))
        painter.setPen(colour("muted"))
        painter.drawText(room.adjusted(0, upper, 0, 0), int(_WRAP), self._about)

    def _parts(self, width: int) -> tuple[int, int]:
        """Return the heights of the words and of the quiet ones."""
        room = QRect(0, 0, width, 10_000)
        upper = QFontMetrics(self._font()).boundingRect(room, int(_WRAP), self.text())
        if not self._about:
            return upper.height(), 0
        quiet = QFontMetrics(scaled_font("caption", figures=True))
        return upper.height(), quiet.boundingRect(room, int(_WRAP), self._about).height()

    def _font(self) -> QFont:
        return scaled_font(strong=bool(self._about))

    @staticmethod
    def _left() -> int:
        return _EDGE + _ICON + 6
