"""Forms on visitors' phones: switched on and off here, with the code that opens each of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.surveys_answer import SurveyToAnswer, surveys_to_answer
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.record_list import RecordList, RowWords
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.phones.qr_view import QrView
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles


class Switch(Protocol):
    """What serves the phones."""

    @property
    def running(self) -> bool:
        """Whether phones are answered."""

    def turn_on(self) -> None:
        """Begin to serve; ``part.follow`` is called when it did."""

    def turn_off(self) -> None:
        """Serve no more."""

    def places(self) -> Sequence[tuple[str, str]]:
        """Return name of network and address (``http://192.168.1.7:8090/``) of each way here."""


class PhonesPart(QObject):
    """What stands behind the tab."""

    shown = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path, switch: Switch
    ) -> None:
        """``folder`` is where posters are written."""
        super().__init__()
        self._desk, self._tasks, self._switch = desk, tasks, switch
        self._surveys: list[SurveyToAnswer] = []
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.widget = QWidget()
        self.state = words("", "title", strong=True, wrap=True)
        self.hint = words("", tone="muted", wrap=True)
        self.on = primary_button(_("Turn the forms on"), switch.turn_on, icon="phone")
        self.off = button(_("Turn them off"), switch.turn_off, icon="close")
        self.place: Choice[str] = Choice([])
        self.place_field = Field(
            _("Network of the phones"),
            self.place,
            hint=_("The Wi-Fi that visitors use."),
            name="place",
        )
        self.rows = RecordList(_("What phones can answer"), _row)
        self.code = QrView()
        self.address = words("", "lead", strong=True, wrap=True)
        self.poster = button(_("Print a poster"), self.print_list, icon="print", keys="Ctrl+P")
        self._lay_out()
        self.rows.chosen.connect(lambda _id: self._show_code())
        self.place.activated.connect(lambda _place: self._show_code())

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        for part in (self.state, self.hint, Flow(self.on, self.off), self.place_field):
            left.addWidget(part)
        left.addWidget(self.rows, 1)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code_side = QWidget()
        self._code_side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.code)
        right.addWidget(self.address)
        right.addWidget(Flow(self.poster))
        right.addStretch(1)
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        row.addLayout(left, 3)
        row.addWidget(self._code_side, 2)

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Show what can be answered, and where."""
        self._tasks.run(lambda: surveys_to_answer(self._desk), self._show, owner=self)

    def follow(self) -> None:
        """Show whether phones are served by now."""
        self.opened()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.rows.enter()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the list is short."""

    def print_list(self) -> None:
        """Make the poster of what is chosen and open it."""
        from perpusdesk.printing.phone_poster import Poster, phone_poster
        from perpusdesk.services.set_up import library_name

        url, name = self.url(), self._name()
        if url:
            self.papers.make(
                "poster-survei",
                lambda: Poster(library_name(self._desk), name, url),
                phone_poster,
            )

    def url(self) -> str:
        """Return the address that the code stands for, ``""`` while phones are not served."""
        base = self.place.value()
        if not self._switch.running or not base:
            return ""
        survey = self.rows.chosen_record()
        return f"{base}s/{survey.id}" if isinstance(survey, SurveyToAnswer) else base

    # --- inside --------------------------------------------------------------------------------

    def _name(self) -> str:
        survey = self.rows.chosen_record()
        return survey.name if isinstance(survey, SurveyToAnswer) else ""

    def _show(self, surveys: Sequence[SurveyToAnswer]) -> None:
        self._surveys = list(surveys)
        running, places = self._switch.running, self._switch.places()
        self.state.setText(_("Forms on phones are on") if running else _("Forms on phones are off"))
        self.hint.setText(_hint(running=running, places=len(places), surveys=len(surveys)))
        self.on.setVisible(not running)
        self.off.setVisible(running)
        before = self.place.value()
        self.place.set_options([(f"{name}  {url}", url) for name, url in places])
        if before in [url for _name, url in places]:
            self.place.choose(before or "")
        self.place_field.setVisible(running and len(places) > 1)
        self.rows.show_records(self._surveys)
        if len(surveys) == 1:
            self.rows.selectRow(0)
        self._show_code()
        self.shown.emit()

    def _show_code(self) -> None:
        url = self.url()
        self._code_side.setVisible(bool(url))
        if url:
            self.code.show_text(url, _("QR code of {address}").format(address=url))
            self.address.setText(self.place.value() or "")  # short enough to be typed


def _row(survey: SurveyToAnswer) -> RowWords:
    asked = len(survey.form.asked)
    questions = ngettext("{n} question", "{n} questions", asked).format(n=asked)
    return RowWords(survey.name, questions, tone="text")


def _hint(*, running: bool, places: int, surveys: int) -> str:
    if not surveys:
        return _("No survey runs at this branch today. Begin one on the tab of surveys.")
    if not running:
        return _(
            "Visitors open a survey on their phone by a QR code, over the branch's Wi-Fi, without"
            " internet. Phones reach nothing else of this computer, and nothing of them is kept."
        )
    if not places:
        return _("This computer is in no network: connect it to the Wi-Fi of the branch.")
    return _("Hang the poster up, or turn the screen to the visitor. It stays on until turned off.")
