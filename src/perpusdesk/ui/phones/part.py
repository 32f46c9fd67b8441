"""Forms on visitors' phones: switched on and off here, with the code that opens each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.phone_offers import Offer, Offers, offers_of, set_phone_offers
from perpusdesk.services.surveys.surveys_answer import surveys_to_answer
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.phones import text
from perpusdesk.ui.phones.qr_view import QrView
from perpusdesk.ui.phones.text import Entry
from perpusdesk.ui.shell.doing import Doing
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


@dataclass(frozen=True, slots=True)
class _Known:
    offers: Offers
    entries: list[Entry]
    may: bool


class PhonesPart(QObject):
    """What stands behind the tab."""

    shown = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path, switch: Switch
    ) -> None:
        """``folder`` is where posters are written."""
        super().__init__()
        self._desk, self._tasks, self._switch = desk, tasks, switch
        self._place = ""
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.widget = QWidget()
        self.state = words("", "title", strong=True, wrap=True)
        self.hint = words("", tone="muted", wrap=True)
        self.on = primary_button(_("Turn the forms on"), switch.turn_on, icon="phone")
        self.off = button(_("Turn them off"), switch.turn_off, icon="close")
        self.ticks = {offer: QCheckBox(text.offer_name(offer)) for offer in Offer}
        self._locked = words(
            _("Whoever answers complaints may change this."), "caption", "muted", wrap=True
        )
        self.place: Choice[str] = Choice([])
        self.place_field = Field(
            _("Network of the phones"),
            self.place,
            hint=_("The Wi-Fi that visitors use."),
            name="place",
        )
        self.rows = RecordList(_("What phones can open"), text.row)
        self.code = QrView()
        self.address = words("", "lead", strong=True, wrap=True)
        self.poster = button(_("Print a poster"), self.print_list, icon="print", keys="Ctrl+P")
        self._lay_out()
        for tick in self.ticks.values():
            tick.clicked.connect(self._offer)
        self.rows.chosen.connect(lambda _id: self._choose())
        self.place.activated.connect(lambda _place: self._show_code())

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        for part in (self.state, self.hint, Flow(self.on, self.off)):
            left.addWidget(part)
        left.addSpacing(4)
        left.addWidget(words(_("Visitors may do"), strong=True))
        left.addWidget(Flow(*self.ticks.values(), gap=20))
        left.addWidget(self._locked)
        left.addWidget(self.place_field)
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
        """Show what can be opened, and where."""
        self._tasks.run(self._read, self._show, owner=self)

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
        from perpusdesk.printing.phone_poster import phone_poster
        from perpusdesk.services.set_up import library_name

        base, entry = self.place.value() or "", self.rows.chosen_record()
        if self.url() and isinstance(entry, Entry):
            self.papers.make(
                "poster-ponsel",
                lambda: entry.poster(library_name(self._desk), base),
                phone_poster,
            )

    def url(self) -> str:
        """Return the address that the code stands for, ``""`` while phones are not served."""
        base, entry = self.place.value(), self.rows.chosen_record()
        if not self._switch.running or not base or not isinstance(entry, Entry):
            return ""
        return f"{base}{entry.place}"

    # --- inside --------------------------------------------------------------------------------

    def _offer(self) -> None:
        wanted = {offer for offer, tick in self.ticks.items() if tick.isChecked()}

        def refused(_no: Refused, _said: Said) -> bool:
            self.opened()  # the ticks say again what is so
            return False

        self.doing.run(lambda: set_phone_offers(self._desk, wanted), refused=refused)

    def _read(self) -> _Known:
        offers = offers_of(self._desk)
        may = self._desk.may(COMPLAINTS) or not self._desk.people
        return _Known(offers, text.entries(offers, surveys_to_answer(self._desk)), may)

    def _show(self, found: _Known) -> None:
        running, places = self._switch.running, self._switch.places()
        self.state.setText(text.state(running=running))
        self.hint.setText(
            text.hint(
                running=running,
                places=len(places),
                offers=found.offers,
                open_=len(found.entries),
            )
        )
        self.on.setVisible(not running)
        self.off.setVisible(running)
        for offer, tick in self.ticks.items():
            tick.setChecked(offer in found.offers)
            tick.setEnabled(found.may)
        self._locked.setVisible(not found.may)
        before = self.place.value()
        self.place.set_options([(f"{name}  {url}", url) for name, url in places])
        if before in [url for _name, url in places]:
            self.place.choose(before or "")
        self.place_field.setVisible(running and len(places) > 1)
        self._show_entries(found.entries)
        self._show_code()
        self.shown.emit()

    def _show_entries(self, entries: Sequence[Entry]) -> None:
        """Show what can be opened; what was chosen stays so, the start is chosen first."""
        kept = self._place
        self.rows.show_records(entries)
        self.rows.setVisible(bool(entries))
        if entries:
            at = (row for row, one in enumerate(entries) if one.place == kept)
            self.rows.selectRow(next(at, 0))

    def _choose(self) -> None:
        entry = self.rows.chosen_record()
        if isinstance(entry, Entry):
            self._place = entry.place
        self._show_code()

    def _show_code(self) -> None:
        url = self.url()
        self._code_side.setVisible(bool(url))
        if url:
            self.code.show_text(url, _("QR code of {address}").format(address=url))
            self.address.setText(self.place.value() or "")  # short enough to be typed
