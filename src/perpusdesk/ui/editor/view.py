"""The form of a title: head, the two views of the record, and at the side what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.ui.editor.aside import Aside
from perpusdesk.ui.editor.copies_part import CopiesPart
from perpusdesk.ui.editor.finding_rows import FindingWords
from perpusdesk.ui.editor.history_part import HistoryPart
from perpusdesk.ui.editor.notice import Notice
from perpusdesk.ui.editor.places import COLUMNS
from perpusdesk.ui.editor.raw_room import RawRoom
from perpusdesk.ui.editor.short_fields import ShortFields
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.own_escape import OwnEscape
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words

_WITH_ASIDE: Final = 150
"""Width in average characters from which there is room for the aside beside the form."""

_ASIDE_CHARS: Final = 42


class Part(StrEnum):
    """The parts of a title, in the order of the tabs."""

    FORM = "form"
    RAW = "raw"
    FILES = "files"
    ISSUES = "issues"
    HISTORY = "history"


class EditorView(OwnEscape):
    """Shows one form; all that is looked up or decided is for the page."""

    save_asked = Signal()
    left = Signal()
    part_asked = Signal(str)
    material_chosen = Signal(str)
    next_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = words("", "title", strong=True)
        self.material = Choice[str]([])
        self.material.setAccessibleName(_("Kind of material"))
        self.tabs = _tabs()
        self.draft, self.saved, self.same, self.offer = Notice(), Notice(), Notice(), Notice()
        self.ask = AskCard()
        self.copies = CopiesPart()
        self.fields = ShortFields((self.same, self.offer), self.copies)
        self.raw = RawRoom()
        self.history = HistoryPart()
        self.aside = Aside()
        self.save = primary_button(_("Save"), self.save_asked.emit, icon="check", keys="Ctrl+Enter")
        self._leave = quiet_button(_("Leave"), self.left.emit, keys="Esc")
        self.more = Flow()
        self._look = quiet_button("", self.next_asked.emit, icon="warning", keys="F7")
        self._look.hide()
        self._findings = 0
        self._narrow = False
        self._shown: list[str] = []
        self._lay_out()
        self.parts: Sequence[Part] = ()
        self.tabs.currentChanged.connect(lambda at: self.part_asked.emit(self.parts[at].value))
        self.material.activated.connect(
            lambda _index: self.material_chosen.emit(self.material.value() or "")
        )

    def _lay_out(self) -> None:
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(4, 4, 16, 16)
        inner.setSpacing(16)
        inner.addWidget(self.fields)
        self._below = QVBoxLayout()
        inner.addLayout(self._below)
        inner.addStretch(1)
        self._scroll = scrolled(room)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._scroll)
        self._parts.addWidget(self.raw)
        self._parts.addWidget(self.history)
        holder = QWidget()
        self._beside = QVBoxLayout(holder)
        self._beside.setContentsMargins(0, 4, 4, 16)
        self._side = scrolled(holder)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._parts, 1)
        row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        for part in (self.saved, self.draft, self.ask):
            column.addWidget(part)
        column.addLayout(row, 1)
        column.addLayout(self._foot())
        self._put_aside()

    def _head(self) -> QBoxLayout:
        title = QHBoxLayout()
        title.setSpacing(16)
        title.addWidget(self.heading)
        title.addWidget(self.material)
        title.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addLayout(title, 1)
        self._top.addWidget(self.tabs)
        return self._top

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Flow(self.save, self._leave, self._look), 1)
        foot.addWidget(self.more)
        return foot

    @property
    def part(self) -> Part:
        """The part in front."""
        return self.parts[self.tabs.currentIndex()] if self.parts else Part.FORM

    def show_part(self, part: Part) -> None:
        """Bring a part to the front, without asking."""
        before = self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self.parts.index(part))
        self.tabs.blockSignals(before)
        self._parts.setCurrentIndex(list(Part).index(part))

    def add_parts(self, files: QWidget, issues: QWidget) -> None:
        """Put in the parts that a title has once it is saved."""
        for part in (issues, files):
            self._parts.insertWidget(list(Part).index(Part.FILES), part)

    def show_heading(self, *, new: bool, serial: bool) -> None:
        """Show what is being done; a new title gets copies, and has nothing of its own yet."""
        self.heading.setText(_("New title") if new else _("Edit title"))
        own = [Part.FILES, *([Part.ISSUES] if serial else []), Part.HISTORY]
        self._put_tabs([Part.FORM, Part.RAW, *([] if new else own)])
        self.copies.setVisible(new)

    def show_kind(self, material: str, shown: list[str]) -> None:
        """Show the fields of a kind of material."""
        self.material.choose(material)
        self._shown = shown
        self.fields.show_kind(shown, self.columns)

    def show_findings(self, findings: Sequence[FindingWords]) -> None:
        """Show what is to be looked at: beside the form, or how much it is in the foot."""
        self.aside.findings.show_findings(findings)
        self._findings = len(findings)
        self._show_count()

    def _show_count(self) -> None:
        words_ = _("Have a look at ({n})").format(n=self._findings)
        self._look.setText(words_)
        self._look.setAccessibleName(words_)
        self._look.setVisible(self._narrow and self._findings > 0)

    def _put_tabs(self, parts: Sequence[Part]) -> None:
        names = _names()
        before = self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for part in parts:
            self.tabs.addTab(names[part])
        self.tabs.blockSignals(before)
        self.parts = parts

    def to_top(self) -> None:
        """Show the first fields."""
        self._scroll.verticalScrollBar().setValue(0)

    def begin(self, name: str) -> None:
        """Go to the first field, with the top of the form in sight."""
        self.fields.focus(name)
        QTimer.singleShot(0, self, self.to_top)

    def bring(self, name: str) -> None:
        """Go to a field of the short form, and show it."""
        self.fields.focus(name)
        self._scroll.ensureWidgetVisible(self.fields.by_name[name], 0, 24)

    @property
    def columns(self) -> int:
        """How many columns there is room for."""
        return COLUMNS // 2 if self._narrow else COLUMNS

    def on_escape(self) -> None:
        """Leave the form."""
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out by the room there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out anew when the letters grow or shrink."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        char = QFontMetrics(scaled_font()).averageCharWidth()
        narrow = self.width() < _WITH_ASIDE * max(1, char)
        self._side.setFixedWidth(_ASIDE_CHARS * char)
        if narrow != self._narrow:
            self._narrow = narrow
            self._put_aside()
            self._show_count()
            self.copies.form.arrange(self.columns)
            self.fields.show_kind(self._shown, self.columns)

    def _put_aside(self) -> None:
        (self._below if self._narrow else self._beside).addWidget(self.aside)
        way = QBoxLayout.Direction
        self._top.setDirection(way.TopToBottom if self._narrow else way.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeft if self._narrow else Qt.AlignmentFlag.AlignRight
        self._top.setAlignment(self.tabs, side)
        self._side.setVisible(not self._narrow)


def _tabs() -> QTabBar:
    bar = QTabBar()
    bar.setAccessibleName(_("Views of the record"))
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setUsesScrollButtons(False)
    return bar


def _names() -> dict[Part, str]:
    return {
        Part.FORM: _("Form"),
        Part.RAW: _("MARC fields"),
        Part.FILES: _("Files"),
        Part.ISSUES: _("Issues"),
        Part.HISTORY: _("Changes"),
    }
