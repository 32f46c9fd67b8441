"""A PIN or password for somebody, typed twice; one's own with the present one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.staff.staff import StaffLine
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.forms import Field, Form
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings import staff_text as text
from perpusdesk.ui.settings.layouts import in_a_row


class PinForm(QWidget):
    """``given`` carries the person's id, the present PIN (or "") and the new one."""

    given = Signal(object, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line: StaffLine | None = None
        self._heading = words("", "lead", strong=True, wrap=True)
        self.present = Field(_("Present PIN"), _secret(), name="present")
        self.new = Field(_("New PIN or password"), _secret(), hint=text.pin_hint(), name="new")
        self.again = Field(_("The same again"), _secret(), name="again")
        self.save = primary_button(_("Save"), self._save)
        self.back = quiet_button(_("Cancel"), self._leave)
        self._form = Form(columns=3)
        for field in (self.present, self.new, self.again):
            self._form.add(field)
            field.edit.returnPressed.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._form)
        column.addLayout(in_a_row((self.save, self.back)))

    def show_person(self, line: StaffLine) -> None:
        """Ask for somebody's new PIN."""
        self._line = line
        self._heading.setText(text.pin_for(line))
        self.present.setVisible(line.here and line.signs_in)
        self._form.arrange(3)
        self.clear()
        first = self.present if line.here and line.signs_in else self.new
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, said: str, *, present: bool = False) -> None:
        """Say below a field why it was not taken."""
        self._form.show_errors({"present" if present else "new": said})

    def clear(self) -> None:
        """Leave nothing that was typed."""
        self._form.clear_errors()
        for field in (self.present, self.new, self.again):
            field.edit.clear()

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _save(self) -> None:
        if self._line is None or not self.new.edit.text():
            return
        if self.new.edit.text() != self.again.edit.text():
            self._form.show_errors({"again": _("The two are not the same. Type them again.")})
            return
        self.given.emit(self._line.id, self.present.edit.text(), self.new.edit.text())


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
