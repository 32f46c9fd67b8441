"""The facts of the record, label and value."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.phone import local_form
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.ui.kit.pairs import pairs
from perpusdesk.ui.kit.record_list import EDGE
from perpusdesk.ui.members import text


class RecordTab(QWidget):
    """Fields that are empty are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 8, 16)
        self._room: QWidget | None = None

    def show_member(self, card: MemberCard) -> None:
        """Fill the tab."""
        if self._room is not None:
            self._room.hide()
            self._column.removeWidget(self._room)
            self._room.deleteLater()
        told = [(text.field_name(name), value) for name, value in facts(card)]
        self._room = pairs(told, gap=8)
        self._room.setContentsMargins(EDGE, 0, 0, 0)
        self._column.insertWidget(0, self._room)


def facts(card: MemberCard) -> list[tuple[str, str]]:
    """Return the fields that are known, by name, as they are read."""
    form = card.form
    born = ""
    if form.birth_date and card.age is not None:
        years = ngettext("{n} year", "{n} years", card.age).format(n=card.age)
        born = f"{long_date(form.birth_date)} ({years})"
    found = [
        ("name", form.name),
        ("card", form.card),
        ("category", card.category_name),
        ("registered", text.value_words(form.registered)),
        ("expires", text.value_words(form.expires) or _("no end")),
        ("birth_date", born),
        ("sex", text.sex_name(form.sex)),
        ("phone", local_form(form.phone) if form.phone else ""),
        ("email", form.email),
        ("address", form.address),
        ("institution", form.institution),
        ("branch", card.branch_name),
        ("guardian_name", text.joined(form.guardian_name, form.guardian_relation)),
        ("guardian_phone", local_form(form.guardian_phone) if form.guardian_phone else ""),
        ("guardian_consent", text.value_words(form.guardian_consent)),
        ("photo_consent", text.value_words(card.photo_consent)),
        ("note", form.note),
    ]
    return [(name, value) for name, value in found if value]
