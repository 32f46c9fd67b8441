"""How many questions were asked, by kind and by month: two small tables that can be read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import month_name, number
from perpusdesk.common.i18n import _
from perpusdesk.domain.references import Statistics, Tally
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import Divider, words

_MONTHS = 12


class FiguresPanel(QWidget):
    """``back`` leads to the list where the panel covers it."""

    def __init__(self) -> None:
        super().__init__()
        self.back = quiet_button(_("Back to the list"), lambda: None, icon="chevron-left")
        room = QWidget()
        self._column = QVBoxLayout(room)
        self._column.setContentsMargins(0, 0, 8, 16)
        self._column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(scrolled(room), 1)

    def show_figures(self, figures: Statistics, names: Mapping[str, str]) -> None:
        """Show them; ``names`` are those of the kinds by code."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        kinds = sorted(figures.kinds.items(), key=lambda pair: -pair[1].count)
        months = sorted(figures.months.items(), reverse=True)[:_MONTHS]
        rows = [(names.get(code, code), tally) for code, tally in kinds]
        total = (_("Together"), figures.total)
        for part in (
            words(_("By kind"), "lead", strong=True),
            _table([*rows, total], strong=total[0]),
            Divider(),
            words(_("By month"), "lead", strong=True),
            _table([(_month(name), tally) for name, tally in months]),
        ):
            self._column.addWidget(part)
        self._column.addStretch(1)


def _table(rows: Sequence[tuple[str, Tally]], strong: str = "") -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    heads = (_("Questions"), _("Not answered"), _("Minutes"))
    for at, head in enumerate(heads, 1):
        grid.addWidget(words(head, "caption", "muted", strong=True), 0, at, right)
    for place, (name, tally) in enumerate(rows, 1):
        heavy = name == strong
        label = words(name, strong=heavy, wrap=True)
        values = (tally.count, tally.unanswered, tally.minutes)
        label.setAccessibleName(", ".join((name, *map(_said, heads, values))))
        grid.addWidget(label, place, 0)
        for at, value in enumerate(values, 1):
            grid.addWidget(words(number(value), strong=heavy, figures=True), place, at, right)
    return made


def _said(head: str, value: int) -> str:
    return f"{head} {number(value)}"


def _month(name: str) -> str:
    year, _dash, month = name.partition("-")
    return f"{month_name(int(month))} {year}" if month.isdigit() else name
