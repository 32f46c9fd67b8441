"""What narrows the list: words with counts at the left, or two choices where room is short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.services.member_lists import Facets, Standing
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.theme import TARGET, colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.members import text


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to."""

    category: UUID | None = None
    standing: Standing | None = None


class FacetWord(QAbstractButton):
    """A word with a count, on a tint while it narrows the list."""

    def __init__(self, word: str, count: int, run: Callable[[], object]) -> None:
        super().__init__()
        self._word, self._count = word, number(count)
        self.setCheckable(True)
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        named(self, f"{word}, {self._count}")
        self.clicked.connect(lambda _checked: run())

    def sizeHint(self) -> QSize:
        """Return the room for word, gap and count."""
        metrics = QFontMetrics(scaled_font(strong=True))
        wide = metrics.horizontalAdvance(f"{self._word}   {self._count}") + 24
        return QSize(wide, max(TARGET, metrics.height() + 10))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the word is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the word at the left and the count at the right."""
        painter = QPainter(self)
        if self.isChecked():
            rounded(painter, self.rect(), fill="accent_tint")
        elif self.underMouse():
            rounded(painter, self.rect(), fill="hover")
        room = QRect(self.rect()).adjusted(12, 0, -12, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(scaled_font(strong=self.isChecked()))
        painter.setPen(colour("accent" if self.isChecked() else "text"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, self._word)
        painter.setFont(scaled_font("caption", figures=True))
        painter.setPen(colour("muted"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self._count)


class FacetColumn(QScrollArea):
    """The words, one below the other; a second click on a word takes it away again."""

    asked = Signal(object)
    """A ``Narrowed``."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_facets(self, facets: Facets, narrowed: Narrowed) -> None:
        """Fill the column."""
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(2, 0, 2, 8)
        column.setSpacing(0)
        everyone = FacetWord(_("All"), facets.total, lambda: self.asked.emit(Narrowed()))
        everyone.setChecked(narrowed == Narrowed())
        column.addWidget(everyone)
        column.addWidget(_heading(_("Standing")))
        for standing, count in facets.standings:
            if count or standing is narrowed.standing:
                column.addWidget(self._standing(standing, count, narrowed))
        column.addWidget(_heading(_("Category")))
        for category, name, count in facets.categories:
            if count or category == narrowed.category:
                column.addWidget(self._category(category, name, count, narrowed))
        column.addStretch(1)
        self.setWidget(room)
        self.setMinimumWidth(room.minimumSizeHint().width() + 4)

    def _standing(self, standing: Standing, count: int, narrowed: Narrowed) -> FacetWord:
        on = narrowed.standing is standing
        to = Narrowed(narrowed.category, None if on else standing)
        word = FacetWord(text.standing_name(standing), count, lambda: self.asked.emit(to))
        word.setChecked(on)
        return word

    def _category(self, category: UUID, name: str, count: int, narrowed: Narrowed) -> FacetWord:
        on = narrowed.category == category
        to = Narrowed(None if on else category, narrowed.standing)
        word = FacetWord(name, count, lambda: self.asked.emit(to))
        word.setChecked(on)
        return word


class FacetChoices(QWidget):
    """The same in two choices beside each other."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._standing: Choice[Standing | None] = Choice([(_("Any standing"), None)])
        self._category: Choice[UUID | None] = Choice([(_("All categories"), None)])
        named(self._standing, _("Standing"))
        named(self._category, _("Category"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for choice in (self._standing, self._category):
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(10)
            row.addWidget(choice, 1)
            choice.activated.connect(lambda _index: self._chosen())

    def show_facets(self, facets: Facets, narrowed: Narrowed) -> None:
        """Fill the choices and show what is chosen."""
        standings = [(_with(text.standing_name(s), n), s) for s, n in facets.standings]
        self._standing.set_options([(_("Any standing"), None), *standings])
        self._standing.choose(narrowed.standing)
        categories = [(_with(name, n), id_) for id_, name, n in facets.categories]
        self._category.set_options([(_("All categories"), None), *categories])
        self._category.choose(narrowed.category)

    def _chosen(self) -> None:
        self.asked.emit(Narrowed(self._category.value(), self._standing.value()))


def _with(name: str, count: int) -> str:
    return f"{name} ({number(count)})"


def _heading(name: str) -> QWidget:
    label = words(name, "caption", "muted", strong=True)
    label.setContentsMargins(12, 16, 0, 4)
    return label
