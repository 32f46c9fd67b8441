"""One check as a row: its picture, its name and how it ended, what that means, and the button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.doctor.parts import Finding
from perpusdesk.services.wording.doctor import check_name, say_finding
from perpusdesk.ui.doctor import text
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.theme import set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words

_SIDE = 20


class CheckRow(QWidget):
    """Shows one check; ``mend`` is called with its findings when somebody presses the button."""

    def __init__(self, check: str, mend: Callable[[Sequence[Finding]], object]) -> None:
        super().__init__()
        self.check = check
        self._findings: Sequence[Finding] = ()
        self._picture = picture("clock", "muted", _SIDE)
        self._name = words(check_name(check), strong=True)
        self.word = words(_("Not examined"), tone="muted")
        self.means = words("", tone="muted", wrap=True)
        self.means.hide()
        self.button: QPushButton = button(_("Repair"), lambda: mend(self._findings))
        self.button.setAccessibleName(_("Repair: {what}").format(what=check_name(check)))
        self.button.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name, 3)
        head.addWidget(self.word, 5)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addLayout(head)
        middle.addWidget(self.means)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(middle, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def show_findings(self, findings: Sequence[Finding], *, can_mend: bool) -> None:
        """Show how the check ended."""
        self._findings = findings
        icon, word, tone = text.check_state(findings)
        set_icon(self._picture, icon, tone, _SIDE)
        set_tone(self.word, tone)
        self.word.setText(word)
        said = "\n".join(str(say_finding(one)) for one in findings)
        self.means.setText(said)
        self.means.setVisible(bool(said))
        self.button.setVisible(can_mend)
