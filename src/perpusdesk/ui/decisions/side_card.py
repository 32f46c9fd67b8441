"""One side of a question: who, where, when and by whom, and the records it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.services.conflicts.conflict_links import Link
from perpusdesk.services.conflicts.conflicts import Teller
from perpusdesk.services.wording.conflicts import SaidSide
from perpusdesk.ui.decisions import text
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.words import picture, words

Show = Callable[[str, UUID], object]
"""Leads to a record of a type."""

_EDGE: Final = 16


class SideCard(Card):
    """A side; the one that is proposed says so."""

    def __init__(
        self, side: SaidSide, teller: Teller, links: Sequence[Link], show: Show, *, proposed: bool
    ) -> None:
        super().__init__()
        self.set_tone("accent" if proposed else None)
        told = text.told(teller)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 12)
        column.setSpacing(4)
        column.addLayout(self._head(side, proposed=proposed))
        column.addWidget(words(told, tone="muted", wrap=True, figures=True))
        if side.text:
            column.addSpacing(4)
            column.addWidget(words(side.text, wrap=True, figures=True))
        column.addStretch(1)
        if links:
            column.addSpacing(4)
            column.addWidget(Flow(*link_buttons(links, show)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        named(self, ", ".join(part for part in (side.who, told, side.text) if part))

    @staticmethod
    def _head(side: SaidSide, *, proposed: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(words(side.who, "lead", strong=True, wrap=True), 1)
        if proposed:
            middle = Qt.AlignmentFlag.AlignVCenter
            row.addWidget(picture("check", "accent", 18), 0, middle)
            row.addWidget(words(_("Proposed"), "caption", "accent", strong=True), 0, middle)
        return row


def link_buttons(links: Sequence[Link], show: Show) -> list[QPushButton]:
    """Return a quiet button for each record; the name stands on it where several are alike."""
    alone = len({link.record for link in links}) == len(links)
    return [_link(link, show, alone=alone) for link in links]


def _link(link: Link, show: Show, *, alone: bool) -> QPushButton:
    words, icon = text.see(link, alone=alone), "person" if link.record == "member" else "book"
    made = quiet_button(words, lambda: show(link.record, link.id), icon=icon)
    named(made, text.open_record(link))
    made.setToolTip(link.label)
    return made
