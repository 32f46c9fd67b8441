"""The fields of a member's form: made, filled, read and checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from perpusdesk.common.i18n import _
from perpusdesk.services.members.form_facts import FormFacts
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.members.text import field_name

GUARDIAN: Final = ("guardian_name", "guardian_relation", "guardian_phone", "guardian_consent")
_OLDEST: Final = date(1900, 1, 1)
_LONGEST: Final = {"card": 40, "name": 120, "phone": 40, "email": 120}


class MemberFields(Form):
    """All fields by name; the guardian's are shown when the age asks for them."""

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.by_name: dict[str, Field[Any]] = {}
        self._facts: FormFacts | None = None
        self._kept = MemberForm()
        self._refused: dict[str, Any] = {}
        self._lines(("name",), span=2, required=True)
        self._put("birth_date", DateEdit())
        self._put("sex", Choice([("–", ""), (_("Male"), "L"), (_("Female"), "P")]))
        self._put("category", Choice[UUID | None]([("–", None)]))
        self._put("card", QLineEdit(), hint=_("Scan a card to use its number."))
        keep_scans(self.by_name["card"].edit)
        self._lines(("phone", "email"))
        self._lines(("institution", "address"), span=2)
        self._guardian = self.heading(_("Guardian"))
        self._lines(("guardian_name", "guardian_relation", "guardian_phone"))
        self._put("guardian_consent", DateEdit(), hint=_("The day the form was signed."))
        self.heading(_("Membership"))
        self._put("registered", DateEdit())
        self._put("expires", DateEdit(), hint=_("Empty: as the category has it."))
        self._put("branch", Choice[UUID | None]([("–", None)]))
        note = QPlainTextEdit()
        note.setTabChangesFocus(True)
        note.setFixedHeight(96)
        self._put("note", note, span=2, hint=_("Only staff see it."))
        for name, field in self.by_name.items():
            if isinstance(field.edit, QLineEdit):
                field.edit.editingFinished.connect(lambda name=name: self._left(name))

    def edit(self, name: str) -> Any:
        """Return the editor of a field."""
        return self.by_name[name].edit

    def fill(self, form: MemberForm, facts: FormFacts) -> None:
        """Show a form."""
        self._facts, self._kept = facts, form
        self.edit("category").set_options([("–", None), *facts.categories])
        self.edit("branch").set_options([("–", None), *facts.branches])
        self.by_name["branch"].setVisible(len(facts.branches) > 1)
        self.show_errors({})
        for name, field in self.by_name.items():
            _show(field.edit, getattr(form, name))
        self.show_guardian()

    def form(self) -> MemberForm:
        """Return what the fields hold now; a date that is none counts as empty."""
        values = {name: _value(field.edit) for name, field in self.by_name.items()}
        return replace(self._kept, **values)

    def show_guardian(self) -> None:
        """Show the guardian's fields when the age asks for them, or something stands in them."""
        birth = self.edit("birth_date").date()
        asked = bool(self._facts and self._facts.asks_guardian(birth))
        wanted = asked or any(_value(self.edit(name)) for name in GUARDIAN)
        self._guardian.setVisible(wanted)
        for name in GUARDIAN:
            self.by_name[name].setVisible(wanted)

    def wrong(self) -> dict[str, str]:
        """Return what cannot be saved, by field."""
        found = {name: self._wrong_in(name) for name in self.by_name}
        if not self.edit("name").text().strip():
            found["name"] = _("The name is missing.")
        return {name: words for name, words in found.items() if words}

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show errors by field; each stays until its field is changed."""
        self._refused = {name: _value(self.edit(name)) for name in errors if name in self.by_name}
        super().show_errors(errors)

    def _wrong_in(self, name: str) -> str:
        edit = self.by_name[name].edit
        if isinstance(edit, DateEdit):
            return self._wrong_date(name, edit)
        text = edit.text().strip() if isinstance(edit, QLineEdit) else ""
        if name in ("phone", "guardian_phone") and text and not any(c.isdigit() for c in text):
            return _("A phone number has digits.")
        if name == "email" and text and "@" not in text:
            return _("An e-mail address has an @.")
        return ""

    def _wrong_date(self, name: str, edit: DateEdit) -> str:
        day = edit.date()
        if edit.wrong():
            return _("This is not a date; write it as 31-12-2010.")
        if day is None or name == "expires":
            return ""
        if self._facts and day > self._facts.today:
            return _("This day has not come yet.")
        return _("This is too long ago.") if day < _OLDEST else ""

    def _left(self, name: str) -> None:
        """Say at once what is wrong with a field that was left."""
        words = self._wrong_in(name)
        if words:
            self.by_name[name].show_error(words)
        elif self._refused.get(name, self) != _value(self.edit(name)):
            self._refused.pop(name, None)
            self.by_name[name].clear_error()
        if name == "birth_date":
            self.show_guardian()

    def _lines(self, names: tuple[str, ...], *, span: int = 1, required: bool = False) -> None:
        for name in names:
            edit = QLineEdit()
            edit.setMaxLength(_LONGEST.get(name, 200))
            self._put(name, edit, span=span, required=required)

    def _put(
        self, name: str, edit: Any, *, span: int = 1, required: bool = False, hint: str = ""
    ) -> None:
        field = Field(field_name(name), edit, required=required, hint=hint, name=name)
        self.by_name[name] = field
        self.add(field, span)


def _show(edit: Any, value: Any) -> None:
    if isinstance(edit, DateEdit):
        edit.set_date(value)
    elif isinstance(edit, Choice):
        try:
            edit.choose(value)
        except ValueError:
            edit.setCurrentIndex(0)
    elif isinstance(edit, QPlainTextEdit):
        edit.setPlainText(value)
    else:
        edit.setText(value)


def _value(edit: Any) -> Any:
    if isinstance(edit, DateEdit):
        return edit.date()
    if isinstance(edit, Choice):
        return edit.value()
    return edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()
