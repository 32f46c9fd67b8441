"""The camera's panel: the picture, what was read last, which camera, and whether it is mirrored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.camera import CameraState, StateChange, View
from perpusdesk.scan.types import Picture, Quad, Scan
from perpusdesk.ui.camera import text
from perpusdesk.ui.camera.sources import Offer
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.camera_view import CameraView
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.theme import set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words

LAMP_FOR = 2500
"""Milliseconds that the lamp of a read stays lit."""


class CameraPanel(QWidget):
    """Shows what the reader tells; ``camera_chosen`` and ``mirror_chosen`` follow the person."""

    camera_chosen = Signal(str)
    mirror_chosen = Signal(bool)

    def __init__(self, mirror: bool = False) -> None:
        super().__init__()
        self._width = 0
        self.view = CameraView()
        self.lamp = Lamp()
        self.choice: Choice[str] = Choice([])
        named(self.choice, _("Camera"))
        self.choice.activated.connect(self._chosen)
        self.mirror = QCheckBox(_("Mirrored"))
        self.mirror.setChecked(mirror)
        self.mirror.toggled.connect(self.mirror_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.view)
        column.addWidget(self.lamp)
        column.addSpacing(4)
        column.addWidget(words(_("Camera"), "caption", "muted"))
        column.addWidget(self.choice)
        column.addWidget(self.mirror)
        column.addStretch(1)
        self.offer([Offer("", _("Looking for cameras …"))], "")

    def offer(self, offers: Sequence[Offer], current: str) -> None:
        """Offer these cameras; ``current`` is the one in use."""
        every = list(offers) or [Offer("", _("No camera found"))]
        self.choice.set_options([(offer.name, offer.value) for offer in every])
        if current in [offer.value for offer in every]:
            self.choice.choose(current)
        self.choice.setEnabled(len(every) > 1)

    def show_state(self, change: StateChange) -> None:
        """Say why there is no picture, or that there is one."""
        if change.state is CameraState.LIVE:
            self.lamp.wait()
        elif change.state is CameraState.ENDED:
            self.view.show_hint(text.state(change))
        else:
            self.view.show_nothing(text.state(change))
            self.view.show_hint("")
            self.lamp.rest()

    def show_frame(self, frame: Picture) -> None:
        """Show the newest frame."""
        self._width = frame.shape[1]
        self.view.show_frame(frame[:, ::-1].copy() if self._mirrored else frame)

    def show_view(self, view: View) -> None:
        """Outline what was found in a frame, or say what would help."""
        quads = [code.quad for code in view.codes if code.quad is not None]
        self.view.show_codes([self._as_shown(quad, view.width) for quad in quads])
        self.view.show_hint(text.hint(view.hint.value) if view.hint else "")

    def show_read(self, scan: Scan) -> None:
        """Light the lamp for a code that counted."""
        self.lamp.light(text.read(scan.text, scan.when))

    @property
    def _mirrored(self) -> bool:
        return self.mirror.isChecked()

    def _as_shown(self, quad: Quad, width: int) -> Quad:
        if not self._mirrored:
            return quad
        one, two, three, four = ((width - x, y) for x, y in quad)
        return one, two, three, four

    def _chosen(self, _place: int) -> None:
        value = self.choice.value()
        if value is not None:
            self.camera_chosen.emit(value)


class Lamp(QWidget):
    """What was read last, lit for a moment; a sign and words, never colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = picture("scan", "muted")
        self._words: QLabel = words("", tone="muted", wrap=True)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(LAMP_FOR)
        self._clock.timeout.connect(self._dim)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.rest()

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def rest(self) -> None:
        """Say nothing: there is no picture."""
        self._say("scan", text.waiting(), lit=False)
        self.setVisible(False)

    def wait(self) -> None:
        """Say what to do."""
        self._say("scan", text.waiting(), lit=False)
        self.setVisible(True)

    def light(self, said: str) -> None:
        """Light up for a read."""
        self.setVisible(True)
        self._say("check", said, lit=True)
        self._clock.start()

    def _dim(self) -> None:
        set_icon(self._sign, "check", "muted")
        set_tone(self._words, "muted")

    def _say(self, icon: str, said: str, *, lit: bool) -> None:
        self._clock.stop()
        set_icon(self._sign, icon, "ok" if lit else "muted")
        set_tone(self._words, "ok" if lit else "muted")
        self._words.setText(said)
        self.setAccessibleName(said)
