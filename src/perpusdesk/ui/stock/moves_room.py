"""The room of copies on their way: what a scan means, the last answer, notes and their copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.move_lists import Moves, Note
from perpusdesk.storage.queries.transfers import TransferLine
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import scaled_font, set_tone, set_type
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.stock import moves_text as text
from perpusdesk.ui.stock.result import Answer

_SIDE_BY_SIDE: Final = 120


class Doings(Protocol):
    """What the room's buttons ask for."""

    def ask_branch(self) -> None:
        """Ask where copies are to be sent."""

    def end_sending(self) -> None:
        """Scan to receive again."""

    def print_paper(self) -> None:
        """Print the note in hand, or the one that is chosen."""

    def print_note(self, paper: str) -> None:
        """Print a delivery note."""

    def save_list(self) -> None:
        """Save all that is on its way as a workbook."""

    def cancel(self, line: TransferLine) -> None:
        """Take a copy off its way."""

    def receive(self, line: TransferLine) -> None:
        """Take in a copy whose label cannot be scanned."""

    def open_title(self, line: TransferLine) -> None:
        """Show the title of a copy."""


class MovesRoom(QWidget):
    """Notes at the left, the copies of the chosen one at the right (or below)."""

    def __init__(
        self, doings: Doings, here: Callable[[Note], bool], saving: Sequence[QWidget] = ()
    ) -> None:
        """``here`` tells whether a note's copies are to arrive at this branch.

        ``saving`` are shown above the lists while they are saved.
        """
        super().__init__()
        self._doings, self._here, self._saving = doings, here, saving
        self.meaning = words("", "lead", strong=True, wrap=True)
        self.send = primary_button(_("Send copies"), doings.ask_branch, icon="exchange", keys="F8")
        self.print = button(
            _("Print the delivery note"), doings.print_paper, icon="print", keys="Ctrl+P"
        )
        self.end = quiet_button(_("Done"), doings.end_sending, keys="Esc")
        self.save = save_button(_("Copies on their way"), doings.save_list)
        self.ask, self.answer = AskCard(), Answer()
        steps = self._note_steps
        self.coming = ChosenList(
            _("On the way here"), text.coming_row, steps, _("Nothing is on its way here.")
        )
        self.gone = ChosenList(
            _("Sent from here"), text.gone_row, steps, _("Nothing sent is still on its way.")
        )
        self.elsewhere = ChosenList(_("Between other branches"), text.elsewhere_row, steps, "")
        self.copies = ChosenList(
            _("Copies"), text.copy_row, self._copy_steps, _("Choose a delivery note.")
        )
        self.note: Note | None = None
        self._under_way = False
        for part in self._notes:
            part.rows.chosen.connect(partial(self._chosen, part))
        self._lay_out()

    @property
    def _notes(self) -> Sequence[ChosenList]:
        return (self.coming, self.gone, self.elsewhere)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.meaning, 1)
        head.addWidget(Flow(self.send, self.print, self.save, self.end))
        left = QVBoxLayout()
        left.setSpacing(24)
        for part in self._notes:
            left.addWidget(part)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.copies)
        right.addStretch(1)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(16)
        for strip in (*self._saving, self.ask, self.answer):
            column.addWidget(strip)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.setSpacing(32)
        self._lists.addLayout(left, 1)
        self._lists.addLayout(right, 1)
        column.addLayout(self._lists, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addLayout(head)
        whole.addWidget(scrolled(room), 1)

    def show_moves(self, found: Moves) -> None:
        """Fill the lists; the note that was chosen stays chosen where it is still under way."""
        paper = self.note.paper if self.note else ""
        self.note = None
        parts = zip(self._notes, (found.coming, found.gone, found.elsewhere), strict=True)
        for part, notes in parts:
            part.show_records(notes)
            papers = [note.paper for note in notes]
            if paper in papers:
                part.choose(papers.index(paper))
        self.elsewhere.setVisible(bool(found.elsewhere))
        self._under_way = any((found.coming, found.gone, found.elsewhere))
        if self.note is None:
            self._show_note(None)

    def show_meaning(self, words_: str, *, sending: bool, printable: bool) -> None:
        """Say what a scan means now."""
        self.meaning.setText(words_)
        set_type(self.meaning, "lead" if sending else "body", strong=sending)
        set_tone(self.meaning, "text" if sending else "muted")
        self.send.setVisible(not sending and self.ask.isHidden())
        self.end.setVisible(sending)
        self.save.setVisible(self._under_way and not sending)
        self.print.setVisible(sending and printable)

    def into_list(self) -> None:
        """Move the keyboard into the first list that has rows."""
        for part in (*self._notes, self.copies):
            if part.rows.rows.rowCount():
                part.rows.enter()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the lists side by side where there is room."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        way = QBoxLayout.Direction
        self._lists.setDirection(way.LeftToRight if chars >= _SIDE_BY_SIDE else way.TopToBottom)

    def _chosen(self, part: ChosenList, place: object) -> None:
        note = part.rows.chosen_record() if place is not None else None
        if not isinstance(note, Note):
            return
        for other in self._notes:
            if other is not part:
                other.rows.clearSelection()
                other.bar.fill()
        self._show_note(note)

    def _show_note(self, note: Note | None) -> None:
        self.note = note
        self.copies.rename(text.note_heading(note) if note else _("Copies"))
        self.copies.show_records(note.lines if note else ())

    def _note_steps(self, note: Note) -> Sequence[QPushButton]:
        show = partial(self._doings.print_note, note.paper)
        return (button(_("Print the delivery note"), show, icon="print"),)

    def _copy_steps(self, line: TransferLine) -> Sequence[QPushButton]:
        doings, steps = self._doings, []
        if self.note is not None and self._here(self.note):
            steps.append(button(_("Receive"), partial(doings.receive, line), icon="check"))
        steps.append(button(_("Cancel the sending"), partial(doings.cancel, line), icon="close"))
        steps.append(quiet_button(_("Show the title"), partial(doings.open_title, line)))
        return steps
