"""A page of Markdown as a well set page: type, air, tables, key caps, links; from tokens alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
)

from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.dress import Size

LINE: Final = 145.0
"""Distance from line to line, in percent of the type's own."""

_HEADINGS: Final[tuple[tuple[Size, float], ...]] = (("title", 0), ("lead", 28), ("body", 20))
"""Type of a heading and the air above it, by level; what is deeper is as the last."""

_AIR, _CLOSE = 12.0, 6.0
_CODE: Final = 12.0
"""Between the edge of a block of code and its letters."""
_INDENT: Final = 28.0
_CELL: Final = 8.0
_MANY: Final = 3
"""Columns from which a table takes the room that pictures have."""
_SET_KEY, _SET_CODE = 0.9, 0.95
"""Sizes of keys and of code, as parts of the type round them."""
_THIN: Final = "\u202f"
"""A space that no line breaks at: the sides of a key cap."""

_NAMED_KEYS: Final = (
    "Ctrl|Alt|Shift|Esc|Enter|Tab|Del|Delete|Home|End|PgUp|PgDn|Space|Spasi|F\\d{1,2}"
)
_KEYS: Final = re.compile(rf"(?:(?:{_NAMED_KEYS})\+)*(?:{_NAMED_KEYS}|[A-Z0-9?>,.←→↑↓+/-])")

CAP: Final = QTextFormat.Property.UserProperty.value + 1
"""Property of letters that stand on a ground of their own (``key`` or ``code``)."""

_P = QTextFormat.Property


def dress(document: QTextDocument, *, beside: float = 0) -> None:
    """Set the page that ``document`` holds in the look in use; do it once after each reading.

    ``beside`` is what lines leave free at their right; pictures take it.
    """
    document.setDocumentMargin(0)
    document.setIndentWidth(_INDENT)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    tables = _tables(document)
    for block in blocks(document):
        _dress_block(cursor, block, beside)
    for table in tables:
        _dress_table(table, beside)
    _dress_words(document, cursor)
    cursor.endEditBlock()


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Yield all blocks of a page."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def fragments(block: QTextBlock) -> list[QTextFragment]:
    """Return the pieces of a block that are set alike."""
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        found.append(pieces.fragment())
        pieces += 1
    return found


def headings(document: QTextDocument) -> list[QTextBlock]:
    """Return the headings of a page in order."""
    return [block for block in blocks(document) if block.blockFormat().headingLevel()]


def indent_of(block: QTextBlock) -> int:
    """Return how far a block is set in, in pixels."""
    listed = block.textList()
    steps = block.blockFormat().indent() + (listed.format().indent() if listed is not None else 0)
    return round(steps * _INDENT + block.blockFormat().leftMargin())


def is_code(block: QTextBlock) -> bool:
    """Tell whether a block is a line of a block of code."""
    found = block.blockFormat()
    fenced = found.hasProperty(_P.BlockCodeFence.value)
    return block.isValid() and (fenced or found.hasProperty(_P.BlockCodeLanguage.value))


def is_quote(block: QTextBlock) -> bool:
    """Tell whether a block is a note beside the text (written as a quotation)."""
    return block.isValid() and block.blockFormat().hasProperty(_P.BlockQuoteLevel.value)


def is_keys(words: str) -> bool:
    """Tell whether what is set as code are keys: ``Ctrl+K``, ``F5``, ``?``."""
    return _KEYS.fullmatch(words) is not None


def choose(cursor: QTextCursor, piece: QTextFragment) -> None:
    """Let ``cursor`` select a piece."""
    cursor.setPosition(piece.position())
    cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)


def _tables(document: QTextDocument) -> list[QTextTable]:
    frames = document.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]


