"""One branch or van: name, kind, code, clock, address and telephone."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.library.branch_use import BranchLine
from perpusdesk.services.library.branches import (
    LONGEST,
    LONGEST_CODE,
    BranchForm,
    BranchKind,
    form_of,
)
from perpusdesk.services.wording.branches import kind_name, zone_name, zones
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.own_escape import OwnEscape
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings import branches_text as text
from perpusdesk.ui.settings.layouts import in_a_row

_AT: Final = {
    Reason.NAME_MISSING: "name",
    Reason.BRANCH_NAME_TAKEN: "name",
    Reason.BRANCH_CODE_TAKEN: "code",
}


class BranchPart(OwnEscape):
    """``saved`` carries the branch's id (``None``: a new one) and a ``BranchForm``."""

    saved = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._branch: UUID | None = None
        self._heading = words("", "lead", strong=True)
        self.name = Field(_("Name"), _line(LONGEST), required=True, name="name")
        self.kind = Field(
            _("Building or van"),
            Choice([(kind_name(kind), kind) for kind in BranchKind]),
            hint=text.van_hint(),
        )
        self.code = Field(_("Code"), _line(LONGEST_CODE), hint=text.code_hint(), name="code")
        self.zone = Field(_("Time zone"), Choice(zones()))
        self.address = Field(_("Address"), _line(LONGEST))
        self.phone = Field(_("Phone"), _line(LONGEST))
        self.save = primary_button(_("Save"), self._save, icon="check")
        self.back = quiet_button(_("Cancel"), self.left.emit)
        self.form = Form(columns=2)
        self._lay_out()

    def show_branch(self, line: BranchLine | None, *, zone: int) -> None:
        """Show a branch to be changed, or nothing for a new one, which has this ``zone``."""
        self._branch = line.id if line else None
        shown = form_of(line.branch) if line else BranchForm("", zone=zone)
        self._heading.setText(shown.name if line else _("New branch or van"))
        self.zone.edit.set_options(_zones_with(shown.zone))
        self.name.edit.setText(shown.name)
        self.kind.edit.choose(shown.kind)
        self.code.edit.setText(shown.code)
        self.zone.edit.choose(shown.zone)
        self.address.edit.setText(shown.address)
        self.phone.edit.setText(shown.phone)
        self.form.clear_errors()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> BranchForm:
        """Return what the fields say."""
        return BranchForm(
            self.name.edit.text(),
            self.kind.edit.value() or BranchKind.BUILDING,
            self.zone.edit.value() or 0,
            self.code.edit.text(),
            self.address.edit.text(),
            self.phone.edit.text(),
        )

    def refuse(self, refused: Refused, said: Said) -> bool:
        """Say at its field what was refused; ``False``: it belongs to no field."""
        if refused.reason not in _AT:
            return False
        self.form.show_errors({_AT[refused.reason]: f"{said.what} {said.todo}".strip()})
        return True

    def on_escape(self) -> None:
        """Leave it as it was."""
        self.left.emit()

    def _save(self) -> None:
        self.form.clear_errors()
        self.saved.emit(self._branch, self.entered())

    def _lay_out(self) -> None:
        fields: tuple[Field[Any], ...] = (
            self.name,
            self.kind,
            self.code,
            self.zone,
            self.address,
            self.phone,
        )
        for field in fields:
            self.form.add(field)
            if isinstance(field.edit, QLineEdit):
                field.edit.returnPressed.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self.form)
        column.addSpacing(4)
        column.addLayout(in_a_row((self.save, self.back)))


def _line(longest: int) -> QLineEdit:
    edit = QLineEdit()
    edit.setMaxLength(longest)
    return edit


def _zones_with(zone: int) -> list[tuple[str, int]]:
    """Return the zones of the country, with another one that a branch has."""
    known = zones()
    if zone in (minutes for _text, minutes in known):
        return known
    return [*known, (zone_name(zone), zone)]
