"""A page of the manual on the screen: in a readable measure, with its pictures, links followed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextImageFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from perpusdesk.common.i18n import _
from perpusdesk.ui.help.dressing import blocks, choose, dress, fragments, headings, indent_of
from perpusdesk.ui.help.finding import marked
from perpusdesk.ui.help.grounds import Grounds
from perpusdesk.ui.kit.theme import colour, scaled_font
from perpusdesk.ui.kit.theme.focus import NO_RING

MEASURE: Final = 72
"""Characters of a line, about."""

_SAMPLE: Final = "Pindai kartu anggota, lalu buku demi buku; tanggal kembali tampil besar."

_PICTURE: Final = 1.7
"""Most width of a page, for its pictures, in widths of a line."""

_ABOVE, _EDGE = 24, 24
_BELOW_TOP: Final = 12
_IMAGE: Final = QTextDocument.ResourceType.ImageResource.value


class Reader(QTextBrowser):
    """Shows a page; ``asked`` carries a link as it stands in the page that was clicked."""

    asked = Signal(str)

    def __init__(self, folder: Path) -> None:
        """``folder`` is where the pages' pictures are named from."""
        super().__init__()
        self._folder = folder
        self._text, self._shown = "", frozenset[str]()
        self._headings: list[QTextBlock] = []
        self._grounds: Grounds | None = None
        self._wide = False
        self._page = self._lines = self._set_for = 0
        self._moving = False
        self._top = (0, 0)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setProperty(NO_RING, True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Page of the manual"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # seen where it moves
        self.anchorClicked.connect(lambda url: self.asked.emit(url.toString()))

    def show_page(self, markdown: str, shown: Iterable[str] = ()) -> None:
        """Show a page from its top; the words ``shown`` are marked in it."""
        self._text, self._wide = markdown, False
        self._show(shown)

    def show_picture(self, name: str) -> None:
        """Show a picture of the pages alone, as large as there is room for it."""
        self._text, self._wide = f"![{name}]({name})", True
        self._show(())

    def mark(self, shown: Iterable[str]) -> None:
        """Mark these words wherever they are in the page, instead of those before."""
        self._shown = frozenset(shown)
        self.setExtraSelections([self._selection(*found) for found in self._places()])

    def go_to(self, heading: int) -> None:
        """Bring a heading to the top (counted from 0); the page's top for any other number."""
        bar = self.verticalScrollBar()
        if not 0 < heading < len(self._headings):
            bar.setValue(0)
            return
        block = self._headings[heading]
        layout = self.document().documentLayout()
        above = block.blockFormat().topMargin()
        bar.setValue(round(layout.blockBoundingRect(block).top() - min(above, 8)))

    def go_to_marked(self, heading: int) -> None:
        """Bring the first marked word below a heading into sight, the heading too if it can be."""
        self.go_to(heading)
        if not 0 <= heading < len(self._headings):
            return
        start = self._headings[heading].position()
        after = [place for place, _end in self._places() if place >= start]
        if after:
            cursor = QTextCursor(self.document())
            cursor.setPosition(after[0])
            below = self.cursorRect(cursor).bottom() - self.viewport().height()
            if below > 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + below + self.viewport().height() // 3)

    def dress_again(self) -> None:
        """Put on the look that is in use now, at the same place of the page."""
        self._moving = True
        self._set()
        self.mark(self._shown)
        self._to_top()
        self._moving = False

    def loadResource(self, kind: int, _name: QUrl | str) -> object:
        """Fetch nothing: the pictures are put into the page in the size they are shown in."""
        return QImage() if kind == _IMAGE else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure, in the middle of the room."""
        if self._moving:  # a page that is being set makes room for its bar and its margins
            super().resizeEvent(event)
            return
        self._moving = True
        super().resizeEvent(event)
        self._fit()
        if self._page != self._set_for:
            self._set()
            self.mark(self._shown)
        self._to_top()
        self._moving = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the way back and forward to the panel, which knows where somebody was."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grounds of key caps and code, then the page."""
        if self._grounds is not None:
            painter = QPainter(self.viewport())
            down = self.verticalScrollBar().value()
            painter.translate(0, -down)
            seen = QRectF(event.rect()).translated(0, down)
            self._grounds.paint(painter, seen, self._lines)
            painter.end()
        super().paintEvent(event)

    # --- inside ------------------------------------------------------------------------------

    def _show(self, shown: Iterable[str]) -> None:
        self._moving, self._top = True, (0, 0)
        self._set()
        self._moving = False
        self.mark(shown)
        self.go_to(0)

    def _set(self) -> None:
        document = self.document()
        document.setDefaultFont(scaled_font())
        self._fit()
        self.setMarkdown(self._text)
        document.setUndoRedoEnabled(False)
        dress(document, beside=self._page - self._lines)
        self._set_for = self._page
        self._put_pictures()
        self._headings = headings(document)
        self._grounds = Grounds(document)
        document.size()  # lays all of it out: the bar knows how far it goes

    def _scrolled(self, down: int) -> None:
        """Remember which letter is at the top of what is in sight, and how far below the edge."""
        if not self._moving:
            cursor = self.cursorForPosition(QPoint(0, _BELOW_TOP))
            below = self.cursorRect(cursor).top()
            self._top = (cursor.position(), below) if down else (0, 0)

    def _to_top(self) -> None:
        """Bring the letter that was at the top there again, whatever the page looks like now."""
        letter, below = self._top
        self.document().size()  # lays all of it out: the bar knows how far it goes
        if letter == 0:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(letter, self.document().characterCount() - 1))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - below)

    def _fit(self) -> None:
        """Share the room: the page in its middle, and in the page the lines at its left."""
        lines = QFontMetrics(scaled_font()).horizontalAdvance(_SAMPLE) * MEASURE // len(_SAMPLE)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        most = room - 2 * _EDGE
        self._page = most if self._wide else min(most, round(lines * _PICTURE))
        self._lines = min(lines, self._page)
        side = max(_EDGE, (room - self._page) // 2)
        self.setViewportMargins(side, _ABOVE, max(_EDGE, room - self._page - side), 0)
        self.setLineWrapColumnOrWidth(self._page)

    def _put_pictures(self) -> None:
        """Put in each picture, as wide as the page at most."""
        for block in blocks(self.document()):
            room = self._page - indent_of(block)
            for piece in fragments(block):
                if piece.charFormat().isImageFormat():
                    self._put_picture(piece, piece.charFormat().toImageFormat(), room)

    def _put_picture(self, piece: QTextFragment, found: QTextImageFormat, room: int) -> None:
        picture = self._picture(found.name())
        if picture is None:
            return
        size = _shown_size(picture.size(), room)
        made = QTextImageFormat(found)
        made.setWidth(size.width())
        made.setHeight(size.height())
        if size.width() < picture.width() and not self._wide:
            made.setAnchor(True)  # it is shown larger when it is asked for
            made.setAnchorHref(found.name())
        framed = _framed(picture, size, self.devicePixelRatioF())
        self.document().addResource(_IMAGE, QUrl(found.name()), framed)
        cursor = QTextCursor(self.document())
        choose(cursor, piece)
        cursor.setCharFormat(made)

    def _picture(self, name: str) -> QImage | None:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            return None
        picture = QImage(str(path))
        return None if picture.isNull() else picture

    def _places(self) -> list[tuple[int, int]]:
        return marked(self.toPlainText(), self._shown) if self._shown else []

    def _selection(self, start: int, end: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format.setBackground(colour("warn_tint"))
        made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        made.format.setUnderlineColor(colour("warn"))
        return made


def _shown_size(picture: QSize, widest: int) -> QSize:
    if picture.width() <= widest:
        return picture
    return QSize(widest, round(picture.height() * widest / picture.width()))


def _framed(picture: QImage, size: QSize, ratio: float) -> QImage:
    """Return the picture scaled well, with a hairline round it that parts it from the page."""
    made = picture.scaled(
        size * ratio,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(made)
    painter.setPen(QPen(colour("hairline"), 2))
    painter.drawRect(made.rect())
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
