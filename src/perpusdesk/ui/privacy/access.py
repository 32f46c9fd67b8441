"""Who looked at whom: the last looks, narrowed by what is typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.access_log import AccessLine, access_lines, logs_elsewhere
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.privacy import text

_MOST = 500
_PAUSE = 200
"""Milliseconds without a further letter before the list follows the typing."""


class AccessPart(QWidget):
    """A sentence, the list, and the way to the member."""

    def __init__(self, show: object) -> None:
        super().__init__()
        assert callable(show)
        self.count = words("", "lead", strong=True, wrap=True)
        self.elsewhere = words("", tone="muted", wrap=True)
        self._hint = words(_("Type a name or card above to narrow the list."), tone="muted")
        self.rows = RecordList(_("Who looked at whom"), text.access_row)
        self.go = quiet_button(_("Show the member"), show, icon="person")
        self.go.setEnabled(False)
        why = _("Opening a record, a desk visit, a print and an export leave a line here.")
        self.nothing = EmptyState("search", _("Nothing fits"), why)
        locked = _("It needs the right to answer for personal data.")
        self.locked = EmptyState("lock", _("The access log is not shown to everybody"), locked)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.rows, 1)
        inner.addWidget(Flow(self.go))
        self._stack = QStackedWidget()
        for one in (page, self.nothing, self.locked):
            self._stack.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(8)
        column.addWidget(self.count)
        column.addWidget(self._hint)
        column.addWidget(self.elsewhere)
        column.addWidget(self._stack, 1)
        self.rows.chosen.connect(lambda place: self.go.setEnabled(place is not None))

    def show_log(self, log: tuple[list[AccessLine] | Refused, tuple[str, ...]]) -> None:
        """Show these lines, or why not; and which devices keep theirs for themselves."""
        lines, others = log
        refused = isinstance(lines, Refused)
        found = [] if isinstance(lines, Refused) else lines
        self.rows.show_records(found)
        self.go.setEnabled(False)
        n = len(found)
        told = ngettext("{n} look on this computer", "{n} looks on this computer", n)
        most = _("The last {n} looks on this computer")
        self.count.setText((most if n == _MOST else told).format(n=n))
        for label in (self.count, self._hint):
            label.setVisible(not refused)
        said = _("Looks on these devices are kept there: {devices}")
        self.elsewhere.setText(said.format(devices=", ".join(others)))
        self.elsewhere.setVisible(bool(others) and not refused)
        self._stack.setCurrentIndex(2 if refused else 0 if found else 1)


class Access(QObject):
    """Reads the log; ``member_asked`` leads to a member's record."""

    member_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.part = AccessPart(self._show_member)
        self._typed = ""
        self._pause = QTimer(self.part)  # ends with what it moves
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.refresh)

    def search_edited(self, typed: str) -> None:
        """Follow what is typed into the box."""
        self._typed = typed.strip()
        self._pause.start()

    def refresh(self) -> None:
        """Read the log anew."""
        words_ = self._typed
        self._tasks.run(
            lambda: (
                access_lines(self._desk, text=words_, limit=_MOST),
                logs_elsewhere(self._desk),
            ),
            self.part.show_log,
            owner=self,
        )

    def _show_member(self) -> None:
        line = self.part.rows.chosen_record()
        if isinstance(line, AccessLine):
            self.member_asked.emit(line.member)
