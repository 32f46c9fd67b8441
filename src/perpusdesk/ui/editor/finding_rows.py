"""What is to be looked at in a record, each a line that leads to its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.theme import Tone, colour, pixmap, scaled_font, set_type
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words

_EDGE: Final = 8
_ICON: Final = 18
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding in words, its sign, and the way to its place."""

    text: str
    icon: str
    tone: Tone
    go: Callable[[], object]


class FindingRows(QWidget):
    """Hidden while there is nothing to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = words("", strong=True)
        self._rows: list[_Row] = []
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.heading)
        self.show_findings(())

    def show_findings(self, findings: Sequence[FindingWords]) -> None:
        """Show these, the worst first as they come."""
        shown = tuple((one.text, one.tone) for one in findings)
        if shown != self._shown:
            self._shown = shown
            self._fill(findings)
        for row, finding in zip(self._rows, findings, strict=True):
            row.finding = finding

    def texts(self) -> list[str]:
        """What is said."""
        return [row.finding.text for row in self._rows]

    def _fill(self, findings: Sequence[FindingWords]) -> None:
        for row in self._rows:
            row.hide()
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [_Row(finding) for finding in findings]
        for row in self._rows:
            self._column.addWidget(row)
        self.heading.setText(_("Have a look at ({n})").format(n=len(findings)))
        self.setVisible(bool(findings))


class _Row(QAbstractButton):
    """A sign and words that wrap."""

    def __init__(self, finding: FindingWords) -> None:
        super().__init__()
        self.finding = finding
        self.setText(finding.text)
        self.setAccessibleName(finding.text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_type(self)
        room = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        room.setHeightForWidth(True)
        self.setSizePolicy(room)
        self.clicked.connect(lambda _on: self.finding.go())

    def sizeHint(self) -> QSize:
        """Return the room for a few words in a line."""
        return QSize(200, self.heightForWidth(200))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words."""
        room = QRect(0, 0, max(40, width - self._left() - _EDGE), 10_000)
        words_ = QFontMetrics(scaled_font()).boundingRect(room, int(_WRAP), self.text())
        return max(32, words_.height() + 2 * _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        if self.underMouse():
            rounded(painter, self.rect(), fill="hover")
        mark = pixmap(self.finding.icon, self.finding.tone, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(_EDGE, _EDGE, _ICON, _ICON, mark)
        painter.setFont(scaled_font())
        painter.setPen(colour("text"))
        room = self.rect().adjusted(self._left(), _EDGE, -_EDGE, -_EDGE)
        painter.drawText(room, int(_WRAP), self.text())

    @staticmethod
    def _left() -> int:
        return _EDGE + _ICON + 8
