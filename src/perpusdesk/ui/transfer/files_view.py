"""The first step: files are dropped or chosen, and it says what it recognised in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.transfer.import_looks import FileLook
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.transfer import file_text
from perpusdesk.ui.transfer.drop_area import Drops
from perpusdesk.ui.transfer.file_card import FileCard

_LAID_OUT = 50
"""Milliseconds after which new cards have their places."""


class FilesView(Drops):
    """``changed`` carries (path, format said), ``columns_said`` (table, meanings).

    ``removed`` carries the path of a file that is left out.
    """

    changed = Signal(object, object)
    columns_said = Signal(object, object)
    removed = Signal(object)
    try_asked = Signal()
    more_asked = Signal()
    over_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[Path, FileCard] = {}
        self.mend = QCheckBox()
        self.mend.setChecked(True)
        self.go = primary_button(
            _("Try it first"), self.try_asked.emit, icon="search", keys="Ctrl+Enter"
        )
        self.more = button(_("Add files"), self.more_asked.emit, icon="plus", keys="Ctrl+O")
        self.over = quiet_button(_("Start over"), self.over_asked.emit)
        self.hint = words("", tone="warn", wrap=True)
        self.note = words(
            _("Trying reads everything and writes nothing."), "caption", "muted", wrap=True
        )
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 0, 8, 8)
        inner.setSpacing(12)
        inner.addLayout(self._cards)
        inner.addStretch(1)
        self._scroll = scrolled(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.mend)
        column.addWidget(self.hint)
        column.addWidget(Flow(self.go, self.more, self.over))
        column.addWidget(self.note)

    def show_looks(self, looks: Sequence[FileLook], *, looking: bool) -> None:
        """Show what was recognised; ``looking`` tells that more is to come."""
        before, self.cards = self.cards, {}
        for place, look in enumerate(looks):
            old = before.get(look.path)
            if old is not None and old.fits(look):
                before.pop(look.path)
                old.show_look(look)
                self.cards[look.path] = old
                continue
            card = self._card(look, old.open_tables if old else None)
            self.cards[look.path] = card
            self._cards.insertWidget(place, card)
        for gone in before.values():
            self._cards.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        broken = next((look.broken for look in looks if look.broken), None)
        self.mend.setVisible(broken is not None)
        if broken is not None:
            self.mend.setText(file_text.mend(broken))
        self._say(looks, looking=looking)
        missing = next((card for card in self.cards.values() if not card.look.usable), None)
        if missing is not None and not looking and missing not in before.values():
            QTimer.singleShot(_LAID_OUT, missing, lambda: self._bring_up(missing))

    def _bring_up(self, card: FileCard) -> None:
        """Scroll so that a card begins at the top."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(min(bar.maximum(), card.y()))

    def _say(self, looks: Sequence[FileLook], *, looking: bool) -> None:
        useless = [look for look in looks if not look.usable]
        usable = len(looks) > len(useless)
        self.go.setEnabled(usable and not looking and not any(look.tables for look in useless))
        hint = ""
        if looking:
            hint = _("Looking at the files …")
        elif any(look.tables for look in useless):
            hint = _("One thing is missing: say what the column means, then try it.")
        elif useless and usable:
            hint = _("The files with a warning are left out.")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        if not looking:
            announce(self, "; ".join(card.accessibleName() for card in self.cards.values()))

    def _card(self, look: FileLook, opened: set[int] | None) -> FileCard:
        card, path = FileCard(look, opened), look.path
        card.removed.connect(lambda: self.removed.emit(path))
        card.format_said.connect(lambda said: self.changed.emit(path, said))
        card.columns_said.connect(self.columns_said)
        return card

    def focus_first(self) -> None:
        """Give the keyboard to the way on."""
        target = self.go if self.go.isEnabled() else self.more
        target.setFocus(Qt.FocusReason.OtherFocusReason)
