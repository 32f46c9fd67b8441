"""Copies between branches: sent and received by scanning one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.scan.types import Scan
from perpusdesk.services.circulation.move_lists import Moves, moves
from perpusdesk.services.circulation.move_sheet import move_sheet
from perpusdesk.services.circulation.read_code import read_code
from perpusdesk.services.circulation.receive_copies import Received, receive_copy
from perpusdesk.services.circulation.send_copies import cancel_sending, close_note, send_copy
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import Said
from perpusdesk.storage.queries.names import title_brief
from perpusdesk.storage.queries.title_records import title_of_copy
from perpusdesk.storage.queries.transfers import TransferLine
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.stock import moves_text as text
from perpusdesk.ui.stock.moves_room import MovesRoom


class MovesPart(QObject):
    """The tab ``moves``. A scan receives a copy; while a branch is chosen it sends it there."""

    title_asked = Signal(object)
    shown = Signal()

    name = "moves"

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds, folder: Path
    ) -> None:
        """``folder`` is where delivery notes are written."""
        super().__init__()
        self._desk, self._tasks, self._sounds = desk, tasks, sounds
        self._to: tuple[UUID, str] | None = None
        self._paper, self._count = "", 0
        self._moves = Moves((), (), ())
        self._branches: list[tuple[str, UUID]] = []
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.saving = ListSaving(desk, tasks, messages)
        self.room = MovesRoom(
            self, lambda note: note.to_branch == self._desk.branch, self.saving.parts
        )
        self.widget: QWidget = self.room
        self.room.ask.left.connect(self._show_meaning)
        self._show_meaning()

    @property
    def title(self) -> str:
        """The word on the tab."""
        return text.title()

    @property
    def moves(self) -> Moves:
        """What is on its way."""
        return self._moves

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring what is shown up to date."""

        def read() -> tuple[Moves, list[tuple[str, UUID]]]:
            others = [b for b in self._desk.branches.values() if b.id != self._desk.branch]
            return moves(self._desk), [(branch.name, branch.id) for branch in others]

        self._tasks.run(read, lambda found: self._show(*found), owner=self)

    def handle_scan(self, scan: Scan) -> None:
        """Send or receive the copy with this code."""
        self._tasks.run(
            lambda: self._look(scan.text), lambda found: self._scanned(scan.text, found), owner=self
        )

    def escape(self) -> None:
        """Leave the question, then the sending."""
        if self.room.ask.isVisible():
            self.room.ask.leave()
        else:
            self.end_sending()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the box is for codes here."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the lists."""
        self.room.into_list()

    # --- what can be done --------------------------------------------------------------------

    def ask_branch(self) -> None:
        """Ask where copies are to be sent."""
        where: Choice[UUID] = Choice(self._branches)
        field = Field(_("Send to"), where, name="to")

        def begin() -> None:
            to = where.value()
            if to is not None:
                self.begin_sending(to, where.currentText())

        self.room.send.hide()
        self.room.ask.ask(_("Where do the copies go?"), [field], _("Begin"), begin)

    def begin_sending(self, to: UUID, name: str) -> None:
        """Let every scan send a copy to this branch from now on."""
        self._to, self._paper, self._count = (to, name), "", 0
        self.room.answer.hide()
        self._show_meaning()

    def end_sending(self) -> None:
        """Let every scan receive a copy again."""
        if self._to is not None:
            self._to = None
            self.room.answer.hide()
            self._show_meaning()

    def print_paper(self) -> None:
        """Print the note in hand, or the one that is chosen in the list."""
        chosen = self.room.note.paper if self.room.note else ""
        if paper := self._paper or chosen:
            self.print_note(paper)

    def print_note(self, paper: str) -> None:
        """Print a note; the next copy for its branch begins another."""
        from perpusdesk.printing.delivery_note import delivery_note
        from perpusdesk.services.circulation.move_papers import note_paper

        self.papers.make("surat-jalan", lambda: note_paper(self._desk, paper), delivery_note)
        if self._to is not None and paper == self._paper:
            branch, name = self._to
            self._tasks.run(lambda: close_note(self._desk, branch))
            self.begin_sending(branch, name)

    def save_list(self) -> None:
        """Save all that is on its way as a workbook."""
        self.saving.begin(move_sheet(self._moves))

    def cancel(self, line: TransferLine) -> None:
        """Take a copy off its way."""
        self.doing.run(lambda: cancel_sending(self._desk, line.transfer), say=text.cancelled)

    def receive(self, line: TransferLine) -> None:
        """Take in a copy whose label cannot be scanned."""
        self._receive(line.copy, line.title, line.barcode)

    def open_title(self, line: TransferLine) -> None:
        """Show the title of a copy."""
        self.title_asked.emit(line.title_id)

    # --- inside ------------------------------------------------------------------------------

    def _show(self, found: Moves, branches: list[tuple[str, UUID]]) -> None:
        self._moves, self._branches = found, branches
        self._count = sum(len(note.lines) for note in found.gone if note.paper == self._paper)
        self.room.show_moves(found)
        self._show_meaning()
        self.room.send.setEnabled(bool(branches))
        self.shown.emit()

    def _show_meaning(self) -> None:
        if self._to is None:
            self.room.show_meaning(text.receiving(), sending=False, printable=False)
        else:
            words = text.sending(self._to[1], self._paper, self._count)
            self.room.show_meaning(words, sending=True, printable=bool(self._count))

    def _look(self, code: str) -> tuple[UUID | None, str, str]:
        copy = read_code(self._desk, code).copy
        title = title_of_copy(self._desk.library, copy) if copy else None
        return copy, title_brief(self._desk.library, title).title if title else "", code

    def _scanned(self, code: str, found: tuple[UUID | None, str, str]) -> None:
        copy, title, _code = found
        if copy is None:
            said = Said(_("This code belongs to no copy."), _("Check the label and scan it again."))
            self._answer_no(_("Not found"), code, "", said)
        elif self._to is None:
            self._receive(copy, title, code)
        else:
            self._send(copy, title, code)

    def _send(self, copy: UUID, title: str, code: str, *, anyway: bool = False) -> None:
        if self._to is None:
            return
        to = self._to[0]

        def refused(refusal: Refused, said: Said) -> bool:
            verb = _("Send it all the same") if refusal.overridable else ""
            self._answer_no(
                _("Not sent"),
                title,
                code,
                said,
                verb=verb,
                run=lambda: self._send(copy, title, code, anyway=True),
            )
            return True

        self.doing.run(
            lambda: send_copy(self._desk, copy, to, anyway=anyway),
            self._sent,
            say=lambda done: _("{barcode} sent").format(barcode=done.value.barcode),
            refused=refused,
        )

    def _receive(self, copy: UUID, title: str, code: str, *, anyway: bool = False) -> None:
        def refused(refusal: Refused, said: Said) -> bool:
            states = {
                Reason.COPY_FOR_ELSEWHERE: _("Not for this branch"),
                Reason.COPY_NOT_IN_TRANSIT: _("Not expected"),
                Reason.COPY_NOT_SENT: _("Not expected"),
            }
            verb = _("Take it over") if refusal.overridable else ""
            self._answer_no(
                states.get(refusal.reason, _("Not received")),
                title,
                code,
                said,
                verb=verb,
                run=lambda: self._receive(copy, title, code, anyway=True),
            )
            return True

        self.doing.run(
            lambda: receive_copy(self._desk, copy, anyway=anyway),
            self._received,
            say=lambda done: _("{barcode} received").format(barcode=done.value.barcode),
            refused=refused,
        )

    def _sent(self, done: Done[TransferLine]) -> None:
        line = done.value
        self._paper = line.paper
        state, terms = text.sent(line)
        self.room.answer.say(
            "check", state, "ok", title=line.title or line.barcode, under=line.barcode, terms=terms
        )
        self._sounds.play(Sound.OK)

    def _received(self, done: Done[Received]) -> None:
        value = done.value
        state, terms = text.received(done)
        kept = bool(value.hold_member)
        self.room.answer.say(
            "hold" if kept else "check",
            state,
            "warn" if kept else "ok",
            title=value.title or value.barcode,
            under=value.barcode,
            terms=terms,
        )
        self._sounds.play(Sound.HOLD if kept else Sound.OK)

    def _answer_no(
        self,
        state: str,
        title: str,
        under: str,
        said: Said,
        *,
        verb: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        steps = (button(verb, run, icon="check"),) if verb and run else ()
        self.room.answer.say(
            "warning",
            state,
            "warn",
            title=title or under,
            under=under if title else "",
            terms=said.what,
            advice=said.todo,
            steps=steps,
        )
        self._sounds.play(Sound.ATTENTION)
        self.shown.emit()
