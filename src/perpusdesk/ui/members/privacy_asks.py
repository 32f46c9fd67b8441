"""The questions of the section of personal data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit

from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import ConsentForm, Purpose, RequestKind
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.services.privacy.consents import Given
from perpusdesk.services.wording.privacy import form_name, kind_name, purpose_name
from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Choice, Field


def consent(
    ask: AskCard, purpose: Purpose, card: MemberCard, today: date, save: Callable[[Given], object]
) -> None:
    """Ask when and in which form somebody agreed, and who, where it is a child."""
    child = card.minor or purpose is Purpose.CHILD
    days = {Purpose.PHOTO: card.photo_consent, Purpose.CHILD: card.form.guardian_consent}
    known = days.get(purpose)
    day = Field(_("Given on"), DateEdit(known or today), name="day", required=True)
    forms = [(form_name(one), one) for one in ConsentForm]
    form = Field(_("How"), Choice[ConsentForm](forms), name="form")
    hint = _("For example: folder 3, no. 12, or the name of the scan")
    where = Field(_("Where the proof lies"), QLineEdit(), name="where", hint=hint)
    by = Field(_("Guardian"), QLineEdit(card.form.guardian_name), name="by", required=True)
    relation = Field(
        _("Relation"), QLineEdit(card.form.guardian_relation), name="relation", required=True
    )

    def check() -> dict[str, str]:
        given = day.edit.date()
        wrong = {"day": _("Enter the day; not one to come.")} if not given or given > today else {}
        if child:
            wrong |= missing(("by", by.edit.text().strip()), ("relation", relation.edit.text()))
        return wrong

    def then() -> None:
        who = (by.edit.text(), relation.edit.text()) if child else ("", "")
        kind = form.edit.value() or ConsentForm.PAPER
        save(Given(purpose, day.edit.date() or today, kind, where.edit.text(), *who))

    ask.ask(
        _("Consent: {purpose}").format(purpose=purpose_name(purpose)),
        [day, form, where, *((by, relation) if child else ())],
        _("Note consent"),
        then,
        why=_("The law wants it in writing or recorded; spoken, ask for the form soon."),
        check=check,
    )


def withdrawal(ask: AskCard, purpose: Purpose, go: Callable[[], object]) -> None:
    """Ask whether a consent is taken back, and say what that does."""
    effects = {
        Purpose.CHILD: _("The child borrows nothing until a guardian agrees anew."),
        Purpose.PHOTO: _("The photo is removed."),
        Purpose.WHATSAPP: _("Nothing is sent to WhatsApp any more."),
        Purpose.DISABILITY: _("What was noted for this must be taken out of the note by hand."),
    }
    heading = _("Withdraw consent: {purpose}").format(purpose=purpose_name(purpose))
    ask.ask(heading, (), _("Withdraw the consent"), go, why=effects[purpose])


def identity(ask: AskCard, save: Callable[[str], object]) -> None:
    """Ask for the number of identity."""
    number = Field(_("NIK"), QLineEdit(), name="number", hint=_("Empty: the number is taken out."))
    number.edit.setMaxLength(24)
    ask.ask(
        _("Number of identity"),
        [number],
        _("Save"),
        lambda: save(number.edit.text().strip()),
        why=_("It need not be given. It is kept apart, shown masked and never printed."),
    )


def request(ask: AskCard, note: Callable[[RequestKind, str], object]) -> None:
    """Ask what the member wants about the data."""
    kinds = [(kind_name(kind), kind) for kind in RequestKind]
    kind = Field(_("What is asked for"), Choice[RequestKind](kinds), name="kind")
    said = Field(_("Note"), QLineEdit(), name="note")
    ask.ask(
        _("What does the member ask about the data?"),
        [kind, said],
        _("Note the request"),
        lambda: note(kind.edit.value() or RequestKind.ACCESS, said.edit.text()),
        why=_("The 3 x 24 hours run from when the library received it."),
    )


def reason(ask: AskCard, heading: str, why: str, verb: str, go: Callable[[str], object]) -> None:
    """Ask why; the request of the person is proposed."""
    field = Field(_("Reason"), QLineEdit(), required=True, name="reason")
    field.edit.setText(_("Request of the person"))
    ask.ask(
        heading,
        [field],
        verb,
        lambda: go(field.edit.text()),
        why=why,
        check=lambda: missing(("reason", field.edit.text().strip())),
    )
