"""The holds' screen: what to pick from the shelf, what is kept; a scanned copy is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan, Source
from perpusdesk.services.circulation.hold_lists import PickLine, holds_ready, holds_to_pick
from perpusdesk.services.circulation.hold_sheets import pick_sheet, ready_sheet
from perpusdesk.services.circulation.holds import cancel_hold, release_hold, set_aside
from perpusdesk.services.circulation.read_code import Code, read_code
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.holds import text
from perpusdesk.ui.holds.room import HoldsRoom
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles


class HoldsPage(QObject):
    """The page ``holds``. ``member_asked`` and ``title_asked`` carry an id to other screens."""

    member_asked = Signal(object)
    title_asked = Signal(object)
    shown = Signal()

    name = "holds"
    icon = "hold"
    key = "F10"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        """``folder`` is where the pick list is written."""
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._papers = PaperFiles(desk, tasks, messages, folder)
        self._search = ""
        self._pick: Sequence[PickLine] = ()
        self._ready: Sequence[HoldLine] = ()
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.refresh())
        self.saving = ListSaving(desk, tasks, messages)
        self.room = HoldsRoom(self._pick_steps, self._ready_steps, self.print_list)
        self.room.offer_saving(self.save_pick, self.save_ready, self.saving.parts)
        self.widget: QWidget = self.room

    @property
    def title(self) -> str:
        """The word in the rail."""
        return text.title()

    @property
    def to_pick(self) -> Sequence[PickLine]:
        """What is to be picked from the shelf."""
        return self._pick

    @property
    def ready(self) -> Sequence[HoldLine]:
        """What is kept."""
        return self._ready

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.refresh()

    def handle_scan(self, scan: Scan) -> None:
        """A copy is set aside for who waits for it; a card opens its member; words narrow."""
        scanned = scan.source is not Source.KEYBOARD
        self._tasks.run(
            lambda: read_code(self._desk, scan.text),
            lambda code: self._take(code, scanned),
            owner=self,
        )

    def search_edited(self, typed: str) -> None:
        """Narrow the lists to what is typed into the box while this page is in front."""
        self._search = typed.strip()
        self._show()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.into_list()

    def escape(self) -> None:
        """Leave the question; then show everything again."""
        if self.saving.ask.isVisible():
            self.saving.ask.leave()
        else:
            self.search_edited("")

    # --- what can be done --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read both lists anew."""
        self._tasks.run(
            lambda: (holds_to_pick(self._desk), holds_ready(self._desk)),
            lambda read: self._read(*read),
            owner=self,
        )

    def print_list(self) -> None:
        """Make the pick list and open it to be printed."""
        from perpusdesk.printing.pick_list import pick_list
        from perpusdesk.services.circulation.pick_papers import pick_paper

        self._papers.make("pick", lambda: pick_paper(self._desk), pick_list)

    def save_pick(self) -> None:
        """Save what is to be picked, as it is narrowed, as a workbook."""
        self.saving.begin(pick_sheet(self._fitting()[0]))

    def save_ready(self) -> None:
        """Save what is kept, as it is narrowed, as a workbook."""
        self.saving.begin(ready_sheet(self._fitting()[1]))

    def set_aside(self, line: PickLine, copy: UUID) -> None:
        """Keep a copy for a hold."""
        self.doing.run(lambda: set_aside(self._desk, line.hold.hold, copy), say=text.kept)

    # --- inside ------------------------------------------------------------------------------

    def _read(self, pick: list[PickLine], ready: list[HoldLine]) -> None:
        self._pick, self._ready = pick, ready
        self._show()
        self.shown.emit()

    def _show(self) -> None:
        self.room.show_holds(*self._fitting(), self._search)

    def _fitting(self) -> tuple[list[PickLine], list[HoldLine]]:
        words = self._search
        pick = [line for line in self._pick if text.fits(line.hold, words)]
        return pick, [line for line in self._ready if text.fits(line, words)]

    def _take(self, code: Code, scanned: bool) -> None:
        if code.copy is not None:
            self._scanned_copy(code.copy, code.text)
        elif code.member is not None:
            self.member_asked.emit(code.member)
        elif scanned:
            self._messages.toast(text.nobody_waits(code.text), tone="warn")
        else:
            self.search_edited(code.text)

    def _scanned_copy(self, copy: UUID, code: str) -> None:
        kept = next((line for line in self._ready if line.copy == copy), None)
        wanted = next(
            (line for line in self._pick if any(one.id == copy for one in line.copies)), None
        )
        if kept is not None:
            self._messages.toast(text.already_kept(kept))
        elif wanted is not None:
            self.set_aside(wanted, copy)
        else:
            self._messages.toast(text.nobody_waits(code), tone="warn")

    def _pick_steps(self, line: PickLine) -> Sequence[QPushButton]:
        first = line.copies[0]
        keep = _("Keep {barcode}").format(barcode=first.barcode)
        return (
            button(keep, lambda: self.set_aside(line, first.id), icon="check"),
            *self._steps(line.hold),
        )

    def _ready_steps(self, line: HoldLine) -> Sequence[QPushButton]:
        def release() -> None:
            self.doing.run(lambda: release_hold(self._desk, line.hold))

        return (button(_("Let it go"), release), *self._steps(line))

    def _steps(self, line: HoldLine) -> Sequence[QPushButton]:
        def cancel() -> None:
            self.doing.run(lambda: cancel_hold(self._desk, line.hold))

        member, title = line.member, line.title_id
        return (
            button(_("Cancel hold"), cancel, icon="close"),
            quiet_button(_("Member"), lambda: self.member_asked.emit(member), icon="person"),
            quiet_button(_("Title"), lambda: self.title_asked.emit(title), icon="book"),
        )
