"""The tab of examinations: one big sentence, the checks, and what was repaired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.rights import REPAIR
from perpusdesk.services.doctor.parts import Finding
from perpusdesk.services.doctor.record import Repair
from perpusdesk.services.wording.doctor import CHECK_NAMES
from perpusdesk.services.wording.rights import right_name
from perpusdesk.ui.doctor import text
from perpusdesk.ui.doctor.row import CheckRow
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.cards import Card, StateWord
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import Tone, set_tone
from perpusdesk.ui.kit.words import Divider, words

_WHOLE = 1000
FILE = "file"
"""The check whose repair closes the library."""


class DoctorPart(QWidget):
    """Only shows and asks; what is to be done goes out by signals."""

    examine_asked = Signal()
    stop_asked = Signal()
    mend_asked = Signal(object)
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state = StateWord()
        self.doing, self.bar = words("", tone="muted", figures=True), QProgressBar()
        self.bar.setRange(0, _WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress of the examination"))
        self.told = words("", wrap=True)
        self.told.hide()
        self.go = primary_button(_("Examine now"), self.examine_asked.emit, icon="check")
        self.stop = button(_("Stop"), self.stop_asked.emit)
        self.save = quiet_button(_("Save the report"), self.save_asked.emit)
        self.rows = {check: CheckRow(check, self.mend_asked.emit) for check in CHECK_NAMES}
        self._repairs_head = words(_("Repairs"), "lead", strong=True)
        self._repairs = words("", tone="muted", wrap=True, figures=True)
        self._may = True
        said = _("Repairing needs the right “{right}”.").format(right=right_name(REPAIR))
        self.barred = words(said, "caption", "muted", wrap=True)
        self.barred.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._room()))
        self.show_work(None)
        self.show_examined(None, (), datetime.now().astimezone())

    def _room(self) -> QWidget:
        card = Card()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 16, 24, 16)
        inner.setSpacing(8)
        for part in (self.state, self.doing, self.bar, self.told):
            inner.addWidget(part)
        inner.addSpacing(4)
        inner.addWidget(Flow(self.go, self.stop, self.save))
        inner.addWidget(self.barred)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(0)
        column.addWidget(card)
        column.addSpacing(16)
        for number, row in enumerate(self.rows.values()):
            if number:
                column.addWidget(Divider())
            column.addWidget(row)
        column.addSpacing(16)
        column.addWidget(self._repairs_head)
        column.addSpacing(4)
        column.addWidget(self._repairs)
        column.addStretch(1)
        return room

    def allow(self, may: bool) -> None:
        """Let somebody repair, or only examine."""
        self._may = may
        self.barred.setVisible(not may)

    def show_examined(
        self,
        examined: tuple[int, list[Finding]] | None,
        repairs: Sequence[Repair],
        now: datetime,
    ) -> None:
        """Show what the last examination found, and what was put right."""
        self.state.say(*text.state(examined, now))
        self.save.setVisible(examined is not None)
        if examined is not None:
            for check in self.rows:
                self.show_check(check, [one for one in examined[1] if one.check == check])
        lines = [text.repaired(text.when(one.at_ms, now), one) for one in repairs]
        self._repairs.setText("\n".join(lines))
        for part in (self._repairs_head, self._repairs):
            part.setVisible(bool(lines))

    def show_check(self, check: str, findings: Sequence[Finding]) -> None:
        """Show how one check ended."""
        mendable = any(one.mendable for one in findings) or (check == FILE and bool(findings))
        self.rows[check].show_findings(findings, can_mend=mendable and self._may)

    def show_work(self, share: float | None) -> None:
        """Show how far an examination is; ``None``: none is under way."""
        busy = share is not None
        self.doing.setText(text.progress(share) if share is not None else "")
        self.bar.setValue(round((share or 0.0) * _WHOLE))
        for part in (self.doing, self.bar, self.stop):
            part.setVisible(busy)
        self.go.setVisible(not busy)
        self.save.setEnabled(not busy)
        for one in self.rows.values():
            one.button.setEnabled(not busy)

    def tell(self, said: str, tone: Tone) -> None:
        """Say what came of it."""
        set_tone(self.told, tone)
        self.told.setText(said)
        self.told.setVisible(bool(said))
        if said:
            announce(self, said)
