"""The rows that somebody should look at: refused, doubtful, there already; by reason, and saved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.transfer import report_text
from perpusdesk.ui.transfer.calm_choice import CalmChoice

Fetch = Callable[[Sequence[Hashable], Callable[[Rows], None]], None]
_CHOICE_CHARS = 28
_ALL = 1000
"""The list takes all room; without one the words stay at the top."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One way to narrow the list: all, or a reason with how many rows it has."""

    what: str = ""
    code: str = ""
    count: int = 0


class RowsList(QWidget):
    """``narrowed`` carries what the list is to show; ``save_asked`` wants it as a file."""

    narrowed = Signal(object)
    save_asked = Signal()

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.heading = words(_("Rows to look at"), "lead", strong=True)
        self.filter: CalmChoice[Reasoned] = CalmChoice(
            [("", Reasoned())], _("Show only rows with this reason")
        )
        self.filter.setMinimumContentsLength(_CHOICE_CHARS)
        self.filter.activated.connect(lambda _place: self.narrowed.emit(self.shown))
        self.save = button(_("Save this list"), self.save_asked.emit, icon="file", keys="Ctrl+S")
        self.rows = RecordList(_("Rows to look at"), report_text.list_row, fetch)
        self._none = words(_("No row needs a look: all of them fit."), tone="muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(16)
        self.heading.setIndent(EDGE)
        self._none.setIndent(EDGE)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.filter, 2)
        head.addWidget(self.save)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._none, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.rows, _ALL)
        column.addStretch(1)

    def put_above(self, strip: QWidget) -> None:
        """Put what tells of the saving between the heading and the rows."""
        self._column.insertWidget(1, strip)

    @property
    def shown(self) -> Reasoned:
        """What the list is narrowed to."""
        return self.filter.value() or Reasoned()

    def show_reasons(self, reasons: Sequence[tuple[str, str, int]]) -> None:
        """Offer these reasons; all rows are shown."""
        total = sum(count for _what, _code, count in reasons)
        options = [(_("All ({count})").format(count=number(total)), Reasoned(count=total))]
        options += [
            (report_text.reason_choice(what, code, count), Reasoned(what, code, count))
            for what, code, count in reasons
        ]
        self.filter.set_options(options)
        for part in (self.filter, self.save, self.rows):
            part.setVisible(total > 0)
        self._none.setVisible(total == 0)

    def show_ids(self, ids: Sequence[Hashable]) -> None:
        """Show these rows."""
        self.rows.show_ids(ids)
