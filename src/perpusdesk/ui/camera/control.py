"""Ties the camera's reader to its panel and to the window; never makes the interface wait.

The reader calls from its own threads: everything comes over by queued signals. Of frames and views
only the newest is kept, and at most one is on its way, however slow the window is.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from perpusdesk.common.settings import Settings, SettingsFile
from perpusdesk.domain.codes import CodeMask
from perpusdesk.ui.camera.sources import Offer, offers, source_of, wanted
from perpusdesk.ui.kit.tasks import Tasks

if TYPE_CHECKING:
    from perpusdesk.scan.camera import CameraReader, StateChange
    from perpusdesk.scan.frames import FrameSource
    from perpusdesk.scan.types import Scan
    from perpusdesk.ui.camera.panel import CameraPanel


class CameraPlace(Protocol):
    """Where the picture is shown and what was read goes: the window, or a part of a page."""

    @property
    def camera_wanted(self) -> Any:
        """The signal that asks for the camera to be switched on or off."""

    def show_camera(self, on: bool) -> None:
        """Follow the camera being switched."""

    def set_camera_panel(self, panel: QWidget) -> None:
        """Show the picture."""

    def take_scan(self, scan: Scan) -> None:
        """Take what was read."""


MakeSource = Callable[[str], "FrameSource"]
_SETTING: Final = "camera"


class CameraControl(QObject):
    """Switches the camera on and off as the window asks; its scans go to ``window.take_scan``.

    OpenCV and the decoders are imported when a camera is first wanted, beside the interface.
    ``masks`` is asked on the database's thread each time the camera is switched on.
    """

    changed = Signal(object)
    """Each ``StateChange``, after the panel shows it."""

    seen = Signal(object)
    """Each frame as the panel shows it, for whoever wants a picture (a member's photo)."""

    _state = Signal(object, int)
    _scan = Signal(object, int)

    def __init__(
        self,
        window: CameraPlace,
        tasks: Tasks,
        settings: SettingsFile,
        masks: Callable[[], tuple[CodeMask, ...]] = tuple,
        make_source: MakeSource = source_of,
    ) -> None:
        super().__init__(window if isinstance(window, QObject) else None)
        self._window, self._tasks, self._settings = window, tasks, settings
        self._masks, self._make_source = masks, make_source
        self.panel: CameraPanel | None = None
        self.on = False
        self._camera = wanted(settings.values.camera)
        self._reader: CameraReader | None = None
        self._ending: CameraReader | None = None
        self._found = False
        self._turn = 0
        self._frames = _Newest(self._show_frame, self)
        self._views = _Newest(self._show_view, self)
        queued = Qt.ConnectionType.QueuedConnection
        self._state.connect(self._show_state, queued)
        self._scan.connect(self._take_scan, queued)
        window.camera_wanted.connect(self.want)

    def restore(self) -> None:
        """Switch the camera on if it was on when the program ended."""
        if self._settings.values.camera_on:
            self.want(True)

    def want(self, on: bool) -> None:
        """Switch on or off, and remember it; returns at once."""
        if on == self.on:
            self._window.show_camera(on)
            return
        self.on = on
        if on:
            self._start()
        else:
            self._stop()
        self._window.show_camera(on)
        self._remember(camera_on=on)

    def follow(self, settings: Settings) -> None:
        """Use the camera and the mirror that were set elsewhere."""
        value = wanted(settings.camera)
        if self.panel is not None:
            self.panel.mirror.setChecked(settings.mirror_camera)
        if value != self._camera:
            self._camera = value
            if self.on:
                self._stop()
                self._start()

    def close(self) -> None:
        """Let go of the camera; waits for it at most a second."""
        self._turn += 1
        self.on = False
        readers, self._reader, self._ending = (self._reader, self._ending), None, None
        for reader in readers:
            if reader is not None:
                reader.stop()

    # --- the person ------------------------------------------------------------------------

    def _choose(self, value: str) -> None:
        self._camera = value
        self._remember(camera=value)
        if self.on:
            self._stop()
            self._start()

    def _mirror(self, on: bool) -> None:
        self._remember(mirror_camera=on)

    def _remember(self, **changes: Any) -> None:
        chosen = self._settings
        self._tasks.aside(lambda: chosen.change(**changes))

    # --- the reader ------------------------------------------------------------------------

    def _start(self) -> None:
        self._turn += 1
        turn = self._turn
        self._tasks.run(self._masks, lambda masks: self._build(masks, turn), owner=self)

    def _build(self, masks: tuple[CodeMask, ...], turn: int) -> None:
        value = self._camera
        self._tasks.aside(lambda: self._make_reader(value, masks, turn), self._made)
        if self.panel is None:
            self._tasks.aside(lambda: offers(value), self._offer)

    def _stop(self) -> None:
        self._turn += 1
        reader, self._reader = self._reader, None
        if reader is not None:
            self._ending = reader  # the tasks may be closed before it comes to it
            self._tasks.aside(reader.stop)

    def _make_reader(self, value: str, masks: tuple[CodeMask, ...], turn: int) -> _Made:
        from perpusdesk.scan.camera import CameraReader
        from perpusdesk.scan.cascade import Cascade

        reader = CameraReader(
            self._make_source(value),
            Cascade(masks),
            on_frame=lambda frame: self._frames.put(frame, turn),
            on_view=lambda view: self._views.put(view, turn),
            on_scan=lambda scan: _bring(self._scan, scan, turn),
            on_state=lambda state: _bring(self._state, state, turn),
        )
        return _Made(reader, turn)

    def _made(self, made: _Made) -> None:
        if made.turn != self._turn or not self.on:
            return
        self._ensure_panel()
        self._window.show_camera(True)
        self._reader = made.reader
        made.reader.start()

    def _ensure_panel(self) -> None:
        if self.panel is not None:
            return
        from perpusdesk.ui.camera.panel import CameraPanel

        self.panel = CameraPanel(self._settings.values.mirror_camera)
        self.panel.camera_chosen.connect(self._choose)
        self.panel.mirror_chosen.connect(self._mirror)
        self._window.set_camera_panel(self.panel)

    # --- what it tells, on the interface thread --------------------------------------------

    def _offer(self, found: list[Offer]) -> None:
        self._found = bool(found)
        self._ensure_panel()
        if self.panel is not None:
            self.panel.offer(found, self._camera)

    def _show_frame(self, frame: Any, turn: int) -> None:
        if turn == self._turn and self.panel is not None:
            self.panel.show_frame(frame)
            self.seen.emit(frame)

    def _show_view(self, view: Any, turn: int) -> None:
        if turn == self._turn and self.panel is not None:
            self.panel.show_view(view)

    def _show_state(self, change: StateChange, turn: int) -> None:
        if turn == self._turn and self.panel is not None:
            self.panel.show_state(change)
            self._offer_again(change)
            self.changed.emit(change)

    def _offer_again(self, change: StateChange) -> None:
        """Look for cameras once more when one has come that was not there at first."""
        if change.state.value == "live" and not self._found:
            value = self._camera
            self._tasks.aside(lambda: offers(value), self._offer)

    def _take_scan(self, scan: Scan, turn: int) -> None:
        if turn == self._turn and self.panel is not None:
            self.panel.show_read(scan)
            self._window.take_scan(scan)


class _Made:
    def __init__(self, reader: CameraReader, turn: int) -> None:
        self.reader, self.turn = reader, turn


def _bring(signal: SignalInstance, *what: object) -> None:
    """Send something home from the camera's threads; where the window is gone, nobody waits."""
    with contextlib.suppress(RuntimeError):
        signal.emit(*what)


class _Newest(QObject):
    """Hands the newest thing over to the interface thread; what it had no time for is dropped."""

    _arrived = Signal()

    def __init__(self, show: Callable[[Any, int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._guard = threading.Lock()
        self._kept: tuple[Any, int] | None = None
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def put(self, thing: Any, turn: int) -> None:
        """Leave ``thing`` in place of one that was not shown yet; from any thread."""
        with self._guard:
            on_its_way = self._kept is not None
            self._kept = (thing, turn)
        if not on_its_way:
            _bring(self._arrived)

    def _take(self) -> None:
        with self._guard:
            kept, self._kept = self._kept, None
        if kept is not None:
            self._show(*kept)
