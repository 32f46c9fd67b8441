"""The copies that are made together with a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.items import Access, Source
from perpusdesk.services.cataloguing.add_copies import MOST, Choices, NewCopies
from perpusdesk.ui.editor import text
from perpusdesk.ui.kit.entries import CountEdit, MoneyEdit
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.words import words

_NOBODY: Final = UUID(int=0)
"""Stands for the title that is not saved yet."""


class CopiesPart(QWidget):
    """How many, whence, where; the choices for one book stay for the next, but for the price."""

    def __init__(self, columns: int = 4) -> None:
        super().__init__()
        self._choices: Choices | None = None
        self.count = CountEdit(1, most=MOST)
        self.source = Choice([(text.source_name(source), str(source)) for source in Source])
        self.price = MoneyEdit()
        self.kind = Choice[UUID | None]([("–", None)])
        self.access = Choice([(text.access_name(access), access) for access in Access])
        self.location, self.supplier = QLineEdit(), QLineEdit()
        for edit in (self.location, self.supplier):
            edit.setMaxLength(120)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(words(_("Copies"), "lead", strong=True))
        self.form = self._form(columns)
        self._column.addWidget(self.form)

    def _form(self, columns: int) -> Form:
        form = Form(columns)
        fields: Sequence[tuple[str, str, Any]] = (
            ("count", _("How many"), self.count),
            ("source", _("Source"), self.source),
            ("price", _("Price each"), self.price),
            ("location", _("Location"), self.location),
            ("kind", _("Collection"), self.kind),
            ("access", _("Lending"), self.access),
            ("supplier", _("Supplier or donor"), self.supplier),
        )
        for name, label, edit in fields:
            form.add(Field(label, edit, name=name), 2 if name == "supplier" else 1)
        return form

    def begin(
        self,
        choices: Choices,
        kinds: Sequence[tuple[str, UUID]],
        draft: NewCopies | None = None,
    ) -> None:
        """Show what was chosen last, or what stood here when the draft was kept."""
        self._choices = choices
        self.kind.set_options([("–", None), *kinds])
        self.count.setValue(1)
        self.price.set_amount(None)
        _choose(self.source, choices.source)
        _choose(self.kind, choices.kind)
        _choose(self.access, choices.access)
        self.location.setText(choices.location)
        self.supplier.setText(choices.supplier)
        self.form.clear_errors()
        if draft is not None:
            self._show(draft)

    def _show(self, draft: NewCopies) -> None:
        self.count.setValue(draft.count)
        self.price.set_amount(draft.price or None)
        _choose(self.source, draft.source)
        _choose(self.kind, draft.kind)
        _choose(self.access, draft.access)
        self.location.setText(draft.location)
        self.supplier.setText(draft.supplier)

    def wanted(self) -> NewCopies | None:
        """Return the copies to make; ``None`` for none."""
        if not self.count.value():
            return None
        new = NewCopies(
            _NOBODY,
            self.count.value(),
            self._choices.branch if self._choices else None,
            self.kind.value(),
            location=self.location.text(),
            supplier=self.supplier.text(),
            price=self.price.amount() or 0,
        )
        source, access = self.source.value(), self.access.value()
        return replace(new, source=source or new.source, access=access or new.access)

    def wrong(self) -> dict[str, str]:
        """Return what cannot be saved, by field."""
        return {"price": _("This is not an amount.")} if self.price.wrong() else {}

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show errors by field and go to the first."""
        self.form.show_errors(errors)


def _choose(choice: Choice[Any], value: Any) -> None:
    try:
        choice.choose(value)
    except ValueError:
        choice.setCurrentIndex(0)