def _dress_block(cursor: QTextCursor, block: QTextBlock, beside: float) -> None:
    found = block.blockFormat()
    cursor.setPosition(block.position())
    level = found.headingLevel()
    made = QTextBlockFormat()
    pictured = any(piece.charFormat().isImageFormat() for piece in fragments(block))
    _set_line(made, 100 if pictured else LINE)
    made.setRightMargin(0 if pictured else beside)
    if level:
        _dress_heading(cursor, block, made, level)
    elif cursor.currentTable() is not None:
        made.setTopMargin(0)
        made.setBottomMargin(0)
        made.setRightMargin(0)
    elif is_code(block):
        made.setLeftMargin(_CODE)
        made.setTopMargin(0 if is_code(block.previous()) else _CODE)
        made.setBottomMargin(0 if is_code(block.next()) else _AIR + _CODE)
    elif is_quote(block):
        made.setLeftMargin(_CODE + 4)
        made.setRightMargin(beside + _CODE)
        made.setTopMargin(_CLOSE if is_quote(block.previous()) else _CODE)
        made.setBottomMargin(0 if is_quote(block.next()) else _AIR + _CODE)
    elif block.textList() is not None:
        last = block.next().textList() is None
        made.setTopMargin(0)
        made.setBottomMargin(_AIR if last else _CLOSE)
    else:
        made.setTopMargin(0)
        made.setBottomMargin(_AIR)
    cursor.mergeBlockFormat(made)


def _set_line(made: QTextBlockFormat, percent: float) -> None:
    made.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)


def _dress_heading(
    cursor: QTextCursor, block: QTextBlock, made: QTextBlockFormat, level: int
) -> None:
    size, above = _HEADINGS[min(level, len(_HEADINGS)) - 1]
    made.setTopMargin(above if block.position() else 0)
    made.setBottomMargin(_AIR if level == 1 else _CLOSE)
    _set_line(made, 120)
    for piece in fragments(block):
        letters = QTextCharFormat(piece.charFormat())
        letters.clearProperty(_P.FontSizeAdjustment.value)  # Qt's own idea of a heading's size
        letters.setFont(scaled_font(size, strong=True))
        choose(cursor, piece)
        cursor.setCharFormat(letters)
    cursor.setPosition(block.position())


def _dress_table(table: QTextTable, beside: float) -> None:
    made = table.format()
    made.setBorderCollapse(True)
    made.setBorder(0)
    made.setCellPadding(0)
    made.setCellSpacing(0)
    made.setTopMargin(4)
    made.setBottomMargin(_AIR)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setRightMargin(beside if table.columns() < _MANY else 0)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    table.setFormat(made)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            cell.setFormat(_cell(cell.format(), head=row == 0, first=column == 0))


def _cell(found: QTextCharFormat, *, head: bool, first: bool) -> QTextCharFormat:
    made = QTextTableCellFormat()
    made.merge(found)
    made.setBottomBorder(1)
    made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBottomBorderBrush(colour("line" if head else "hairline"))
    made.setTopPadding(_CELL)
    made.setBottomPadding(_CELL)
    made.setLeftPadding(0 if first else _CELL)
    made.setRightPadding(_CELL)
    return made


def _dress_words(document: QTextDocument, cursor: QTextCursor) -> None:
    """Set keys, code and links; from the end, for key caps grow."""
    for block in reversed(list(blocks(document))):
        whole = is_code(block)
        head = _in_head(cursor, block)
        for piece in reversed(fragments(block)):
            letters = piece.charFormat()
            choose(cursor, piece)
            if head:
                cursor.mergeCharFormat(_head())
            if letters.isAnchor():
                cursor.mergeCharFormat(_link())
            if not letters.isImageFormat() and letters.fontFixedPitch():
                _dress_code(cursor, piece.text(), whole=whole)


def _in_head(cursor: QTextCursor, block: QTextBlock) -> bool:
    cursor.setPosition(block.position())
    table = cursor.currentTable()
    return table is not None and table.cellAt(cursor).row() == 0


def _head() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.DemiBold)
    made.setForeground(colour("muted"))
    return made


def _link() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour("accent"))
    made.setFontUnderline(True)
    return made


def _dress_code(cursor: QTextCursor, words: str, *, whole: bool) -> None:
    made = QTextCharFormat()
    keys = not whole and is_keys(words)
    if keys:
        font = scaled_font(strong=True)
    else:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(scaled_font().pointSizeF() * (_SET_KEY if keys else _SET_CODE))
    made.setFont(font)
    if whole:
        cursor.mergeCharFormat(made)
        return
    made.setProperty(CAP, "key" if keys else "code")
    cursor.mergeCharFormat(made)
    if not keys:
        return
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    letters = cursor.charFormat()
    for place in (end, start):
        cursor.setPosition(place)
        cursor.insertText(_THIN, letters)
