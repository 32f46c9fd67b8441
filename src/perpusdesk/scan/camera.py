"""The camera reader: frames in, preview and scans out, on its own two threads.

How to use it (from any thread; the desk's camera panel turns the callbacks into Qt signals)::

    reader = CameraReader(
        Camera(0),                       # any FrameSource: Camera, ImageFolder, VideoFile
        Cascade(masks),                  # any Decoder
        on_frame=...,                    # (Picture): every frame for the preview, newest only
        on_view=...,                     # (View): what one frame held: outlines, hint
        on_scan=...,                     # (Scan): a code that counts: each code once
        on_state=...,                    # (StateChange): opening, live, lost, ended ...
    )
    reader.start()                       # returns at once
    reader.stop()                        # returns within a second; STOPPED is the last callback

Promises:

- ``start`` and ``stop`` may be called any number of times, from any thread but the callbacks'.
- All callbacks come from the reader's threads: ``on_frame`` and ``on_state`` from the one that
  reads frames, ``on_view`` and ``on_scan`` from the one that decodes (only ``STOPPED`` comes
  from the caller of ``stop``). They must be quick and
  must not touch widgets. An exception in a callback is logged and the reader goes on.
- The picture given to ``on_frame`` is 8-bit BGR or gray, contiguous, and belongs to the
  receiver: it is not written to again (nor may the receiver write to it).
- Nothing queues up: while a frame is being decoded, newer live frames replace each other and
  only the last one is decoded next. Frames of files are not dropped: each is decoded before the
  next is read.
- Each code once: a code that stays in view gives one ``Scan``; it gives another after it was
  out of view for two seconds. Codes that do not prove themselves need two frames that agree.
- A camera that is missing or lost is no error: ``StateChange(LOST, fault, retry_in)`` comes and
  the reader tries again by itself after 0.5, 1, 2, 4, then every 5 seconds.
- Quads are in the pixels of the frame (``View.width`` x ``View.height``).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan.agree import Agreement
from perpusdesk.scan.decode import Decoder, Effort, Reading
from perpusdesk.scan.frames import FrameSource
from perpusdesk.scan.hints import Hint, hint_for
from perpusdesk.scan.mailbox import Mailbox
from perpusdesk.scan.types import Code, Picture, Quad, Scan, Source

WAITS = (0.5, 1.0, 2.0, 4.0, 5.0)
"""Seconds before the first, second ... attempt to reopen a lost camera; the last one repeats."""

FULL_EVERY = 0.1
"""Seconds between two live frames that get more than the fast pass; on a slow computer longer."""

REST = 3.0
"""Time that passes after such a frame, as a multiple of what it took."""

STOP_WITHIN = 0.9
"""Seconds that ``stop`` waits for a device that does not answer before it leaves it alone."""

log = logging.getLogger(__name__)
_Told = TypeVar("_Told")


class CameraState(StrEnum):
    """What the reader is doing."""

    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"  # tries again by itself
    ENDED = "ended"  # the files have no more frames
    FAILED = "failed"  # files that cannot be used; it does not try again
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StateChange:
    """A new state; with ``LOST`` and ``FAILED`` why, with ``LOST`` the seconds to the next try."""

    state: CameraState
    source: str
    fault: KnownError | None = None
    retry_in: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """What one decoded frame held.

    ``unread`` are bar-like regions that could not be read, ``hint`` what would help; both are
    empty while something is read. ``ms`` is what decoding took.
    """

    codes: tuple[Code, ...]
    unread: tuple[Quad, ...]
    hint: Hint | None
    width: int
    height: int
    ms: float


def _ignore(_: object) -> None:
    return None


class CameraReader:
    """Reads a frame source until stopped; see the module for what it promises."""

    def __init__(
        self,
        source: FrameSource,
        decoder: Decoder,
        *,
        on_frame: Callable[[Picture], object] = _ignore,
        on_view: Callable[[View], object] = _ignore,
        on_scan: Callable[[Scan], object] = _ignore,
        on_state: Callable[[StateChange], object] = _ignore,
        waits: tuple[float, ...] = WAITS,
    ) -> None:
        self.source = source
        self._decoder = decoder
        self._callbacks = _Callbacks(on_frame, on_view, on_scan, on_state)
        self._waits = waits
        self._run: _Run | None = None
        self._last: _Run | None = None
        self._guard = threading.Lock()

    @property
    def running(self) -> bool:
        """Tell whether it was started and not stopped since."""
        return self._run is not None

    def start(self) -> None:
        """Begin to read; returns at once; harmless when running."""
        with self._guard:
            if self._run is None:
                self._run = _Run(self.source, self._decoder, self._callbacks, self._waits)
                self._run.follow(self._last)

    def stop(self) -> None:
        """Stop reading and let go of the camera; returns within a second."""
        with self._guard:
            run, self._run = self._run, None
            self._last = run or self._last
        if run is not None:
            run.end()
            self._callbacks.on_state(StateChange(CameraState.STOPPED, self.source.name))


@dataclass(frozen=True, slots=True)
class _Callbacks:
    on_frame: Callable[[Picture], object]
    on_view: Callable[[View], object]
    on_scan: Callable[[Scan], object]
    on_state: Callable[[StateChange], object]


class _Run:
    """One stretch from start to stop: it ends for good, and late frames of it go nowhere."""

    def __init__(
        self,
        source: FrameSource,
        decoder: Decoder,
        callbacks: _Callbacks,
        waits: tuple[float, ...],
    ) -> None:
        self._source = source
        self._decoder = decoder
        self._callbacks = callbacks
        self._waits = waits
        self._agreement = Agreement()
        self._stopped = threading.Event()
        self._mail = Mailbox()
        self._failures = 0
        self._full_from = 0.0
        self._unread: tuple[Quad, ...] = ()
        self._before: tuple[threading.Thread, ...] = ()
        self.threads = (
            threading.Thread(target=self._capture, name="camera-frames", daemon=True),
            threading.Thread(target=self._decode, name="camera-codes", daemon=True),
        )

    def follow(self, last: _Run | None) -> None:
        """Begin; the source is not touched before the threads of ``last`` have let go of it."""
        self._before = last.threads if last else ()
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self._stopped.set()
        self._mail.close()
        until = time.monotonic() + STOP_WITHIN
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))

    # The thread that reads frames.

    def _capture(self) -> None:
        if not self._wait_for_device():
            return
        try:
            while not self._stopped.is_set() and not self._read_until_lost():
                continue
        except KnownError as fault:
            self._tell_state(CameraState.FAILED, fault)
        finally:
            self._source.close()

    def _wait_for_device(self) -> bool:
        for thread in self._before:
            while thread.is_alive() and not self._stopped.is_set():
                thread.join(0.05)
        return not self._stopped.is_set()

    def _read_until_lost(self) -> bool:
        """Read frames to the end (True) or until the camera is lost (False, after a wait)."""
        try:
            self._tell_state(CameraState.OPENING)
            self._source.open()
            self._read_to_end()
        except KnownError as fault:
            if fault.fault is not Fault.CAMERA_LOST:
                raise
            self._wait_for_camera(fault)
            return False
        return True

    def _read_to_end(self) -> None:
        live = False
        while not self._stopped.is_set():
            due = time.monotonic() + self._source.interval
            frame = self._source.read()
            if frame is None:
                self._tell_state(CameraState.ENDED)
                return
            if not live:
                live, self._failures = True, 0
                self._tell_state(CameraState.LIVE)
            self._tell(self._callbacks.on_frame, frame)
            self._mail.put(frame)
            if not self._source.is_live:
                self._mail.wait_until_done()
                self._stopped.wait(max(0.0, due - time.monotonic()))

    def _wait_for_camera(self, fault: KnownError) -> None:
        wait = self._waits[min(self._failures, len(self._waits) - 1)]
        self._failures += 1
        self._source.close()
        self._tell_state(CameraState.LOST, fault, wait)
        self._stopped.wait(wait)

    # The thread that decodes.

    def _decode(self) -> None:
        while (frame := self._mail.take()) is not None:
            try:
                self._look_at(frame)
            except Exception:
                log.exception("a frame could not be decoded")

    def _look_at(self, frame: Picture) -> None:
        started = time.monotonic()
        effort = self._effort(started)
        reading = self._decoder.read(frame, effort)
        took = time.monotonic() - started
        self._remember(reading, effort, started + max(FULL_EVERY, REST * took))
        self._tell(self._callbacks.on_view, _view(frame, reading.codes, self._unread, took))
        for code in self._agreement.take(reading.codes, started):
            self._tell(self._callbacks.on_scan, _scan(code, self._source))

    def _effort(self, now: float) -> Effort:
        """Every frame gets the fast pass, ten a second more; and the one after a doubtful read."""
        rests = self._source.is_live and now < self._full_from
        return Effort.FAST if rests else Effort.FULL

    def _remember(self, reading: Reading, effort: Effort, full_from: float) -> None:
        """Keep the unread regions for the fast frames that follow, which look for none."""
        if effort is not Effort.FAST:
            doubtful = any(not code.confident for code in reading.codes)
            self._full_from = 0.0 if doubtful else full_from
            self._unread = reading.unread
        if reading.codes:
            self._unread = ()

    # Telling.

    def _tell_state(
        self, state: CameraState, fault: KnownError | None = None, retry_in: float = 0.0
    ) -> None:
        change = StateChange(state, self._source.name, fault, retry_in)
        self._tell(self._callbacks.on_state, change)

    def _tell(self, callback: Callable[[_Told], object], value: _Told) -> None:
        if self._stopped.is_set():
            return
        try:
            callback(value)
        except Exception:
            log.exception("a receiver of the camera failed")


def _view(frame: Picture, codes: tuple[Code, ...], unread: tuple[Quad, ...], took: float) -> View:
    height, width = frame.shape[:2]
    hint = None if codes else hint_for(frame, unread)
    return View(codes, unread, hint, width, height, took * 1000)


def _scan(code: Code, source: FrameSource) -> Scan:
    kind = Source.CAMERA if source.is_live else Source.FILE
    return Scan(code.text, code.symbology, datetime.now(UTC).astimezone(), kind, code.quad)
