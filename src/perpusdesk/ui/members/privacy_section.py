"""Personal data in a member's record: consents, number of identity, requests, and the rights."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import Purpose
from perpusdesk.services.privacy.consents import ConsentLine
from perpusdesk.services.privacy.privacy_view import PrivacyView
from perpusdesk.services.wording.privacy import clock_words, form_name, kind_name, purpose_name
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.words import Divider, picture, words


class Doings(Protocol):
    """What the section's buttons ask for."""

    def ask_consent(self, purpose: Purpose) -> None:
        """Ask how and when a consent was given."""

    def ask_withdrawal(self, purpose: Purpose) -> None:
        """Ask whether a consent is taken back."""

    def ask_identity(self) -> None:
        """Ask for the number of identity."""

    def reveal_identity(self) -> None:
        """Show the whole number for a moment."""

    def copy_data(self) -> None:
        """Ask why, then make the copy of all data."""

    def ask_request(self) -> None:
        """Ask what the member wants about the data."""

    def ask_restriction(self) -> None:
        """Restrict the use of the data, or end that."""

    def ask_erasure(self) -> None:
        """Ask why the data is erased."""


class PrivacySection(QWidget):
    """Rows of a name, how it stands, and one step; below them what the law lets a person ask."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 16, 8, 16)
        self._room: QWidget | None = None

    def show_view(self, view: PrivacyView) -> None:
        """Fill the section."""
        self.clear()
        self._room = room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Divider())
        column.addWidget(words(_("Personal data"), "lead", strong=True))
        for line in view.consents:
            column.addWidget(self._consent(line, view))
        column.addWidget(self._identity(view))
        for request in view.requests:
            said, tone = clock_words(request.clock)
            name = _("Request: {kind}").format(kind=kind_name(request.kind))
            column.addWidget(_row("clock", name, said, tone))
        if view.restricted:
            since = _("since {date}").format(date=long_date(view.restricted))
            column.addWidget(_row("lock", _("Use restricted"), since, "warn"))
        column.addWidget(self._steps(view))
        self._column.addWidget(room)

    def clear(self) -> None:
        """Show nothing: the member's data is being read."""
        if self._room is not None:
            self._room.hide()
            self._column.removeWidget(self._room)
            self._room.deleteLater()
            self._room = None

    def _consent(self, line: ConsentLine, view: PrivacyView) -> QWidget:
        name, purpose = purpose_name(line.purpose), line.purpose
        steps: list[QPushButton] = []
        if view.may_edit and line.in_force:
            if line.form is None:
                proof = quiet_button(_("Note the proof"), lambda: self._doings.ask_consent(purpose))
                steps.append(_told(proof, name))
            back = quiet_button(
                _("Withdraw the consent"), lambda: self._doings.ask_withdrawal(purpose)
            )
            steps.append(_told(back, name))
        elif view.may_edit:
            give = quiet_button(_("Note consent"), lambda: self._doings.ask_consent(purpose))
            steps.append(_told(give, name))
        tone: Tone = "ok" if line.in_force else "muted"
        mark = "check" if line.in_force else "info"
        return _row(mark, name, consent_words(line), tone, *steps)

    def _identity(self, view: PrivacyView) -> QWidget:
        found = view.identity
        said = found.masked if found else _("not recorded; it need not be")
        steps: list[QPushButton] = []
        if found and view.may_answer:
            steps.append(quiet_button(_("Show it whole"), self._doings.reveal_identity))
        if view.may_edit:
            verb = _("Change") if found else _("Enter")
            steps.append(_told(quiet_button(verb, self._doings.ask_identity), _("NIK")))
        return _row("person", found.kind if found else _("NIK"), said, "muted", *steps)

    def _steps(self, view: PrivacyView) -> QWidget:
        doings = self._doings
        steps = [button(_("Note a request"), doings.ask_request, icon="plus")]
        if view.may_answer:
            restrict = _("End the restriction") if view.restricted else _("Restrict use")
            steps += [
                button(_("Copy of the data"), doings.copy_data, icon="file"),
                button(restrict, doings.ask_restriction, icon="lock"),
                button(_("Erase the data"), doings.ask_erasure, icon="trash"),
            ]
        return Flow(*steps)


def consent_words(line: ConsentLine) -> str:
    """Return how a consent stands, in one line."""
    if line.withdrawn and not line.in_force:
        return _("withdrawn on {date}").format(date=long_date(line.withdrawn))
    if not line.in_force or line.given is None:
        return _("not given")
    parts = [
        _("given on {date}").format(date=long_date(line.given)),
        form_name(line.form) or _("no proof on record"),
        line.where,
        ", ".join(part for part in (line.given_by, line.relation) if part),
    ]
    return "  ·  ".join(part for part in parts if part)


def _told(step: QPushButton, about: str) -> QPushButton:
    step.setAccessibleName(f"{step.text()}: {about}")
    return step


def _row(icon: str, name: str, said: str, tone: Tone, *steps: QPushButton) -> QWidget:
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    box.addWidget(picture(icon, tone, 20))
    told = QVBoxLayout()
    told.setSpacing(0)
    told.addWidget(words(name, strong=True, wrap=True))
    quiet: Tone = "muted" if tone == "ok" else tone
    told.addWidget(words(said, "caption", quiet, wrap=True, figures=True))
    box.addLayout(told, 1)
    for step in steps:
        box.addWidget(step)
    return row
