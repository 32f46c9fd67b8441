"""A field that listens to a test scan and says what the scanner is like; for wizard and settings.

What is typed into it goes nowhere else. Where the code has the text that is printed under it there
is nothing to ask; else the person types what is printed, and prefix and suffix follow from that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.common.settings import Value
from perpusdesk.scan.wedge import WedgeSettings
from perpusdesk.scan.wedge_learn import Key, LearnProblem, Lesson, learn
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.theme import Tone, set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words

SILENCE: Final = 400
"""Milliseconds after the last key when a scanner that sends no end has ended."""

_ENDS: Final = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
_BURST: Final = 3


class ScannerLesson(QWidget):
    """Learns one scanner; ``learnt`` carries the ``WedgeSettings`` each time they change."""

    learnt = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.settings: WedgeSettings | None = None
        self._sample: list[Key] = []
        self.field = ListeningField()
        self.field.heard.connect(self._heard)
        self._sign = picture("scan", "muted", 24)
        self._said = words("", "body", "muted", wrap=True)
        self._question = self._make_question()
        self.printed = QLineEdit()
        self.printed.setMaxLength(120)
        self.printed.setPlaceholderText(_("The text printed under the barcode"))
        named(self.printed, _("The text printed under the barcode"))
        self.printed.returnPressed.connect(self._compare)
        self.printed.hide()
        self._lay_out()
        self._say("scan", "muted", _("Scan any barcode now: a book, a card, a packet of noodles."))

    @property
    def said(self) -> str:
        """Return what stands below the field."""
        return self._said.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the Enter of the fields: it answers here."""
        if event.key() in _ENDS and self.printed.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self._question)
        column.addWidget(self.printed)
        self.setFocusProxy(self.field)

    def _make_question(self) -> QWidget:
        asked = QWidget()
        row = QHBoxLayout(asked)
        row.setContentsMargins(36, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(button(_("Yes, the same"), self._same, icon="check"))
        row.addWidget(quiet_button(_("No, something else is printed"), self._other))
        row.addStretch(1)
        asked.hide()
        return asked

    def _heard(self, sample: list[Key]) -> None:
        self._sample = sample
        self.printed.hide()
        self._take(learn([sample]), ask=True)

    def _same(self) -> None:
        self._question.hide()
        if self.settings is not None:
            self._say("check", "ok", _said_of(self.settings))

    def _other(self) -> None:
        self._question.hide()
        self.printed.show()
        self.printed.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say("edit", "text", _("Type what is printed under the barcode, then Enter."))

    def _compare(self) -> None:
        expected = self.printed.text().strip()
        if expected:
            self._take(learn([self._sample], expected), ask=False)

    def _take(self, lesson: Lesson, *, ask: bool) -> None:
        self._question.setVisible(ask and lesson.settings is not None)
        if lesson.settings is not None:
            self.settings = lesson.settings
            self.learnt.emit(lesson.settings)
        if lesson.problem is not None:
            self._say("warning", "warn", _PROBLEMS[lesson.problem]())
        elif lesson.settings is not None and ask:
            self._say("scan", "text", _arrived(self.field.text()))
        elif lesson.settings is not None:
            self._say("check", "ok", _said_of(lesson.settings))

    def _say(self, icon: str, tone: Tone, said: str) -> None:
        set_icon(self._sign, icon, tone, 24)
        set_tone(self._said, tone)
        self._said.setText(said)
        announce(self, said)


class ListeningField(QLineEdit):
    """Notes each key with its time; ``heard`` carries the keys of one scan, its end included."""

    heard = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[Key] = []
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SILENCE)
        self._clock.timeout.connect(self._ended)
        self.setPlaceholderText(_("Waiting for a scan …"))
        self.setMaxLength(512)
        named(self, _("Test scan"))
        keep_scans(self)

    def event(self, event: QEvent) -> bool:
        """Take the Tab or Enter that ends a scan before it moves the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            end = _ENDS.get(Qt.Key(event.key()))
            if end is not None and len(self._keys) >= _BURST:
                self._keys.append((end, float(event.timestamp())))
                self._ended()
                return True
            self._note(event)
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget half a scan."""
        self._clock.stop()
        self._keys = []
        super().focusOutEvent(event)

    def _note(self, event: QKeyEvent) -> None:
        text = event.text()
        if not text or not text.isprintable():
            return
        if not self._keys:
            self.clear()
        self._keys.append((text, float(event.timestamp())))
        self._clock.start()

    def _ended(self) -> None:
        self._clock.stop()
        keys, self._keys = self._keys, []
        self.heard.emit(keys)


def values_of(scanner: WedgeSettings) -> dict[str, Value]:
    """Return a scanner's manners as this device's settings."""
    return {
        "scanner_gap_ms": round(scanner.gap_ms),
        "scanner_prefix": scanner.prefix,
        "scanner_suffix": scanner.suffix,
        "scanner_ends_alone": scanner.ends_alone,
        "scanner_pace_us": min(500_000, round(scanner.pace_ms * 1000)),
    }


def _arrived(text: str) -> str:
    return _("This arrived: {code}. Is exactly that printed under the barcode?").format(code=text)


def _said_of(settings: WedgeSettings) -> str:
    parts = [_("The scanner is ready.")]
    if settings.prefix:
        parts.append(
            _("It puts “{text}” before each code; that is taken off.").format(text=settings.prefix)
        )
    if settings.suffix:
        parts.append(
            _("It puts “{text}” after each code; that is taken off.").format(text=settings.suffix)
        )
    if settings.ends_alone:
        parts.append(_("It sends no Enter; the end is recognised by the pause."))
    return " ".join(parts)


_PROBLEMS: Final[dict[LearnProblem, Callable[[], str]]] = {
    LearnProblem.NOTHING: lambda: _("Too little arrived. Scan once more."),
    LearnProblem.TYPED_BY_HAND: lambda: _(
        "That was typed by hand, it seems. Scan with the scanner; without one, skip this step."
    ),
    LearnProblem.OTHER_TEXT: lambda: _(
        "What is printed does not occur in what arrived. Compare both, then scan once more."
    ),
    LearnProblem.KEYBOARD: lambda: _(
        "The scanner's letters arrive changed: switch Caps Lock off, set the keyboard to English "
        "(US), then scan once more."
    ),
}
