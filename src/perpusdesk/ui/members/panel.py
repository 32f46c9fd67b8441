"""The chosen member beside the list: head, questions, and what there is to know in tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QMenu,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import icon
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.members import money_tab, now_tab, text
from perpusdesk.ui.members.panel_head import PanelHead
from perpusdesk.ui.members.photo_card import PhotoCard
from perpusdesk.ui.members.privacy_section import PrivacySection
from perpusdesk.ui.members.record_tab import RecordTab

_LEAST: Final = 240
"""Pixels of height that a tab keeps; where that is too much the whole panel scrolls."""


class Tab(StrEnum):
    """The tabs, in order."""

    NOW = "now"
    PAST = "past"
    MONEY = "money"
    RECORD = "record"
    CHANGES = "changes"


class Doings(now_tab.Doings, money_tab.Doings, Protocol):
    """What the panel's buttons ask for."""

    @property
    def section(self) -> PrivacySection:
        """Return the section of personal data."""

    def to_desk(self) -> None:
        """Open the member's visit at the desk."""

    def edit(self) -> None:
        """Open the form."""

    def extend(self) -> None:
        """Extend the membership."""

    def make_card(self) -> None:
        """Make the member's card."""

    def ask_letter(self) -> None:
        """Ask for what the letter is wanted."""

    def ask_photo(self) -> None:
        """Take or choose a photo."""

    def ask_block(self) -> None:
        """Ask why the member is blocked."""

    def show_privacy(self) -> None:
        """Show the section of personal data."""

    def show_history(self) -> None:
        """Show all that was done about the member, and by whom."""

    def back_to_list(self) -> None:
        """Leave the panel where it covers the list."""


class MemberPanel(QWidget):
    """Shows one ``MemberCard``; ``tab_opened`` tells which tab wants to be filled."""

    tab_opened = Signal(str)

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self.back = quiet_button(_("Back to the list"), doings.back_to_list, keys="Esc")
        self.head = PanelHead()
        self.steps = Flow(
            primary_button(_("Open at the desk"), doings.to_desk, icon="desk", keys="F4"),
            button(_("Edit"), doings.edit, keys="Ctrl+E"),
            button(_("Extend"), doings.extend, keys="F8"),
            self._more(doings),
        )
        self.ask = AskCard()
        self.photo = PhotoCard()
        self.bar = _tabs()
        self.now = now_tab.NowTab(doings)
        self.past = RecordList(_("Earlier loans"), text.past_row)
        self.past_none = words(_("Nothing was ever borrowed."), tone="muted")
        self.past_none.setIndent(12)
        self.money = money_tab.MoneyTab(doings)
        self.record = RecordTab()
        self.privacy = doings.section
        self.changes = RecordList(_("Changes"), text.changes_row)
        self._pages = QStackedWidget()
        for page in (
            scrolled(self.now),
            _padded(self.past_none, self.past),
            self.money,
            scrolled(_below(self.record, self.privacy)),
            _padded(self.changes),
        ):
            self._pages.addWidget(page)
        self.bar.currentChanged.connect(self._turned)
        self._lay_out()

    def _lay_out(self) -> None:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(4, 0, 8, 0)
        column.setSpacing(12)
        for part in (self.back, self.head, self.steps, self.ask, self.photo):
            left = part is self.back
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        self._pages.setMinimumHeight(_LEAST)
        self._scroll = scrolled(room)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return list(Tab)[self.bar.currentIndex()]

    def open_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.bar.setCurrentIndex(list(Tab).index(tab))

    def show_privacy(self) -> None:
        """Scroll to the section of personal data."""
        page = self._pages.currentWidget()
        if isinstance(page, QScrollArea):
            page.ensureWidgetVisible(self.privacy, 0, 0)
            page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())

    def to_top(self) -> None:
        """Show the head and whatever question stands below it."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_member(self, card: MemberCard) -> None:
        """Fill head and the tabs that need nothing more."""
        self.head.show_member(card)
        self.now.show_member(card)
        self.record.show_member(card)

    def show_past(self, lines: Sequence[Any]) -> None:
        """Fill the tab of earlier loans."""
        self.past.show_records(lines)
        self.past.setVisible(bool(lines))
        self.past_none.setVisible(not lines)

    def _turned(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        self.tab_opened.emit(self.tab.value)

    def _more(self, doings: Doings) -> QWidget:
        more = button(_("More"), icon="chevron-down")
        menu = QMenu(more)
        items: Sequence[tuple[str, str, Callable[[], object]]] = (
            ("print", _("Print card"), doings.make_card),
            ("file", _("Clearance letter"), doings.ask_letter),
            ("photo", _("Photo"), doings.ask_photo),
            ("note", _("Note"), doings.ask_note),
            ("money", _("Charge"), doings.ask_charge),
            ("blocked", _("Block"), doings.ask_block),
            ("lock", _("Personal data"), doings.show_privacy),
            ("clock", _("Whole history"), doings.show_history),
        )
        for mark, name, run in items:
            menu.addAction(icon(mark, "muted"), name, run)
        menu.setAccessibleName(_("More"))
        more.clicked.connect(lambda _on: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more


def _tabs() -> QTabBar:
    bar = QTabBar()
    bar.setAccessibleName(_("Parts of the record"))
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setUsesScrollButtons(False)
    names = (_("Now"), _("Earlier"), _("Money"), _("Record"), _("Changes"))
    for name in names:
        bar.addTab(name)
    return bar


def _below(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return page


def _padded(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 12, 0, 0)
    for part in parts:
        column.addWidget(part)
    return page
