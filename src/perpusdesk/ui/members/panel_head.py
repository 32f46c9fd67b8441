"""The head of a member's panel: who, how things stand, and the steps that are near."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.common.formats import rupiah
from perpusdesk.common.i18n import _
from perpusdesk.domain.phone import local_form
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.ui.kit.portrait import Portrait
from perpusdesk.ui.kit.theme import Tone, set_tone
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.members import text

_PHOTO = 80


class PanelHead(QWidget):
    """Photo, name, card, standing; below them quota, holds and debt."""

    def __init__(self) -> None:
        super().__init__()
        self.photo = Portrait(_PHOTO)
        self._name = words("", "title", strong=True, wrap=True)
        self._under = words("", tone="muted", wrap=True, figures=True)
        self._reach = words("", tone="muted", wrap=True, figures=True)
        self._standing = QVBoxLayout()
        self._standing.setSpacing(4)
        who = QVBoxLayout()
        who.setSpacing(4)
        for part in (self._name, self._under, self._reach):
            who.addWidget(part)
        who.addLayout(self._standing)
        top = QHBoxLayout()
        top.setSpacing(16)
        side = QVBoxLayout()
        side.addWidget(self.photo)
        side.addStretch(1)
        top.addLayout(side)
        top.addLayout(who, 1)
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(24)
        self._figures.setVerticalSpacing(0)
        self._quota = self._figure(0, _("Quota left"))
        self._ready = self._figure(1, _("Holds ready"))
        self._owes = self._figure(2, _("Owes"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(self._figures)

    def show_member(self, card: MemberCard) -> None:
        """Fill the head."""
        self.photo.show_photo(card.photo)
        self._name.setText(card.name)
        self._under.setText(text.under_name(card))
        phone = local_form(card.form.phone) if card.form.phone else ""
        reach = text.joined(card.form.institution, phone)
        self._reach.setText(reach)
        self._reach.setVisible(bool(reach))
        self._show_standing(text.standings(card))
        quota = card.quota
        self._quota.setText(_("{left} of {limit}").format(left=quota.left, limit=quota.limit))
        set_tone(self._quota, "warn" if quota.left == 0 else "text")
        self._ready.setText(str(len(card.ready)))
        set_tone(self._ready, "accent" if card.ready else "muted")
        self._owes.setText(rupiah(max(0, card.balance)))
        set_tone(self._owes, "bad" if card.balance > 0 else "muted")

    @property
    def standing(self) -> tuple[str, ...]:
        """Return the sentences about the standing, as they are shown."""
        labels = self.findChildren(QLabel, "standing")
        return tuple(label.text() for label in labels if not label.isHidden())

    def _show_standing(self, lines: Sequence[tuple[str, str, Tone]]) -> None:
        while (item := self._standing.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for icon, sentence, tone in lines:
            self._standing.addWidget(_line(icon, sentence, tone))

    def _figure(self, column: int, name: str) -> QLabel:
        value = words("", "lead", strong=True, figures=True)
        self._figures.addWidget(words(name, "caption", "muted"), 0, column)
        self._figures.addWidget(value, 1, column)
        self._figures.setColumnStretch(column, 1)
        return value


def _line(icon: str, sentence: str, tone: Tone) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    label = words(sentence, tone=tone, strong=True, wrap=True)
    label.setObjectName("standing")
    side = QVBoxLayout()
    side.addWidget(picture(icon, tone, 20))
    side.addStretch(1)
    row.addLayout(side)
    row.addWidget(label, 1)
    return line
