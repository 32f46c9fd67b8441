"""The head of an open visit: who, until when, what is left, what is owed."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.formats import long_date, rupiah
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.ui.kit.portrait import Portrait
from perpusdesk.ui.kit.theme import Tone, set_tone
from perpusdesk.ui.kit.words import words


class VisitHeader(QWidget):
    """One band: photo, name and card at the left; quota, holds and debt at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo = Portrait()
        self._name = words("", "title", strong=True, wrap=True)
        self._card = words("", "body", "muted", figures=True, wrap=True)
        self._warning = words("", "body", "bad", strong=True, wrap=True)
        who = QVBoxLayout()
        who.setSpacing(4)
        who.addStretch(1)
        for part in (self._name, self._card, self._warning):
            who.addWidget(part)
        who.addStretch(1)
        figures = QWidget()
        figures.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        self._figures = QGridLayout(figures)
        self._figures.setContentsMargins(0, 0, 0, 0)
        self._figures.setHorizontalSpacing(32)
        self._figures.setVerticalSpacing(0)
        self._quota = self._figure(0, _("Quota left"))
        self._holds = self._figure(1, _("Holds ready"))
        self._debt = self._figure(2, _("Owes"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._photo)
        row.addLayout(who, 1)
        row.addWidget(figures)

    def _figure(self, column: int, name: str) -> QLabel:
        value = words("", "title", strong=True, figures=True)
        self._figures.addWidget(words(name, "caption", "muted"), 0, column)
        self._figures.addWidget(value, 1, column)
        return value

    def show_member(self, card: MemberCard) -> None:
        """Fill the band."""
        until = long_date(card.expires) if card.expires else _("no end")
        self._name.setText(card.name)
        parts = (card.card, card.category_name, _("until {date}").format(date=until))
        self._card.setText("  ·  ".join(part for part in parts if part))
        warning = _warning(card)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        self._photo.show_photo(card.photo)
        quota = card.quota
        self._quota.setText(_("{left} of {limit}").format(left=quota.left, limit=quota.limit))
        ready = sum(hold.state == "ready" for hold in card.holds)
        self._holds.setText(str(ready))
        self._debt.setText(rupiah(max(0, card.balance)))
        _colour(self._quota, "warn" if quota.left == 0 else "text")
        _colour(self._holds, "accent" if ready else "muted")
        _colour(self._debt, "bad" if card.balance > 0 else "muted")


def _colour(label: QLabel, tone: Tone) -> None:
    set_tone(label, tone)


def _warning(card: MemberCard) -> str:
    texts = []
    if card.expired and card.expires:
        texts.append(_("Membership ended on {date}").format(date=long_date(card.expires)))
    for block in card.blocks:
        until = _(" until {date}").format(date=long_date(block.until)) if block.until else ""
        name = _("Suspended") if block.kind == "suspension" else _("Blocked")
        texts.append(f"{name}{until}" + (f": {block.reason}" if block.reason else ""))
    if card.consent_missing:
        texts.append(_("A guardian's consent is missing"))
    if card.restricted:
        texts.append(_("Personal data restricted: only what the member wants here"))
    late = sum(line.days_late > 0 for line in card.loans)
    if late:
        texts.append(ngettext("{n} copy overdue", "{n} copies overdue", late).format(n=late))
    return "  ·  ".join(texts)
