"""The panel beside a list: what is chosen with its steps, or a question about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.pairs import pairs
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import Tone, scaled_font
from perpusdesk.ui.kit.words import Divider, words

_FEW = 3
"""Fields that stand below each other wherever they are."""
_WIDE = 56
"""Average characters in which two fields have room side by side."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of one record: its kind and state above it, facts, then longer texts.

    ``texts`` are labels with what they say; empty ones are left out.
    """

    heading: str
    over: str = ""
    tone: Tone = "muted"
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


class SidePanel(QWidget):
    """``back`` leads to the list where the panel covers it; ``ask`` takes the panel's room."""

    def __init__(self) -> None:
        super().__init__()
        self.back = quiet_button(_("Back to the list"), lambda: None, icon="chevron-left")
        self.ask = AskCard()
        self.steps = Flow()
        self._room = QWidget()
        self._column = QVBoxLayout(self._room)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        column.addWidget(scrolled(self._room), 1)
        column.addWidget(self.steps)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._stack.addWidget(_asking(self.ask))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._stack, 1)
        self.ask.left.connect(lambda: self._stack.setCurrentIndex(0))

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return not self.ask.isHidden()

    def show_sheet(self, sheet: Sheet, steps: Sequence[QPushButton]) -> None:
        """Show a record with its steps, the most likely first."""
        self._clear()
        for part in _parts(sheet):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.steps.fill(*steps)

    def show_question(
        self,
        heading: str,
        fields: Sequence[Field[Any]],
        verb: str,
        then: Callable[[], object],
        *,
        why: str = "",
        check: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """Ask in the place of the record; it comes back when the question is left.

        Short fields stand two in a row where there is room, longer texts take all of it.
        """
        self._stack.setCurrentIndex(1)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        wide = {field.name for field in fields if isinstance(field.edit, QPlainTextEdit)}
        self.ask.ask(
            heading,
            fields,
            verb,
            then,
            why=why,
            check=check,
            columns=2 if len(fields) > _FEW and chars >= _WIDE else 1,
            wide=wide,
        )

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _asking(ask: AskCard) -> QWidget:
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 8, 0)
    column.addWidget(ask)
    column.addStretch(1)
    return scrolled(room)


def _parts(sheet: Sheet) -> Iterator[QWidget]:
    if sheet.over:
        yield words(sheet.over, "caption", sheet.tone, strong=True, wrap=True)
    yield words(sheet.heading, "lead", strong=True, wrap=True)
    told = [(label, value) for label, value in sheet.facts if value]
    if told:
        yield pairs(told)
    for label, text in sheet.texts:
        if text:
            yield Divider()
            yield words(label, "caption", "muted", strong=True)
            yield words(text, wrap=True)
