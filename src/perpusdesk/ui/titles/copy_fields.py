"""The fields of copies: made, filled, read and checked, for new ones, for one, and for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QSpinBox

from perpusdesk.common.i18n import _
from perpusdesk.domain.items import Access
from perpusdesk.services.cataloguing.add_copies import MOST, NewCopies
from perpusdesk.services.cataloguing.copy_choices import CopyFacts
from perpusdesk.services.cataloguing.edit_copies import OF_ONE, CopyForm
from perpusdesk.ui.kit.entries import DateEdit, MoneyEdit
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.suggest_edit import SuggestEdit, Suggestion
from perpusdesk.ui.titles import copies_text as text

_OFFERED: Final = 6
_NEW: Final = frozenset({"count"})
_RARE: Final = frozenset({"call_number", "volume", "note"})
"""Fields of new copies that are shown on demand."""
_LONGEST: Final = 120
UNCHANGED: Final = object()
"""Stands in a choice for what each of many copies has already."""


class CopyFields(Form):
    """All fields by name; ``show_new``, ``show_one`` and ``show_many`` say what they are for."""

    def __init__(self) -> None:
        super().__init__(columns=2)
        self.by_name: dict[str, Field[Any]] = {}
        self._facts: CopyFacts | None = None
        self._many = False
        count = QSpinBox()
        count.setRange(1, MOST)
        self._put("count", count)
        self._put("branch", Choice[Any]([]))
        self._put("kind", Choice[Any]([]))
        self._put("access", Choice[Any]([]))
        self._put("source", Choice[Any]([]))
        self._put("price", MoneyEdit())
        self._put("supplier", SuggestEdit())
        self._put("received", DateEdit())
        self._put("barcode", QLineEdit())
        self._put("inventory", QLineEdit())
        self._put("location", SuggestEdit())
        self._put("call_number", QLineEdit())
        self._put("volume", QLineEdit())
        self._put("rfid", QLineEdit())
        self._put("note", QLineEdit(), span=2)
        for name in ("barcode", "inventory", "rfid"):
            keep_scans(self.by_name[name].edit)
        for name in ("location", "supplier"):
            edit = self.by_name[name].edit
            edit.asked.connect(lambda typed, name=name: self._offer(name, typed))

    def edit(self, name: str) -> Any:
        """Return the editor of a field."""
        return self.by_name[name].edit

    # --- what they are for -------------------------------------------------------------------

    def show_new(self, facts: CopyFacts) -> None:
        """Show the fields of new copies as they were chosen last."""
        last = facts.last
        self._begin(facts, hidden={"rfid", *_RARE})
        form = CopyForm(
            branch=last.branch,
            kind=last.kind,
            access=last.access,
            location=last.location,
            source=last.source,
            supplier=last.supplier,
            received=facts.today,
        )
        self.edit("count").setValue(1)
        self._fill(form)

    def show_one(self, facts: CopyFacts, form: CopyForm) -> None:
        """Show one copy."""
        self._begin(facts, hidden=_NEW)
        self._fill(form)

    def show_many(self, facts: CopyFacts) -> None:
        """Show empty fields: what is filled in holds for all copies."""
        self._begin(facts, hidden={*_NEW, *OF_ONE}, many=True)
        for name, field in self.by_name.items():
            if isinstance(field.edit, Choice):
                field.edit.setCurrentIndex(0)
            elif name not in _NEW:
                field.edit.clear()

    def show_rare(self) -> None:
        """Show the fields that few new copies need, and go to the first."""
        for name in _RARE:
            self.by_name[name].setVisible(True)
        self.arrange(self.columns)
        self.edit("call_number").setFocus()

    def propose(self, barcode: str, inventory: str) -> None:
        """Show which numbers empty fields stand for."""
        self.edit("barcode").setPlaceholderText(barcode)
        self.edit("inventory").setPlaceholderText(inventory)

    # --- what stands in them -----------------------------------------------------------------

    def new(self, title: UUID) -> NewCopies:
        """Return the copies that are wanted."""
        names = ("branch", "kind", "access", "location", "source", "supplier", "received")
        more = ("barcode", "inventory", "call_number", "volume", "note")
        values = {name: _value(self.edit(name)) for name in (*names, *more)}
        price = self.edit("price").amount() or 0
        return replace(NewCopies(title), count=self.edit("count").value(), price=price, **values)

    def form(self, opened: CopyForm) -> CopyForm:
        """Return the copy as it is now."""
        values = {
            name: _value(field.edit) for name, field in self.by_name.items() if name not in _NEW
        }
        return replace(opened, **{**values, "price": values["price"] or 0})

    def changes(self) -> dict[str, Any]:
        """Return what was filled in for many copies."""
        found = {
            name: _value(field.edit)
            for name, field in self.by_name.items()
            if name not in (*_NEW, *OF_ONE)
        }
        return {
            name: value
            for name, value in found.items()
            if value is not UNCHANGED and value not in ("", None)
        }

    def wrong(self) -> dict[str, str]:
        """Return what cannot be saved, by field."""
        found = {}
        if self.edit("price").wrong():
            found["price"] = _("This is not an amount.")
        if self.edit("received").wrong():
            found["received"] = _("This is not a date; write it as 31-12-2010.")
        return found

    # --- inside ------------------------------------------------------------------------------

    def _begin(
        self, facts: CopyFacts, *, hidden: set[str] | frozenset[str], many: bool = False
    ) -> None:
        self._facts, self._many = facts, many
        before: list[tuple[str, Any]] = [(_("unchanged"), UNCHANGED)] if many else []
        accesses: list[tuple[str, Any]] = [(text.access_name(one), one) for one in Access]
        self.edit("branch").set_options([*before, *facts.branches])
        self.edit("kind").set_options([*before, *([] if many else [("–", None)]), *facts.kinds])
        self.edit("access").set_options([*before, *accesses])
        self.edit("source").set_options([*before, *[(one, one) for one in facts.sources]])
        for name, field in self.by_name.items():
            field.setVisible(name not in hidden)
            if isinstance(field.edit, QLineEdit) and not isinstance(field.edit, DateEdit):
                plain = "Rp" if name == "price" else ""
                field.edit.setPlaceholderText(_("unchanged") if many else plain)
        self.by_name["branch"].setVisible(many or len(facts.branches) > 1)
        self.clear_errors()
        self.arrange(self.columns)

    def _fill(self, form: CopyForm) -> None:
        for name, field in self.by_name.items():
            if name not in _NEW:
                _show(field.edit, getattr(form, name))

    def _offer(self, name: str, typed: str) -> None:
        known: Sequence[str] = getattr(self._facts, f"{name}s", ()) if self._facts else ()
        wanted = typed.casefold()
        fits = [one for one in known if wanted in one.casefold()]
        self.edit(name).offer(typed, [Suggestion(one) for one in fits[:_OFFERED]])

    def _put(self, name: str, edit: Any, *, span: int = 1) -> None:
        if isinstance(edit, QLineEdit):
            edit.setMaxLength(_LONGEST)
        field = Field(text.field_name(name), edit, name=name)
        self.by_name[name] = field
        self.add(field, span)


def _show(edit: Any, value: Any) -> None:
    if isinstance(edit, DateEdit):
        edit.set_date(value)
    elif isinstance(edit, MoneyEdit):
        edit.set_amount(value or None)
    elif isinstance(edit, Choice):
        try:
            edit.choose(value)
        except ValueError:
            _offer_too(edit, value)
    else:
        edit.setText(value)


def _offer_too(choice: Choice[Any], value: Any) -> None:
    """Choose a value that is offered no more (an import's source, a branch that was closed)."""
    if isinstance(value, str) and value:
        choice.add_option(value, value)
        choice.choose(value)
    else:
        choice.setCurrentIndex(-1 if value is not None else 0)


def _value(edit: Any) -> Any:
    if isinstance(edit, DateEdit):
        return edit.date()
    if isinstance(edit, MoneyEdit):
        return edit.amount()
    if isinstance(edit, Choice):
        return edit.value()
    return edit.text()
