"""The room of the conflict desk: the kinds at the left, one question (or the history) beside."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.services.wording.conflicts import kind_name
from perpusdesk.ui.decisions import text
from perpusdesk.ui.decisions.history import History
from perpusdesk.ui.decisions.question import Question
from perpusdesk.ui.decisions.reading import Lists
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.facets import FacetColumn, FacetGroup, FacetValue
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words

_KINDS_BESIDE: Final = 110
"""Width in average characters from which the list of kinds stands beside the question."""

_KINDS: Final = "kinds"
_OFF: Final = "off"
TO_DECIDE: Final = 0
SETTLED: Final = 1
"""The tabs."""


class DecisionsRoom(QWidget):
    """``kind_chosen`` tells the kind to ask about, or ``None`` for all."""

    closed = Signal()
    entered = Signal()
    kind_chosen = Signal(object)
    put_off_chosen = Signal()
    tab_turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of this screen"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for name in (_("To decide"), _("Decided already")):
            self.tabs.addTab(name)
        self.kinds = FacetColumn()
        self.question = Question()
        self.history = History()
        self._nothing = EmptyState(
            "check",
            _("Nothing needs a decision"),
            _("Where devices contradict each other, you are asked here."),
        )
        self._rest = QWidget()
        self._rest_room = QVBoxLayout(self._rest)
        self._rest_room.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        for part in (self._nothing, self.question, self._rest, self.history):
            self._stack.addWidget(part)
        self._choice = False
        self._lay_out()
        self.tabs.currentChanged.connect(self.tab_turned)
        self.kinds.asked.connect(self._narrow)

    def show_kinds(self, lists: Lists, chosen: Kind | None, *, put_off: bool) -> None:
        """Fill the list of kinds, what presses most first; ``put_off`` is gone through now."""
        counts = Counter(one.kind for one in lists.asked)
        values = [FacetValue(kind, kind_name(kind), count) for kind, count in counts.items()]
        off = [FacetValue(True, _("Put off"), len(lists.put_off))] if lists.put_off else []
        groups = (
            FacetGroup(_KINDS, _("About"), values, chosen, most=len(values)),
            FacetGroup(_OFF, _("Later"), off, True if put_off else None),
        )
        self.kinds.show_groups(len(lists.asked), groups)
        self._choice = len(values) > 1 or bool(off and values)
        self._fit()

    def show_question(self) -> None:
        """Show the question."""
        self._show(self.question)

    def show_rest(self, put_off: int) -> None:
        """Show that nothing is asked; so many questions were put off."""
        self._show(self._put_off_state(put_off) if put_off else self._nothing)

    def show_history(self) -> None:
        """Show what was settled."""
        self._show(self.history)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the kinds where there is room."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard; elsewhere it accepts the proposal."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton):
            focus.click()
        else:
            self.entered.emit()

    def _narrow(self, group: str, key: object) -> None:
        if group == _OFF and key is not None:
            self.put_off_chosen.emit()
        else:
            self.kind_chosen.emit(key if group == _KINDS else None)

    def _put_off_state(self, count: int) -> QWidget:
        while (item := self._rest_room.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        state = EmptyState(
            "clock",
            text.put_off(count),
            _("Nothing is lost: they stay here until somebody settles them."),
            main=(_("Look at them"), self.put_off_chosen.emit),
        )
        self._rest_room.addWidget(state)
        return self._rest

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self._fit()

    def _fit(self) -> None:
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        asking = self._stack.currentWidget() is self.question
        self.kinds.setVisible(asking and self._choice and chars >= _KINDS_BESIDE)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(words(text.title(), "title", strong=True))
        head.addStretch(1)
        head.addWidget(quiet_button(_("Back"), self.closed.emit))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.kinds)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addLayout(row, 1)
