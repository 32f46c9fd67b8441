"""What waits for a quiet moment: books to fetch for holds, what is due back, what is late."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.circulation.day import Chores
from perpusdesk.services.circulation.hold_lists import PickLine
from perpusdesk.services.results import LoanLine
from perpusdesk.ui.desk.hero import clear
from perpusdesk.ui.kit.words import words


class ChoresPanel(QWidget):
    """Two short lists, each with its true count, and a quiet line; what is empty is not there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picks = _ShortList(_("To fetch for holds ({n})"))
        self._due = _ShortList(_("Due back today ({n})"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        column.addWidget(self._picks)
        column.addWidget(self._due)
        self._late = words("", tone="warn", wrap=True)
        column.addWidget(self._late)
        column.addStretch(1)

    def show_chores(self, chores: Chores) -> None:
        """Fill both lists and the line."""
        self._picks.fill(map(_pick, chores.to_pick), chores.to_pick_count)
        self._due.fill(map(_due, chores.due), chores.due_count)
        late = _late(chores)
        self._late.setText(late)
        self._late.setVisible(bool(late))
        self.setVisible(chores.to_pick_count + chores.due_count > 0 or bool(late))


class _ShortList(QWidget):
    def __init__(self, heading: str) -> None:
        super().__init__()
        self._template = heading
        self._heading: QLabel = words("", "lead", strong=True, wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(self._rows)

    def fill(self, lines: Iterable[tuple[str, str]], count: int) -> None:
        """Show these lines (what, and where or who) of so many."""
        self._heading.setText(self._template.format(n=count))
        clear(self._rows)
        shown = 0
        for what, about in lines:
            shown += 1
            self._rows.addWidget(_row(what, about))
        if count > shown:
            more = _("and {n} more").format(n=count - shown)
            self._rows.addWidget(words(more, tone="muted"))
        self.setVisible(count > 0)


def _row(what: str, about: str) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(words(what, strong=True, wrap=True))
    column.addWidget(words(about, tone="muted", wrap=True))
    return row


def _late(chores: Chores) -> str:
    """Return what of visitors' messages and of the board is late, or nothing."""
    told = []
    if count := chores.late_messages:
        told.append(ngettext("{n} answer is late", "{n} answers are late", count).format(n=count))
    if count := chores.late_actions:
        told.append(ngettext("{n} action is late", "{n} actions are late", count).format(n=count))
    return "  ·  ".join(told)


def _pick(line: PickLine) -> tuple[str, str]:
    hold = line.hold
    where = line.copies[0].barcode if line.copies else ""
    for_whom = _("for {member}").format(member=hold.member_name)
    return hold.title, "  ·  ".join(filter(None, (hold.call_number, where, for_whom)))


def _due(line: LoanLine) -> tuple[str, str]:
    return line.title or line.barcode, "  ·  ".join(filter(None, (line.member_name, line.barcode)))
