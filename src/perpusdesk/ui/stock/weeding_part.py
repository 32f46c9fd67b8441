"""Weeding on the screen: look for candidates, propose, record the decision."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.weeding import Reason, Why
from perpusdesk.scan.types import Scan
from perpusdesk.services.circulation.read_code import read_code
from perpusdesk.services.collection.weeding import (
    Candidate,
    Decree,
    WeedingLine,
    carry_out,
    decrees,
    drop,
    find_candidates,
    propose,
    proposed,
    weeding_lines,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.wording.weeding import say_reasons
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.stock import weeding_text as text
from perpusdesk.ui.stock.weeding_room import CANDIDATES, DECISIONS, PROPOSAL, WeedingRoom

_Read = tuple[list[WeedingLine], list[Decree], list[tuple[str, UUID]]]


class WeedingPart(QObject):
    """The tab ``weeding``. A scanned copy is proposed, as picked at the shelf."""

    shown = Signal()

    name = "weeding"

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds, folder: Path
    ) -> None:
        """``folder`` is where proposals and reports are written."""
        super().__init__()
        self._desk, self._tasks, self._sounds = desk, tasks, sounds
        self._messages = messages
        self._found: dict[UUID, Candidate] = {}
        self._looked = False
        self._proposed: list[WeedingLine] = []
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.room = WeedingRoom(self, self._fetch)
        self.widget: QWidget = self.room
        self._show_found([], looked=False)

    @property
    def title(self) -> str:
        """The word on the tab."""
        return text.title()

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring proposal and decisions up to date."""

        def read() -> _Read:
            desk = self._desk
            kinds = [(kind.name, kind.id) for kind in desk.kinds.values()]
            return proposed(desk, desk.branch), decrees(desk), kinds

        self._tasks.run(read, lambda read: self._show(*read), owner=self)

    def handle_scan(self, scan: Scan) -> None:
        """Propose the copy with this code."""
        self._tasks.run(
            lambda: read_code(self._desk, scan.text).copy,
            lambda copy: self._scanned(copy, scan.text),
            owner=self,
        )

    def escape(self) -> None:
        """Leave the question."""
        self.room.ask.leave()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the box is for codes here."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the list in front."""
        self.room.rows.enter()

    # --- what can be done --------------------------------------------------------------------

    def look(self) -> None:
        """Look for candidates beside the desk's work."""
        rule = self.room.rule.rule(self._desk.branch)
        self.room.look.setEnabled(False)
        self.room.said[CANDIDATES].setText(_("Looking through the stock …"))
        self.room.tabs.setCurrentIndex(CANDIDATES)

        def work() -> list[Candidate]:
            with self._desk.beside() as desk:
                return find_candidates(desk, rule)

        self._tasks.aside(work, lambda found: self._show_found(found, looked=True), owner=self)

    def propose_chosen(self) -> None:
        """Propose the candidates that are chosen."""
        ids = list(self._found)
        self._propose([self._found[ids[place]] for place in self.room.chosen_places()])

    def propose_all(self) -> None:
        """Propose all candidates."""
        self._propose(list(self._found.values()))

    def drop(self) -> None:
        """Take the chosen copies off the proposal."""
        ids = [line.id for line in self._chosen_lines()]
        self.doing.run(lambda: drop(self._desk, ids), say=text.dropped)

    def decide(self) -> None:
        """Ask for number and date of the decision, then withdraw what is chosen, or everything."""
        if not self._proposed:
            return
        self.room.tabs.setCurrentIndex(PROPOSAL)
        chosen = self._chosen_lines()
        ids = [line.id for line in chosen or self._proposed]
        decree = Field(_("Number of the decision"), QLineEdit(), name="decree", required=True)
        decree.edit.setMaxLength(120)
        day = Field(_("Date of the decision"), DateEdit(), name="day", required=True)

        def carry() -> None:
            when = day.edit.date()
            if when is not None:
                number = decree.edit.text()
                self.doing.run(lambda: carry_out(self._desk, ids, number, when), say=text.withdrawn)

        self.room.ask.ask(
            _("Withdraw {count}").format(count=text.copies(len(ids))),
            [decree, day],
            _("Withdraw"),
            carry,
            why=_("They leave the collection; their history stays, and this can be undone."),
            check=lambda: missing(("decree", decree.edit.text().strip()), ("day", day.edit.date())),
            columns=2,
        )

    def print_paper(self) -> None:
        """Print the proposal, or the report of the decision that is chosen (or the latest)."""
        from perpusdesk.printing.weeding_report import weeding_report
        from perpusdesk.services.collection.weeding_papers import weeding_paper

        decree = self._decree()
        if self.room.front != DECISIONS or decree:
            self.papers.make_beside(
                "penyiangan", lambda desk: weeding_paper(desk, decree), weeding_report
            )

    def save_list(self) -> None:
        """Save the same list as a workbook."""
        from perpusdesk.services.collection.weeding_papers import weeding_sheet

        decree = self._decree()
        if self.room.front != DECISIONS or decree:
            self.papers.save(
                self.room,
                text.title(),
                lambda desk, path: weeding_sheet(desk, path, decree),
            )

    def turned(self) -> None:
        """Another list is in front: nothing to do, each is filled already."""

    # --- inside ------------------------------------------------------------------------------

    def _show(
        self, lines: list[WeedingLine], done: list[Decree], kinds: Sequence[tuple[str, UUID]]
    ) -> None:
        self._proposed = lines
        self.room.show_proposal(lines)
        self.room.show_decisions(done)
        self.room.rule.offer_kinds(kinds)
        gone = {line.id for line in lines}
        left = [one for one in self._found.values() if one.copy not in gone]
        if len(left) != len(self._found):
            self._show_found(left, looked=self._looked)
        self.shown.emit()

    def _show_found(self, found: Sequence[Candidate], *, looked: bool) -> None:
        self._found, self._looked = {one.copy: one for one in found}, looked
        self.room.look.setEnabled(True)
        self.room.show_candidates(list(self._found), looked=looked)
        self.shown.emit()

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]
        reasons = {id_: self._found[id_].reasons for id_ in wanted if id_ in self._found}

        def read() -> Rows:
            lines = weeding_lines(self._desk, wanted)
            return {
                id_: replace(line, reason=say_reasons(reasons.get(id_, ())))
                for id_, line in lines.items()
            }

        self._tasks.run(read, answer, owner=self)

    def _propose(self, chosen: Sequence[Candidate]) -> None:
        self.doing.run(lambda: propose(self._desk, chosen), self._was_proposed, say=text.proposed)

    def _was_proposed(self, _done: Done[int]) -> None:
        self._sounds.play(Sound.OK)

    def _scanned(self, copy: UUID | None, code: str) -> None:
        if copy is None:
            self._sounds.play(Sound.ATTENTION)
            told = _("{code} is no copy of this library.").format(code=code)
            self._messages.toast(told, tone="warn")
            return
        self.room.tabs.setCurrentIndex(PROPOSAL)
        if copy in {line.id for line in self._proposed}:
            self._messages.toast(_("{code} is proposed already.").format(code=code))
        else:
            self._propose([Candidate(copy, (Reason(Why.PICKED),))])

    def _chosen_lines(self) -> list[WeedingLine]:
        if self.room.front != PROPOSAL:
            return []
        return [self._proposed[place] for place in self.room.chosen_places()]

    def _decree(self) -> str:
        if self.room.front != DECISIONS:
            return ""
        chosen = self.room.decisions.chosen_record()
        return chosen.paper if isinstance(chosen, Decree) else ""
