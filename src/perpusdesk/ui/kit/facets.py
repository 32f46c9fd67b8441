"""What narrows a list, as words with counts one below the other; one tab stop, arrows within."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.theme import TARGET, colour, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words

SHOWN: Final = 6
"""Values of a group before the rest has to be asked for."""

_EDGE: Final = 12
_GAP: Final = 8
_WIDE: Final = 30
"""Width of the column in average characters."""

ALL: Final = ""
"""The group name that stands for no narrowing at all."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One word with its count; ``key`` is what the list is narrowed to by it."""

    key: Hashable
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Words of one sort under a heading; ``chosen`` is the key that narrows now, or ``None``.

    Of more than ``most`` words the rest has to be asked for.
    """

    name: str
    heading: str
    values: Sequence[FacetValue]
    chosen: Hashable | None = None
    most: int = SHOWN


class FacetWord(QAbstractButton):
    """A word with a count, on a tint while it narrows the list."""

    moved = Signal(int)
    """An arrow key: so many words further."""

    def __init__(self, word: str, count: int | None, run: Callable[[], object]) -> None:
        """``count`` is ``None`` for a word that does something else than narrowing."""
        super().__init__()
        self._word, self._count = word, "" if count is None else number(count)
        self.setCheckable(count is not None)
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        named(self, f"{word}, {self._count}" if self._count else word)
        self.setToolTip(word)
        self.clicked.connect(lambda _checked: run())

    def sizeHint(self) -> QSize:
        """Return the room for word, gap and count."""
        metrics = QFontMetrics(scaled_font(strong=True))
        wide = metrics.horizontalAdvance(f"{self._word}  {self._count}") + 2 * _EDGE
        return QSize(wide, max(TARGET, metrics.height() + 10))

    def minimumSizeHint(self) -> QSize:
        """Return little width: a long word is cut, and whole in the tip."""
        return QSize(4 * _EDGE, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter narrows like a click; the arrows move on."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in steps:
            self.moved.emit(steps[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the word at the left and the count at the right."""
        painter = QPainter(self)
        if self.isChecked():
            rounded(painter, self.rect(), fill="accent_tint")
        elif self.underMouse():
            rounded(painter, self.rect(), fill="hover")
        room = QRect(self.rect()).adjusted(_EDGE, 0, -_EDGE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(scaled_font("caption", figures=True))
        painter.setPen(colour("muted"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self._count)
        if self._count:
            taken = painter.fontMetrics().horizontalAdvance(self._count) + _GAP
            room.adjust(0, 0, -taken, 0)
        painter.setFont(scaled_font(strong=self.isChecked()))
        accent = self.isChecked() or not self._count
        painter.setPen(colour("accent" if accent else "text"))
        shown = painter.fontMetrics().elidedText(
            self._word, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)


class FacetColumn(QScrollArea):
    """All groups below *All*; a second click on a word takes it away again.

    The keyboard stays on its word when the
    counts change.
    """

    asked = Signal(str, object)
    """The name of a group and the key to narrow to, or ``None``; ``ALL`` takes everything away."""

    def __init__(self, all_word: Callable[[], str] = lambda: _("All")) -> None:
        super().__init__()
        self._all_word = all_word
        self._words: dict[tuple[str, Hashable | None], FacetWord] = {}
        self._order: list[FacetWord] = []
        self._open: set[str] = set()
        self._shown: tuple[int, Sequence[FacetGroup]] = (0, ())
        self._left: int | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_groups(
        self, total: int, groups: Sequence[FacetGroup], left: int | None = None
    ) -> None:
        """Fill the column; ``total`` is how many there would be without any narrowing.

        ``left`` is how many there are now; where it is told, a group that could not narrow them is
        left out.
        """
        before = next((key for key, word in self._words.items() if word.hasFocus()), None)
        place = self.verticalScrollBar().value()
        self._shown = (total, groups)
        self._left = left
        self._fill()
        self.verticalScrollBar().setValue(place)
        if before is not None:
            self._focus(before if before in self._words else (ALL, None))

    def take_keyboard(self) -> None:
        """Move the keyboard to what narrows now, else to the first word."""
        chosen = [key for key, word in self._words.items() if word.isChecked()]
        self._focus(chosen[-1] if chosen else (ALL, None))

    def word(self, group: str, key: Hashable | None) -> FacetWord | None:
        """Return a word that is shown."""
        return self._words.get((group, key))

    def _fill(self) -> None:
        total, groups = self._shown
        self._words, self._order = {}, []
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(4, 4, 4, 8)
        column.setSpacing(0)
        everything = self._add(column, ALL, FacetValue(None, self._all_word(), total))
        everything.setChecked(all(group.chosen is None for group in groups))
        for group in groups:
            if group.chosen is not None or self._narrows(group):
                self._add_group(column, group)
        column.addStretch(1)
        self.setWidget(room)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the width in step with the text size."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Be as wide as ordinary words, always the same: what stands beside must not jump."""
        chars = QFontMetrics(scaled_font()).averageCharWidth()
        self.setFixedWidth(chars * _WIDE + self.verticalScrollBar().sizeHint().width())

    def _add_group(self, column: QVBoxLayout, group: FacetGroup) -> None:
        column.addWidget(_heading(group.heading))
        values = list(group.values)
        if group.name not in self._open and len(values) > group.most + 1:
            kept = [value for value in values[group.most :] if value.key == group.chosen]
            values = [*values[: group.most], *kept]
        for value in values:
            self._add(column, group.name, value).setChecked(value.key == group.chosen)
        left = len(group.values) - len(values)
        if left:
            verb = _("{n} more").format(n=number(left))
            column.addWidget(self._joined(FacetWord(verb, None, lambda: self._unfold(group.name))))

    def _narrows(self, group: FacetGroup) -> bool:
        left = self._left
        if left is None or len(group.values) > 1:
            return bool(group.values)
        return any(0 < value.count < left for value in group.values)

    def _add(self, column: QVBoxLayout, group: str, value: FacetValue) -> FacetWord:
        word = FacetWord(value.word, value.count, lambda: self._ask(group, value.key))
        self._words[group, value.key] = word
        column.addWidget(self._joined(word))
        return word

    def _joined(self, word: FacetWord) -> FacetWord:
        word.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._order else Qt.FocusPolicy.TabFocus)
        word.moved.connect(lambda step: self._move(word, step))
        self._order.append(word)
        return word

    def _move(self, word: FacetWord, step: int) -> None:
        place = self._order.index(word) + step
        if 0 <= place < len(self._order):
            self._take(self._order[place])

    def _take(self, word: FacetWord) -> None:
        """Give a word the keyboard: it alone is a tab stop from now on."""
        for other in self._order:
            other.setFocusPolicy(
                Qt.FocusPolicy.TabFocus if other is word else Qt.FocusPolicy.NoFocus
            )
        word.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(word, 0, 24)

    def _ask(self, group: str, key: Hashable | None) -> None:
        chosen = next((one.chosen for one in self._shown[1] if one.name == group), None)
        self.asked.emit(group, None if key == chosen else key)

    def _unfold(self, group: str) -> None:
        self._open.add(group)
        self._fill()
        unfolded = next(one for one in self._shown[1] if one.name == group)
        self._focus((group, unfolded.values[unfolded.most].key))

    def _focus(self, key: tuple[str, Hashable | None]) -> None:
        word = self._words.get(key)
        if word is not None:
            self._take(word)


def _heading(name: str) -> QWidget:
    label = words(name, "caption", "muted", strong=True)
    label.setContentsMargins(_EDGE, 16, 0, 4)
    return label
