"""The conflict desk: one question at a time, settled by one key, each decision undoable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.conflicts.conflicts import Conflict, decide_later, settle, settle_all
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.conflicts import kind_name
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.decisions import text
from perpusdesk.ui.decisions.reading import Card, Lists, read_card, read_lists, read_settled
from perpusdesk.ui.decisions.room import SETTLED, TO_DECIDE, DecisionsRoom
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages


class DecisionsPage(QObject):
    """The page ``decisions``. ``record_asked`` carries a record's type and id to other screens.

    ``counted`` tells how many questions are open; ``box_wanted`` asks for the keyboard in the box.
    """

    closed = Signal()
    counted = Signal(int)
    record_asked = Signal(str, object)
    box_wanted = Signal()

    name = "decisions"
    under = "exchange"
    icon = "decide"
    key = ""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.refresh())
        self.room = DecisionsRoom()
        self.widget: QWidget = self.room
        self._lists = Lists((), ())
        self._kind: Kind | None = None
        self._off = False
        self._at = 0
        self.card: Card | None = None
        self._join()

    def _join(self) -> None:
        room, question = self.room, self.room.question
        room.closed.connect(self.closed)
        room.entered.connect(self.accept)
        room.kind_chosen.connect(self.choose_kind)
        room.put_off_chosen.connect(self.show_put_off)
        room.tab_turned.connect(lambda _tab: self.refresh())
        room.history.undo_asked.connect(self.doing.undo)
        question.accepted.connect(self.accept)
        question.answered.connect(self.answer)
        question.put_off.connect(self.later)
        question.turned.connect(self.turn)
        question.all_accepted.connect(self.accept_all)
        question.record_asked.connect(self.record_asked)

    @property
    def title(self) -> str:
        """The name of the screen."""
        return text.title()

    @property
    def asking(self) -> bool:
        """Whether a question is in front and waits for an answer."""
        return self.card is not None and self.room.question.isVisibleTo(self.room)

    @property
    def listed(self) -> Sequence[Conflict]:
        """The questions that are gone through: of the chosen kind, or those put off."""
        if self._off:
            return self._lists.put_off
        return [one for one in self._lists.asked if self._kind in (None, one.kind)]

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Begin with what presses most."""
        self.card, self._at, self._off, self._kind = None, 0, False, None
        self.room.tabs.setCurrentIndex(TO_DECIDE)
        self.refresh()

    def refresh(self) -> None:
        """Read the tab in front anew; the question in front stays while it is open."""
        if self.room.tabs.currentIndex() == SETTLED:
            history = self.room.history
            self._tasks.run(lambda: read_settled(self._desk), history.show_lines, owner=self)
        self._tasks.run(lambda: read_lists(self._desk), self._read, owner=self)

    def escape(self) -> None:
        """Put the question off; where there is none, leave the screen."""
        if self.asking and not self._off:
            self.later()
        else:
            self.closed.emit()

    def choose_kind(self, kind: object) -> None:
        """Ask only what is about this, or everything (``None``)."""
        self._kind, self._off, self._at = kind if isinstance(kind, Kind) else None, False, 0
        self._show()

    def show_put_off(self) -> None:
        """Go through what was put off."""
        self._off, self._at = True, 0
        self._show()

    # --- answering ---------------------------------------------------------------------------

    def accept(self) -> None:
        """Settle the question as it is proposed."""
        if self.asking and self.card is not None:
            self.answer(self.card.said.proposal.code)

    def answer_number(self, number: int) -> None:
        """Settle the question by the answer of this number (from 1)."""
        if self.asking and self.card is not None and number <= len(self.card.said.answers):
            self.answer(self.card.said.answers[number - 1].code)

    def answer(self, code: str) -> None:
        """Settle the question."""
        if self.card is None:
            return
        id_, note = self.card.conflict.id, self.room.question.note.text()
        self._hold()
        self.doing.run(
            lambda: settle(self._desk, id_, code, note),
            say=lambda _done: text.settled(1),
            refused=self._refused,
        )

    def accept_all(self) -> None:
        """Settle all questions of this one's kind as proposed, in one action."""
        if not self.asking or self.card is None:
            return
        ids = self._alike()
        self._hold()
        self.doing.run(
            lambda: settle_all(self._desk, ids=ids),
            say=lambda done: text.settled(len(done.value.answers), len(done.value.left)),
            refused=self._refused,
        )

    def later(self) -> None:
        """Put the question off, and ask the next one."""
        if not self.asking or self.card is None:
            return
        id_ = self.card.conflict.id
        self._hold()
        self._tasks.run(
            lambda: decide_later(self._desk, id_), lambda _none: self.refresh(), owner=self
        )

    def turn(self, by: int) -> None:
        """Go so many questions on, round and round."""
        if self.asking and self.listed:
            self._at = (self._at + by) % len(self.listed)
            self._show()

    def write_note(self) -> None:
        """Move the keyboard to the note."""
        if self.asking:
            self.room.question.note.setFocus()

    def open_record(self) -> None:
        """Show the first record that the question is about."""
        if self.asking and self.card is not None:
            links = self.card.links
            every = [*links.common, *(link for side in links.sides for link in side)]
            if every:
                self.record_asked.emit(every[0].record, every[0].id)

    # --- inside ------------------------------------------------------------------------------

    def _alike(self) -> list[str]:
        """The questions of the kind in front that are gone through now."""
        kind = self.card.conflict.kind if self.card else None
        lines = self._lists.put_off if self._off else self._lists.asked
        return [one.id for one in lines if one.kind == kind]

    def _hold(self) -> None:
        """One key is one answer: the next counts for the next question."""
        self.card = None
        self.room.question.setEnabled(False)
        self.box_wanted.emit()

    def _refused(self, _refused: Refused, said: Said) -> bool:
        self.doing.refuse(said)
        self.refresh()
        return True

    def _read(self, lists: Lists) -> None:
        before = self.card.conflict.id if self.card else ""
        self._lists = lists
        if self._kind not in (None, *(one.kind for one in lists.asked)):
            self._kind = None
        self._off = self._off and bool(lists.put_off)
        ids = [one.id for one in self.listed]
        if before in ids:
            self._at = ids.index(before)
        self.counted.emit(len(lists.asked) + len(lists.put_off))
        self._show()

    def _show(self) -> None:
        room, lists = self.room, self._lists
        room.show_kinds(lists, self._kind, put_off=self._off)
        if room.tabs.currentIndex() == SETTLED:
            room.show_history()
        elif self.listed:
            self._at = min(self._at, len(self.listed) - 1)
            id_ = self.listed[self._at].id
            self._tasks.run(lambda: read_card(self._desk, id_), self._asked, owner=self)
        else:
            self.card = None
            room.show_rest(len(lists.put_off))

    def _asked(self, card: Card | None) -> None:
        ids = [one.id for one in self.listed]
        if card is None or card.conflict.id not in ids:
            self.refresh()  # it was settled elsewhere meanwhile
            return
        same = self.card is not None and self.card.conflict.id == card.conflict.id
        self.card = card
        question = self.room.question
        question.show_card(card, keep_note=same, put_off=self._off)
        question.show_place(ids.index(card.conflict.id) + 1, len(ids))
        question.offer_all(len(self._alike()), kind_name(card.conflict.kind))
        question.setEnabled(True)
        self.room.show_question()
