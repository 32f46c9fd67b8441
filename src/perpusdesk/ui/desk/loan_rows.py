"""The loans of the open visit, the most urgent first, each with its one likely next step."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from perpusdesk.common.formats import weekday_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.results import LoanLine
from perpusdesk.ui.desk.hero import clear
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.words import Divider, words

_SHOWN = 60


class LoanRows(QWidget):
    """A heading with the true count, and one row a loan."""

    def __init__(
        self,
        renew: Callable[[UUID], object],
        renew_all: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._renew = renew
        self._heading = words("", "lead", strong=True)
        self._all = quiet_button(_("Renew all"), renew_all, icon="renew", keys="F6")
        self._room = QWidget()
        self._rows = QVBoxLayout(self._room)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._all)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(scroll, 1)

    def show_loans(self, loans: tuple[LoanLine, ...]) -> None:
        """Fill the list; very long ones (kits) show the most urgent and say how many more."""
        self._heading.setText(_("Borrowed now ({n})").format(n=len(loans)))
        self._all.setVisible(bool(loans))
        clear(self._rows)
        for line in loans[:_SHOWN]:
            self._rows.addWidget(_row(line, self._renew))
        if not loans:
            self._rows.addWidget(
                words(_("Nothing borrowed. Scan a book to lend it."), tone="muted")
            )
        elif len(loans) > _SHOWN:
            more = len(loans) - _SHOWN
            self._rows.addWidget(words(_("and {n} more").format(n=more), tone="muted"))
        self._rows.addStretch(1)


def _row(line: LoanLine, renew: Callable[[UUID], object]) -> QWidget:
    row = QWidget()
    title = words(line.title or line.barcode, strong=True, wrap=True)
    under = words("  ·  ".join(filter(None, (line.author, line.barcode))), "caption", "muted")
    late = line.days_late
    due = words(weekday_date(line.due), "body", "bad" if late else "text", figures=True)
    state = words(_state(line), "caption", "bad" if late else "muted")
    again = quiet_button(_("Renew"), lambda: renew(line.loan), icon="renew")
    again.setAccessibleName(_("Renew {title}").format(title=line.title))
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 8, 0, 8)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(0)
    grid.addWidget(title, 0, 0)
    grid.addWidget(under, 1, 0)
    grid.addWidget(due, 0, 1)
    grid.addWidget(state, 1, 1)
    grid.addWidget(again, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(Divider(), 2, 0, 1, 3)
    grid.setColumnStretch(0, 1)
    return row


def _state(line: LoanLine) -> str:
    if line.claimed:
        return _("said to be returned")
    if line.days_late:
        text = ngettext("{n} day late", "{n} days late", line.days_late)
        return text.format(n=line.days_late)
    if line.renewals:
        return _("renewed {n} times").format(n=line.renewals)
    return _("due date")
