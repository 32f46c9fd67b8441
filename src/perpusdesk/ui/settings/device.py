"""What this computer is set to; every change holds at once and is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import N_, _
from perpusdesk.common.settings import DECLARATIONS, Settings, SettingsFile, Value
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.forms import Form
from perpusdesk.ui.kit.scanner_lesson import ScannerLesson, values_of
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings import text
from perpusdesk.ui.settings.autostart import AutostartPart
from perpusdesk.ui.settings.editors import ChoiceEditor, Editor, TickEditor, editor_for

GROUPS: Final = (
    (N_("Look"), ("language", "text_size", "colour_scheme")),
    (N_("Sound"), ("sounds", "volume")),
    (N_("Camera"), ("camera", "mirror_camera")),
    (N_("Slips"), ("slip_printer", "slip_width")),
    (N_("Lock"), ("lock_after",)),
    (N_("Start"), ("start_as_kiosk",)),
    (N_("Version"), ("look_for_updates",)),
)
ELSEWHERE: Final = frozenset(
    {
        "camera_on",  # the camera's key
        "scanner_gap_ms",  # the test scan
        "scanner_prefix",
        "scanner_suffix",
        "scanner_ends_alone",
        "scanner_pace_us",
        "data_folder",  # the start
        "updates_asked",  # remembered once somebody was asked
    }
)
"""Settings that are made where they belong, not in a list."""

Offers = Callable[[], list[tuple[str, Value]]]


class DeviceSection(QWidget):
    """``changed`` carries the ``Settings`` that hold now; ``sound_asked`` wants to hear them."""

    changed = Signal(object)
    sound_asked = Signal()

    def __init__(
        self,
        settings: SettingsFile,
        tasks: Tasks,
        offers: dict[str, Offers],
        *,
        updates: QWidget,
        about: QWidget,
    ) -> None:
        """``offers`` find what can be chosen for a setting; they run beside the interface.

        ``updates`` tells of newer versions, ``about`` of this one.
        """
        super().__init__()
        self._settings, self._tasks, self._offers = settings, tasks, offers
        self.editors: dict[str, Editor] = {}
        self.scanner = ScannerPart(self._taught)
        self.autostart = AutostartPart(tasks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(12)
        for heading, names in GROUPS:
            column.addWidget(words(_(heading), "lead", strong=True))
            if "start_as_kiosk" in names:
                column.addWidget(self.autostart)
            column.addWidget(self._group(names))
            if "look_for_updates" in names:
                column.addWidget(updates)
                column.addWidget(about)
            column.addSpacing(12)
        column.addWidget(words(_("Scanner"), "lead", strong=True))
        column.addWidget(self.scanner)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show what is set now, and look for cameras and printers."""
        values = self._settings.values
        for name, editor in self.editors.items():
            editor.show_value(getattr(values, name))
        self.scanner.show_settings(values)
        self.autostart.refresh()
        for name, offers in self._offers.items():
            self._tasks.aside(offers, self._offer_to(name), owner=self)

    def _offer_to(self, name: str) -> Callable[[list[tuple[str, Value]]], None]:
        editor = self.editors[name]
        assert isinstance(editor, ChoiceEditor)
        return editor.offer

    def _group(self, names: tuple[str, ...]) -> QWidget:
        form, ticks = Form(columns=2), []
        for name in names:
            editor = self.editors[name] = editor_for(DECLARATIONS[name], self._change)
            if isinstance(editor, TickEditor):
                ticks.append(editor)
            else:
                form.add(editor)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(form)
        for made in ticks:
            place = 0 if made is self.editors[names[0]] else column.count()
            column.insertWidget(place, made, 0, Qt.AlignmentFlag.AlignLeft)
        if "volume" in names:
            column.addLayout(_left(button(_("Try it"), self.sound_asked.emit, icon="sound")))
        return whole

    def _change(self, name: str, value: Value) -> None:
        self._keep({name: value})

    def _taught(self, values: dict[str, Value]) -> None:
        self._keep(values)

    def _keep(self, changes: dict[str, Value]) -> None:
        settings = self._settings
        self._tasks.aside(lambda: settings.change(**changes), self._kept)

    def _kept(self, values: Settings) -> None:
        self.scanner.show_settings(values)
        self.changed.emit(values)


class ScannerPart(QWidget):
    """What is known of the scanner, and a test scan to learn it anew."""

    def __init__(self, taught: Callable[[dict[str, Value]], object]) -> None:
        super().__init__()
        self._known = words("", tone="muted", wrap=True)
        self.lesson = ScannerLesson()
        self.lesson.learnt.connect(lambda scanner: taught(values_of(scanner)))
        self.lesson.hide()
        self.again = button(_("Try a scan"), self._open, icon="scan")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._known)
        self._column.addLayout(_left(self.again))
        self._column.addWidget(self.lesson)

    def show_settings(self, settings: Settings) -> None:
        """Say what is known."""
        self._known.setText(text.scanner(settings))

    def _open(self) -> None:
        self.again.hide()
        self.lesson.show()
        self.lesson.field.setFocus(Qt.FocusReason.OtherFocusReason)


def _left(part: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(part)
    row.addStretch(1)
    return row
