"""The record's own lines as text in three columns: tag, indicators, content."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.theme import Tone, colour, scaled_font, set_type

_TAG_CHARS: Final = 7
_MARK_CHARS: Final = 6
_TABS: Final = 2
_CODE: Final = re.compile(r"\$[0-9a-z]")
_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_GROUNDS: Final[dict[Tone, str]] = {"bad": "bad_tint", "warn": "warn_tint"}


class RawView(QTextEdit):
    """Ordinary text editing, with fields as lines.

    Tab goes from column to column; Enter begins a new field; Alt+Up and Alt+Down move the field,
    Ctrl+Delete removes it. ``line_changed`` tells the place of the cursor's line.
    """

    line_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._line = -1
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_type(self, figures=True)
        named(self, _("The record's fields"), _("Tag, indicators and subfields, one field a line."))
        self._colours = _Colours(self.document())
        self.cursorPositionChanged.connect(self._moved)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines; what was undone before is forgotten."""
        before = self.blockSignals(True)
        self.setPlainText("\n".join(lines))
        self._shape()
        self.document().clearUndoRedoStacks()
        self.blockSignals(before)
        self._line = -1
        self._moved()

    def lines(self) -> list[str]:
        """Return the lines as they stand."""
        return self.toPlainText().split("\n")

    @property
    def line(self) -> int:
        """The place of the cursor's line, from 0."""
        return self.textCursor().blockNumber()

    def go_to(self, line: int) -> None:
        """Put the cursor at the end of a line and take the keyboard."""
        cursor = QTextCursor(self.document().findBlockByNumber(line))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self, tones: Mapping[int, Tone]) -> None:
        """Lay a quiet ground under lines, by their place, in the tone of what is said of them."""
        marks = []
        for place, tone in tones.items():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(place))
            mark.format.setBackground(colour(_GROUNDS.get(tone, "accent_tint")))
            mark.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)

    # --- the keyboard ------------------------------------------------------------------------

    def insert_line(self) -> None:
        """Begin a new field below the cursor's line."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText("\n")
        self.setTextCursor(cursor)

    def remove_line(self) -> None:
        """Remove the cursor's field."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        last = not cursor.block().next().isValid()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if last:
            cursor.deletePreviousChar()
        else:
            cursor.deleteChar()
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def move_line(self, by: int) -> None:
        """Move the cursor's field up (-1) or down (1); the leader stays on top."""
        here = self.textCursor().block()
        other = here.next() if by > 0 else here.previous()
        least = 1 if by < 0 else 0
        if not other.isValid() or other.blockNumber() < least or here.blockNumber() < 1:
            return
        upper, lower = (other, here) if by < 0 else (here, other)
        column = self.textCursor().positionInBlock()
        swapped = f"{lower.text()}\n{upper.text()}"
        cursor = QTextCursor(upper)
        start = lower.position() + lower.length() - 1
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        target = here.blockNumber() + by
        cursor.insertText(swapped)
        block = self.document().findBlockByNumber(target)
        cursor.setPosition(block.position() + min(column, block.length() - 1))
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Keep Tab and the keys of lines for the text."""
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and self._command(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from column to column, and move and remove fields."""
        run = self._command(event)
        if run is None:
            super().keyPressEvent(event)
        else:
            run()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the columns in step with the text size, the colours with the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._shape()
        elif event.type() == QEvent.Type.PaletteChange:
            self._colours.rehighlight()

    # --- inside ------------------------------------------------------------------------------

    def _command(self, event: QKeyEvent) -> Callable[[], None] | None:
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Tab and held == Qt.KeyboardModifier.NoModifier:
            return lambda: self._next_column(1)
        if key == Qt.Key.Key_Backtab:
            return lambda: self._next_column(-1)
        if held == Qt.KeyboardModifier.AltModifier and key in _STEPS:
            return lambda: self.move_line(_STEPS[key])
        if held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Delete:
            return self.remove_line
        return None

    def _next_column(self, by: int) -> None:
        """Go to the start of the next or former column; past the last, to the next line."""
        cursor = self.textCursor()
        block, at = cursor.block(), cursor.positionInBlock()
        if by > 0:
            tab = block.text().find("\t", at)
            if tab < 0 and block.text().count("\t") < _TABS:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                cursor.insertText("\t")
            elif tab < 0:
                cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
            else:
                cursor.setPosition(block.position() + tab + 1)
        else:
            tab = block.text().rfind("\t", 0, max(0, at - 1))
            cursor.setPosition(block.position() + tab + 1)
            if at == 0:
                cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)

    def _moved(self) -> None:
        if self.line != self._line:
            self._line = self.line
            self.line_changed.emit(self._line)

    def _shape(self) -> None:
        """Set the columns' stops; lines that wrap go on in the third column."""
        char = QFontMetrics(scaled_font(figures=True)).averageCharWidth()
        first, second = _TAG_CHARS * char, (_TAG_CHARS + _MARK_CHARS) * char
        shape = QTextBlockFormat()
        left = Qt.AlignmentFlag.AlignLeft
        stop = QTextOption.TabType.LeftTab
        shape.setLeftMargin(second)
        shape.setTextIndent(-second)
        shape.setTopMargin(3)
        shape.setBottomMargin(3)
        shape.setAlignment(left)
        shape.setTabPositions([QTextOption.Tab(first, stop), QTextOption.Tab(second, stop)])
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(shape)


class _Colours(QSyntaxHighlighter):
    """Tags strong, indicators quiet, the codes of subfields in the accent."""

    def highlightBlock(self, text: str) -> None:
        """Colour a line."""
        tag, marks = QTextCharFormat(), QTextCharFormat()
        tag.setFontWeight(QFont.Weight.DemiBold)
        marks.setForeground(colour("muted"))
        parts = text.split("\t", _TABS)
        self.setFormat(0, len(parts[0]), tag)
        if len(parts) > 1:
            self.setFormat(len(parts[0]) + 1, len(parts[1]), marks)
        code = QTextCharFormat()
        code.setForeground(colour("accent"))
        code.setFontWeight(QFont.Weight.DemiBold)
        for found in _CODE.finditer(text):
            self.setFormat(found.start(), 2, code)
