"""The tab of backups: one big sentence, the places with their age, the list, and the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.domain.rights import BACKUP
from perpusdesk.services.safety.backup_view import BackupRow, PlaceView, Standing, View
from perpusdesk.services.wording.rights import right_name
from perpusdesk.ui.backup import text
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.cards import Card, StateWord
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import Tone, set_tone
from perpusdesk.ui.kit.words import words

_WHOLE = 1000


class BackupPart(QWidget):
    """Only shows and asks; what is to be done goes out by signals."""

    backup_asked = Signal()
    rehearse_asked = Signal(object)
    restore_wanted = Signal(object)
    """Somebody thinks of going back: first it is shown what that means."""
    restore_asked = Signal(object)
    copy_asked = Signal(object)
    former_asked = Signal()
    place_asked = Signal()
    place_dropped = Signal(object)
    switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._now = datetime.now().astimezone()
        self.state, self.todo = StateWord(), words("", tone="muted", wrap=True)
        self.doing, self.bar = words("", wrap=True), QProgressBar()
        self.bar.setRange(0, _WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress of the backup"))
        self.told = words("", wrap=True)
        self.go = primary_button(_("Back up now"), self.backup_asked.emit, icon="saved")
        self.rehearse = button(_("Rehearse a restore"), self._rehearse_newest, icon="check")
        self.former = button(_("Back to before the restore"), self.former_asked.emit, icon="undo")
        self.automatic = QCheckBox(_("By itself: each day, in quiet moments and at closing"))
        self.automatic.toggled.connect(self.switched)
        self.barred = words(_barred(), "caption", "muted", wrap=True)
        self.barred.hide()
        self.ask = AskCard()
        self.places = ChosenList(
            _("Places"), self._place_row, self._place_steps, _("No place is set.")
        )
        self.add = quiet_button(_("Add a stick or folder"), self.place_asked.emit, icon="plus")
        self.places.add_step(self.add)
        self.backups = ChosenList(
            _("Backups"), self._backup_row, self._backup_steps, _("No backup is here yet.")
        )
        self._rows: Sequence[BackupRow] = ()
        self._may = True
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._room()))
        self.show_work("", 0)
        for part in (self.told, self.former):
            part.hide()

    def _room(self) -> QWidget:
        card = Card()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 16, 24, 16)
        inner.setSpacing(8)
        for part in (self.state, self.todo, self.doing, self.bar, self.told):
            inner.addWidget(part)
        inner.addSpacing(4)
        inner.addWidget(Flow(self.go, self.rehearse, self.former))
        inner.addWidget(self.automatic)
        inner.addWidget(self.barred)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(24)
        for widget in (card, self.ask, self.places, self.backups):
            column.addWidget(widget)
        column.addStretch(1)
        return room

    def allow(self, may: bool) -> None:
        """Let somebody change places and restore, or only back up and rehearse."""
        self._may = may
        self.barred.setVisible(not may)
        for part in (self.automatic, self.add, self.former):
            part.setEnabled(may)

    # --- what is shown -----------------------------------------------------------------------

    def show_standing(self, now: Standing) -> None:
        """Show how old the backups are, and what to do."""
        self._now = now.now
        self.state.say(*text.state(now))
        todo = text.todo(now)
        self.todo.setText(todo)
        self.todo.setVisible(bool(todo))
        self.automatic.blockSignals(True)
        self.automatic.setChecked(now.plan.automatic)
        self.automatic.blockSignals(False)

    def show_view(self, view: View) -> None:
        """Show the places and the backups in them."""
        self.show_standing(view.standing)
        self._rows = view.rows
        self.places.show_records(view.places)
        self.backups.show_records(view.rows)
        self.former.setVisible(view.can_go_back)
        self.rehearse.setEnabled(bool(view.rows))

    def show_work(self, doing: str, share: float) -> None:
        """Show what is under way and how far it is; nothing when ``doing`` is empty."""
        busy = bool(doing)
        self.doing.setText(f"{doing} {text.progress(share)}" if busy else "")
        self.bar.setValue(round(share * _WHOLE))
        for part in (self.doing, self.bar):
            part.setVisible(busy)
        self.go.setEnabled(not busy)
        self.rehearse.setEnabled(not busy and bool(self._rows))
        self.former.setEnabled(not busy and self._may)

    def tell(self, said: str, tone: Tone) -> None:
        """Show what came of the work."""
        self.told.setText(said)
        set_tone(self.told, tone)
        self.told.setVisible(bool(said))
        if said:
            announce(self, said)

    def ask_restore(self, row: BackupRow, why: str) -> None:
        """Ask once more before the library is swapped, with what it means."""
        at = text.backup_row(row, self._now).title
        heading = _("Go back to the backup of {when}?").format(when=at)
        self.ask.ask(heading, (), _("Go back to it"), lambda: self.restore_asked.emit(row), why=why)

    # --- rows --------------------------------------------------------------------------------

    def _place_row(self, place: PlaceView) -> RowWords:
        return text.place_row(place, self._now)

    def _place_steps(self, place: PlaceView) -> Sequence[QPushButton]:
        if not self._may:
            return ()

        def drop() -> None:
            self.place_dropped.emit(place.state.place)

        return (quiet_button(_("No more backups there"), drop, icon="close"),)

    def _backup_row(self, row: BackupRow) -> RowWords:
        return text.backup_row(row, self._now)

    def _backup_steps(self, row: BackupRow) -> Sequence[QPushButton]:
        rehearse = quiet_button(_("Rehearse"), lambda: self.rehearse_asked.emit(row), icon="check")
        if not row.rows or not self._may:
            return (rehearse,) if row.rows else ()
        return (
            button(_("Restore"), lambda: self.restore_wanted.emit(row), icon="undo"),
            quiet_button(
                _("Open a copy to look at"), lambda: self.copy_asked.emit(row), icon="folder"
            ),
            rehearse,
        )

    def _rehearse_newest(self) -> None:
        if self._rows:
            self.rehearse_asked.emit(self._rows[0])


def _barred() -> str:
    said = _("Changing places and restoring need the right “{right}”.")
    return said.format(right=right_name(BACKUP))
