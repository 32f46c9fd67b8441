"""The command palette: every action, and whatever else providers know, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from rapidfuzz import fuzz, process, utils

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.overlay import Overlay
from perpusdesk.ui.kit.theme import icon, set_type
from perpusdesk.ui.shell.actions import Actions, shown_keys
from perpusdesk.ui.shell.palette_row import KEYS, UNDER, RowPainter, row_height

_SHOWN: Final = 9
_ENOUGH: Final = 60.0
_REMEMBERED: Final = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """Something the palette offers: words, a quiet second line, an icon, and what it does."""

    text: str
    run: Callable[[], object]
    under: str = ""
    icon: str = "chevron-right"
    keys: str = ""
    id: str = ""


Provider = Callable[[str, Callable[[Sequence[Hit]], None]], None]
"""Asked with what was typed; answers (later, on the interface thread) with hits, best first."""


class Palette(Overlay):
    """Opens over the window; recent actions first, then the best matches."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._actions = actions
        self._providers: list[Provider] = []
        self._recent: list[str] = []
        self._hits: list[Hit] = []
        self._asked = 0
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(_("What do you want to do?"))
        self.edit.setAccessibleName(_("Command"))
        set_type(self.edit, "lead")
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Commands found"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.itemClicked.connect(lambda _item: self._take())
        self.body.addWidget(self.edit)
        self.body.addWidget(self.list)
        actions.ran.connect(self._remember)

    def add_provider(self, provider: Provider) -> None:
        """Let ``provider`` add members, titles, ... to what is found."""
        self._providers.append(provider)

    def open_fresh(self) -> None:
        """Open with an empty box."""
        self.edit.clear()
        self._search("")
        self.open(self.edit)

    @property
    def hits(self) -> Sequence[Hit]:
        """Return what is offered now, in order."""
        return tuple(self._hits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list, take a hit, or close, from the box."""
        if (
            watched is self.edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._key(event.key())
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        row, last = self.list.currentRow(), self.list.count() - 1
        if key == Qt.Key.Key_Down:
            self.list.setCurrentRow(min(row + 1, last))
        elif key == Qt.Key.Key_Up:
            self.list.setCurrentRow(max(row - 1, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            return False
        return True

    def _search(self, text: str) -> None:
        self._asked += 1
        asked = self._asked
        self._show(ranked(text, self._action_hits(), self._recent))
        if text.strip():
            for provider in self._providers:
                provider(text.strip(), lambda more: self._add(asked, more))

    def _action_hits(self) -> list[Hit]:
        return [
            Hit(
                action.text(),
                partial(self._actions.run, action.id),
                action.group(),
                action.icon or "chevron-right",
                shown_keys(action.keys[0]) if action.keys else "",
                action.id,
            )
            for action in self._actions.offers()
        ]

    def _add(self, asked: int, more: Sequence[Hit]) -> None:
        if asked == self._asked and self.isVisible():
            self._show([*self._hits, *more])

    def _show(self, hits: Sequence[Hit]) -> None:
        self._hits = list(hits[:_SHOWN])
        self.list.clear()
        for hit in self._hits:
            row = QListWidgetItem(icon(hit.icon, "muted"), hit.text)
            row.setData(UNDER, hit.under)
            row.setData(KEYS, hit.keys)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.text} {hit.keys}".strip())
            self.list.addItem(row)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(max(1, row_height() * len(self._hits)))
        self.settle()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self.close_panel()
            hit.run()

    def _remember(self, id_: str) -> None:
        self._recent = [id_, *(old for old in self._recent if old != id_)][:_REMEMBERED]


def ranked(text: str, hits: Sequence[Hit], recent: Sequence[str]) -> list[Hit]:
    """Return ``hits`` by how well they match ``text``; recent ones first among equals."""
    order = {id_: place for place, id_ in enumerate(recent)}
    by_recent = sorted(hits, key=lambda hit: order.get(hit.id, len(order)))
    if not text.strip():
        return by_recent
    found = process.extract(
        text,
        [hit.text for hit in by_recent],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_ENOUGH,
        limit=None,
    )
    return [by_recent[place] for _text, _score, place in found]
