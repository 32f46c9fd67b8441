"""The questions of a member's panel: each builds its fields, checks them, hands the answer on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from perpusdesk.common.formats import rupiah
from perpusdesk.common.i18n import _
from perpusdesk.domain.lost import Settlement
from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.entries import DateEdit, MoneyEdit
from perpusdesk.ui.kit.forms import Choice, Field


def payment(ask: AskCard, owed: int, pay: Callable[[int], object]) -> None:
    """Ask how much is paid; all that is owed is proposed."""
    amount = Field(_("Amount paid"), MoneyEdit(owed), required=True, name="amount")
    ask.ask(
        _("{amount} is owed. How much is paid?").format(amount=rupiah(owed)),
        [amount],
        _("Record payment"),
        lambda: pay(amount.edit.amount() or 0),
        check=lambda: _amount(amount, owed),
    )
    amount.edit.selectAll()


def waiver(ask: AskCard, owed: int, waive: Callable[[int, str], object]) -> None:
    """Ask what is waived, and why."""
    amount = Field(_("Amount waived"), MoneyEdit(owed), required=True, name="amount")
    reason = _line(_("Reason"), "reason", _("It is recorded with your name."), required=True)
    ask.ask(
        _("Let the member off?"),
        [amount, reason],
        _("Waive"),
        lambda: waive(amount.edit.amount() or 0, reason.edit.text()),
        check=lambda: {**_amount(amount, owed), **missing(("reason", _text(reason)))},
    )


def charge(ask: AskCard, book: Callable[[int, str], object]) -> None:
    """Ask what is charged, and what for."""
    amount = Field(_("Amount"), MoneyEdit(), required=True, name="amount")
    what = _line(_("What for"), "what", _("For example: a new card"), required=True)
    ask.ask(
        _("What does the member owe, and what for?"),
        [amount, what],
        _("Charge"),
        lambda: book(amount.edit.amount() or 0, what.edit.text()),
        check=lambda: {**_amount(amount, None), **missing(("what", _text(what)))},
    )


def refund(ask: AskCard, most: int, give: Callable[[int, str], object]) -> None:
    """Ask what is given back, and why."""
    amount = Field(_("Amount"), MoneyEdit(most), required=True, name="amount")
    reason = _line(_("Reason"), "reason", required=True)
    ask.ask(
        _("How much is given back?"),
        [amount, reason],
        _("Refund"),
        lambda: give(amount.edit.amount() or 0, reason.edit.text()),
        check=lambda: {**_amount(amount, most), **missing(("reason", _text(reason)))},
    )


def block(ask: AskCard, put: Callable[[str, date | None], object]) -> None:
    """Ask why a member is blocked, and until when."""
    reason = _line(_("Reason"), "reason", _("Staff see it at the desk."), required=True)
    until = Field(_("Last day"), DateEdit(), hint=_("Empty: until it is lifted"), name="until")

    def check() -> dict[str, str]:
        wrong = {"until": _("This is not a date.")} if until.edit.wrong() else {}
        return {**missing(("reason", _text(reason))), **wrong}

    ask.ask(
        _("Block this member from borrowing?"),
        [reason, until],
        _("Block"),
        lambda: put(reason.edit.text(), until.edit.date()),
        check=check,
    )


def lift(ask: AskCard, what: str, lift_it: Callable[[str], object]) -> None:
    """Ask why a block is lifted."""
    reason = _line(_("Reason"), "reason", _("It is recorded with your name."), required=True)
    ask.ask(
        _("Lift this block?"),
        [reason],
        _("Lift block"),
        lambda: lift_it(reason.edit.text()),
        why=what,
        check=lambda: missing(("reason", _text(reason))),
    )


def note(ask: AskCard, text: str, write: Callable[[str], object]) -> None:
    """Ask for the note."""
    edit = QPlainTextEdit(text)
    edit.setTabChangesFocus(True)
    edit.setMaximumHeight(120)
    field = Field(_("Note"), edit, hint=_("Only staff see it."), name="note")
    ask.ask(_("Note"), [field], _("Save"), lambda: write(edit.toPlainText()))


def cancel_hold(ask: AskCard, title: str, cancel: Callable[[str], object]) -> None:
    """Ask why a hold is cancelled."""
    reason = _line(_("Reason"), "reason", _("May stay empty."))
    ask.ask(
        _("Cancel the hold on “{title}”?").format(title=title),
        [reason],
        _("Cancel hold"),
        lambda: cancel(reason.edit.text()),
    )


def lost(ask: AskCard, title: str, report: Callable[[Settlement, int | None], object]) -> None:
    """Ask how a lost copy is settled."""
    options = [
        (_("The price is paid"), Settlement.PRICE),
        (_("The same title is brought"), Settlement.SAME_TITLE),
        (_("Nothing is asked"), Settlement.NOTHING),
    ]
    how = Field(_("How it is settled"), Choice(options), name="how")
    hint = _("Empty: the price in the catalogue")
    price = Field(_("Price"), MoneyEdit(), hint=hint, name="price")
    how.edit.currentIndexChanged.connect(lambda place: price.setVisible(place == 0))

    def check() -> dict[str, str]:
        wrong = price.edit.wrong() and how.edit.value() is Settlement.PRICE
        return {"price": _("This is not an amount.")} if wrong else {}

    ask.ask(
        _("“{title}” is lost: the loan ends.").format(title=title),
        [how, price],
        _("Record as lost"),
        lambda: report(how.edit.value() or Settlement.PRICE, price.edit.amount()),
        check=check,
    )


def letter(ask: AskCard, make: Callable[[str], object]) -> None:
    """Ask for what the letter is wanted."""
    purpose = _line(_("What the letter is for"), "purpose", _("For example: school leaving"))
    ask.ask(
        _("Clearance letter"), [purpose], _("Make the letter"), lambda: make(purpose.edit.text())
    )


def exception(ask: AskCard, why: str, verb: str, go: Callable[[str], object]) -> None:
    """Ask why an exception is made."""
    reason = _line(_("Reason for the exception"), "reason", required=True)
    ask.ask(
        _("Why is an exception made? It is recorded with your name."),
        [reason],
        verb,
        lambda: go(reason.edit.text()),
        why=why,
        check=lambda: missing(("reason", _text(reason))),
    )


def _line(label: str, name: str, hint: str = "", *, required: bool = False) -> Field[QLineEdit]:
    edit = QLineEdit()
    edit.setMaxLength(200)
    return Field(label, edit, required=required, hint=hint, name=name)


def _text(field: Field[QLineEdit]) -> str:
    return field.edit.text().strip()


def _amount(field: Field[MoneyEdit], most: int | None) -> dict[str, Any]:
    amount = field.edit.amount()
    if not amount:
        return {field.name: _("Enter whole rupiah above 0.")}
    if most is not None and amount > most:
        return {field.name: _("That is more than {amount}.").format(amount=rupiah(most))}
    return {}
