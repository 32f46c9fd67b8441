"""The loans of the open visit, the most urgent first, each with its one likely next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import weekday_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.results import LoanLine
from perpusdesk.ui.desk import text
from perpusdesk.ui.desk.scrolling import scrolled
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.words import Divider, words

_SHOWN: Final = 60


class LoanRows(QWidget):
    """A heading with the true count, and one row a loan.

    Rows of loans that did not change stay as they are: a scan in the middle of a box of books
    builds one row, not sixty.
    """

    def __init__(
        self,
        renew: Callable[[UUID], object],
        renew_all: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._renew = renew
        self._shown: dict[LoanLine, QWidget] = {}
        self._heading = words("", "lead", strong=True)
        self._all = quiet_button(_("Renew all"), renew_all, icon="renew", keys="F6")
        self._none = words(_("Nothing borrowed. Scan a book to lend it."), tone="muted", wrap=True)
        self._more = words("", tone="muted")
        room = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(0)
        inside.addWidget(self._none)
        inside.addLayout(self._rows)
        inside.addWidget(self._more)
        inside.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(scrolled(room), 1)

    def show_loans(self, loans: tuple[LoanLine, ...]) -> None:
        """Fill the list; very long ones (kits) show the most urgent and say how many more."""
        self._heading.setText(_("Borrowed now ({n})").format(n=len(loans)))
        self._all.setVisible(bool(loans))
        self._none.setVisible(not loans)
        self._more.setText(_("and {n} more").format(n=len(loans) - _SHOWN))
        self._more.setVisible(len(loans) > _SHOWN)
        wanted = loans[:_SHOWN]
        for line in set(self._shown).difference(wanted):
            row = self._shown.pop(line)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, line in enumerate(wanted):
            kept = self._shown.get(line)
            if kept is None:
                self._shown[line] = kept = _row(line, self._renew)
            if self._rows.indexOf(kept) != place:
                self._rows.insertWidget(place, kept)


def _row(line: LoanLine, renew: Callable[[UUID], object]) -> QWidget:
    row = QWidget()
    title = words(text.shortened(line.title or line.barcode, 110), strong=True, wrap=True)
    title.setToolTip(line.title)
    about = "  ·  ".join(filter(None, (line.author, line.barcode)))
    under = words(about, "caption", "muted", wrap=True)
    late = line.days_late
    due = words(weekday_date(line.due), "body", "bad" if late else "text", figures=True)
    state = words(_state(line), "caption", "bad" if late else "muted")
    again = quiet_button(_("Renew"), lambda: renew(line.loan), icon="renew")
    again.setAccessibleName(_("Renew {title}").format(title=line.title))
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 8, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(0)
    grid.addWidget(title, 0, 0)
    grid.addWidget(under, 1, 0)
    grid.addWidget(due, 0, 1)
    grid.addWidget(state, 1, 1)
    grid.addWidget(again, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
    grid.setRowMinimumHeight(2, 8)
    grid.addWidget(Divider(), 3, 0, 1, 3)
    grid.setColumnStretch(0, 1)
    return row


def _state(line: LoanLine) -> str:
    if line.claimed:
        return _("said to be returned")
    if line.days_late:
        late = ngettext("{n} day late", "{n} days late", line.days_late)
        return late.format(n=line.days_late)
    if line.renewals:
        return _("renewed {n} times").format(n=line.renewals)
    return _("due date")
