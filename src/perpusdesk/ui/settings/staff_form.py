"""One person: name, role, card, branches, and every right with how it differs from the role."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.rights import GROUPS, ROLE_RIGHTS
from perpusdesk.services.staff.staff import StaffForm, StaffLine
from perpusdesk.services.wording.rights import group_name, right_name
from perpusdesk.services.wording.roles import ROLES, role_name
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings.layouts import in_a_row

_COLUMNS = 3


class PersonForm(QWidget):
    """``saved`` carries the person's id (``None``: somebody new) and a ``StaffForm``."""

    saved = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._person: UUID | None = None
        self._heading = words("", "lead", strong=True)
        self.name = Field(_("Name"), QLineEdit(), required=True, name="name")
        self.role = Field(_("Role"), Choice([(role_name(role), role) for role in ROLES]))
        self.card = Field(
            _("Staff card"), QLineEdit(), hint=_("Scan the card here, or leave it empty.")
        )
        keep_scans(self.card.edit)
        self.rights: dict[str, QCheckBox] = {}
        self.branches: dict[UUID, QCheckBox] = {}
        self._branch_room = QVBoxLayout()
        self._branch_part = QWidget()
        self.role.edit.activated.connect(lambda _place: self._as_role())
        self.save = primary_button(_("Save"), self._save)
        self.back = quiet_button(_("Cancel"), self.left.emit)
        self._lay_out()

    def show_person(self, line: StaffLine | None, branches: Mapping[UUID, str]) -> None:
        """Show somebody to be changed, or nothing for somebody new."""
        self._person = line.id if line else None
        self._heading.setText(line.name if line else _("New person"))
        self.name.edit.setText(line.name if line else "")
        self.card.edit.setText(line.card if line else "")
        self.role.edit.choose(line.role if line and line.role in ROLES else "desk")
        self._tick(line.rights if line else ROLE_RIGHTS["desk"])
        self._show_branches(branches, line.branches if line else frozenset())
        self.name.clear_error()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> StaffForm:
        """Return what the fields say."""
        return StaffForm(
            self.name.edit.text(),
            self.role.edit.value() or "desk",
            frozenset(right for right, tick in self.rights.items() if tick.isChecked()),
            frozenset(branch for branch, tick in self.branches.items() if tick.isChecked()),
            self.card.edit.text(),
        )

    def _save(self) -> None:
        form = self.form()
        if not form.name.strip():
            self.name.show_error(_("Enter a name."))
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.saved.emit(self._person, form)

    def _as_role(self) -> None:
        self._tick(ROLE_RIGHTS.get(self.role.edit.value() or "", frozenset()))

    def _tick(self, held: frozenset[str]) -> None:
        for right, tick in self.rights.items():
            tick.blockSignals(True)
            tick.setChecked(right in held)
            tick.blockSignals(False)
        self._mark()

    def _mark(self) -> None:
        """Say in words which rights are not as the role has them."""
        usual = ROLE_RIGHTS.get(self.role.edit.value() or "", frozenset())
        for right, tick in self.rights.items():
            name = right_name(right)
            if tick.isChecked() and right not in usual:
                name = _("{right} (added)").format(right=name)
            elif not tick.isChecked() and right in usual:
                name = _("{right} (withdrawn)").format(right=name)
            tick.setText(name)
            named(tick, name)

    def _show_branches(self, branches: Mapping[UUID, str], held: frozenset[UUID]) -> None:
        for tick in self.branches.values():
            self._branch_room.removeWidget(tick)
            tick.deleteLater()
        self.branches = {}
        for branch, name in branches.items():
            tick = self.branches[branch] = QCheckBox(name)
            named(tick, name)
            tick.setChecked(branch in held)
            self._branch_room.addWidget(tick)
        self._branch_part.setVisible(len(branches) > 1)

    def _group(self, group: str, held: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(words(group_name(group), "body", strong=True))
        for right in held:
            tick = self.rights[right] = QCheckBox(right_name(right))
            named(tick, right_name(right))
            tick.toggled.connect(lambda _on: self._mark())
            column.addWidget(tick)
        column.addStretch(1)
        return column

    def _lay_out(self) -> None:
        form = Form(columns=_COLUMNS)
        form.add(self.name)
        form.add(self.role)
        form.add(self.card)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        for place, (group, held) in enumerate(GROUPS):
            grid.addLayout(self._group(group, held), *divmod(place, 2))
        where = QVBoxLayout(self._branch_part)
        where.setContentsMargins(0, 0, 0, 0)
        where.setSpacing(4)
        where.addWidget(words(_("Where these rights hold"), "body", strong=True))
        where.addWidget(words(_("None ticked: at all branches."), "caption", "muted"))
        where.addLayout(self._branch_room)
        where.addStretch(1)
        grid.addWidget(self._branch_part, *divmod(len(GROUPS), 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(form)
        column.addWidget(words(_("Rights"), "lead", strong=True))
        column.addWidget(
            words(
                _("The role ticks its usual rights; tick more or fewer for this person."),
                tone="muted",
                wrap=True,
            )
        )
        column.addLayout(grid)
        column.addLayout(in_a_row((self.save, self.back)))
