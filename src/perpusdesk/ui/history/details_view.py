"""One action beside the list: who, where, when, why, and each record before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.conflicts.conflict_links import Link
from perpusdesk.services.history.history_details import HistoryDetails, Touched
from perpusdesk.services.wording.actions import action_name
from perpusdesk.ui.history import text
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.pairs import pairs
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import Divider, words

_MOST: Final = 12
"""Records that are shown; the workbook has them all."""


class DetailsView(QWidget):
    """``link_asked`` leads to a member or title; ``about_asked`` narrows the list to it."""

    link_asked = Signal(object)
    about_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.back = quiet_button(_("Back to the list"), lambda: None, icon="chevron-left")
        self._room = QWidget()
        self._column = QVBoxLayout(self._room)
        self._column.setContentsMargins(0, 0, 8, 16)
        self._column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(scrolled(self._room))

    def show_details(self, details: HistoryDetails) -> None:
        """Show an action."""
        self._clear()
        for part in self._parts(details):
            self._column.addWidget(part)
        self._column.addStretch(1)

    def _parts(self, details: HistoryDetails) -> Iterator[QWidget]:
        line = details.line
        yield words(action_name(line.verb), "title", strong=True, wrap=True)
        under = text.joined(line.thing, line.person)
        if under:
            yield words(under, "lead", wrap=True)
        yield pairs(text.facts(details))
        if details.links:
            yield Flow(*(self._link(one) for one in details.links[:4]))
        shown = details.touched[:_MOST]
        for one in shown:
            yield Divider()
            yield words(text.touched(one), strong=True, wrap=True)
            if one.changes:
                yield pairs(_changes(one))
        more = details.more + len(details.touched) - len(shown)
        if more:
            yield words(text.more(more), tone="muted")

    def _link(self, link: Link) -> QWidget:
        return quiet_button(text.link(link), lambda: self.link_asked.emit(link))

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _changes(one: Touched) -> list[tuple[str, str]]:
    return [(change.label, text.change(change)) for change in one.changes]
