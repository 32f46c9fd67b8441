"""The camera reader with real threads: previews, each code once, lost cameras, stopping."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn import code, on_desk

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan.camera import CameraReader, CameraState, StateChange, View
from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.decode import Effort, Reading
from perpusdesk.scan.footage import ImageFolder, VideoFile
from perpusdesk.scan.hints import Hint
from perpusdesk.scan.types import Code, Picture, Scan, Source, Symbology

PATIENCE = 60.0
"""Seconds after which something that should happen counts as not happening."""


class Heard:
    """What a reader told, in order, from whichever thread."""

    def __init__(self) -> None:
        self.frames: queue.Queue[Picture] = queue.Queue()
        self.views: queue.Queue[View] = queue.Queue()
        self.scans: queue.Queue[Scan] = queue.Queue()
        self.states: queue.Queue[StateChange] = queue.Queue()

    def until(self, state: CameraState) -> StateChange:
        while True:
            change = self.states.get(timeout=PATIENCE)
            if change.state is state:
                return change


class FakeCamera:
    """A camera made of frames: live, and lost whenever the script says so."""

    is_live = True
    interval = 0.0
    name = "Script"

    def __init__(self, script: list[Picture | str], pause: float = 0.002) -> None:
        self.script = script
        self.pause = pause
        self.opened = 0
        self.open_now = False
        self.users: set[int] = set()

    def open(self) -> None:
        self.opened += 1
        if self.script and isinstance(self.script[0], str) and self.script[0] == "missing":
            self.script.pop(0)
            raise KnownError(Fault.CAMERA_LOST, camera=self.name, why="missing")
        self.open_now = True

    def read(self) -> Picture | None:
        time.sleep(self.pause)
        item = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(item, str):
            raise KnownError(Fault.CAMERA_LOST, camera=self.name, why=item)
        return item

    def close(self) -> None:
        self.open_now = False


BOOK = on_desk(code("B000457", "code128", 3))
CARD = on_desk(code("A00123", "qr", 4))
EMPTY = np.full((720, 1280), 150, np.uint8)

Start = Callable[..., tuple[CameraReader, Heard]]


@pytest.fixture
def start() -> Iterator[Start]:
    readers: list[CameraReader] = []

    def begin(source: object, decoder: object = None, **more: object) -> tuple[CameraReader, Heard]:
        heard = Heard()
        callbacks = {
            "on_frame": heard.frames.put,
            "on_view": heard.views.put,
            "on_scan": heard.scans.put,
            "on_state": heard.states.put,
        } | more
        reader = CameraReader(source, decoder or Cascade(), **callbacks)  # pyright: ignore
        readers.append(reader)
        reader.start()
        return reader, heard

    yield begin
    for reader in readers:
        reader.stop()
    assert not [t for t in threading.enumerate() if t.name.startswith("camera-") and t.is_alive()]


def test_a_camera_gives_frames_views_and_each_code_once(start: Start) -> None:
    _, heard = start(FakeCamera([BOOK] * 30 + [CARD] * 30 + [EMPTY]))
    first, second = (heard.scans.get(timeout=PATIENCE) for _ in range(2))
    assert [(scan.text, scan.symbology, scan.source) for scan in (first, second)] == [
        ("B000457", Symbology.CODE128, Source.CAMERA),
        ("A00123", Symbology.QR, Source.CAMERA),
    ]
    assert first.when.utcoffset() is not None
    assert first.quad is not None
    assert heard.frames.get(timeout=PATIENCE) is BOOK
    view = heard.views.get(timeout=PATIENCE)
    assert (view.width, view.height) == (1280, 720)
    assert [found.text for found in view.codes] == ["B000457"]
    while not heard.views.empty():
        view = heard.views.get()
    assert heard.scans.empty()


def test_states_of_a_folder_played_once(start: Start, tmp_path: Path) -> None:
    for number, frame in enumerate((BOOK, EMPTY, CARD)):
        cv2.imwrite(str(tmp_path / f"{number}.png"), frame)
    reader, heard = start(ImageFolder(tmp_path, hold=2))
    heard.until(CameraState.ENDED)
    assert [heard.scans.get(timeout=PATIENCE).text for _ in range(2)] == ["B000457", "A00123"]
    assert heard.frames.qsize() == heard.views.qsize() == 6, "frames of files are not dropped"
    assert reader.running
    reader.stop()
    assert heard.until(CameraState.STOPPED).source == tmp_path.name
    assert not reader.running


def test_scans_of_files_say_so(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "desk.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 100.0, (1280, 720))
    for frame in [EMPTY, BOOK, BOOK, EMPTY]:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
    writer.release()
    _, heard = start(VideoFile(path))
    scan = heard.scans.get(timeout=PATIENCE)
    assert (scan.text, scan.source) == ("B000457", Source.FILE)


def test_unusable_files_fail_for_good(start: Start, tmp_path: Path) -> None:
    _, heard = start(ImageFolder(tmp_path / "nowhere"))
    change = heard.until(CameraState.FAILED)
    assert change.fault is not None
    assert change.fault.fault is Fault.UNREADABLE_FILE


def test_a_lost_camera_comes_back_by_itself_with_growing_waits(start: Start) -> None:
    camera = FakeCamera(["missing", "missing", EMPTY, "silent", "missing", BOOK])
    _, heard = start(camera, waits=(0.01, 0.02, 0.03))
    assert heard.scans.get(timeout=PATIENCE).text == "B000457"
    told = []
    while not heard.states.empty():
        told.append(heard.states.get())
    lost = [change for change in told if change.state is CameraState.LOST]
    assert [change.retry_in for change in lost] == [0.01, 0.02, 0.01, 0.02]
    assert [change.fault.facts["why"] for change in lost if change.fault] == [
        "missing",
        "missing",
        "silent",
        "missing",
    ]
    assert camera.opened == 5


def test_stop_lets_go_of_the_camera_and_start_takes_it_again(start: Start) -> None:
    camera = FakeCamera([EMPTY])
    reader, heard = start(camera)
    heard.until(CameraState.LIVE)
    reader.stop()
    assert not camera.open_now
    reader.stop()
    reader.start()
    reader.start()
    heard.until(CameraState.LIVE)
    assert camera.opened == 2


class DeafCamera(FakeCamera):
    """A camera whose driver does not return from a read until it is let go."""

    def __init__(self) -> None:
        super().__init__([EMPTY])
        self.stuck = threading.Event()
        self.let_go = threading.Event()
        self.inside = 0
        self.most = 0

    def open(self) -> None:
        super().open()
        self.inside += 1
        self.most = max(self.most, self.inside)

    def read(self) -> Picture | None:
        self.stuck.set()
        self.let_go.wait(PATIENCE)
        return EMPTY

    def close(self) -> None:
        self.inside = 0
        super().close()


def test_a_device_that_hangs_does_not_hang_the_desk(start: Start) -> None:
    camera = DeafCamera()
    reader, heard = start(camera)
    assert camera.stuck.wait(PATIENCE)
    reader.stop()
    assert heard.until(CameraState.STOPPED)
    reader.start()
    assert heard.frames.empty()
    assert camera.opened == 1, "the device is not opened while the last reader still holds it"
    camera.let_go.set()
    heard.until(CameraState.LIVE)
    assert (camera.opened, camera.most) == (2, 1)


def test_a_slow_decoder_drops_frames_and_sees_the_newest(start: Start) -> None:
    seen: list[int] = []

    class Slow:
        def read(self, picture: Picture, effort: Effort = Effort.FULL) -> Reading:
            ahead = max(1, len(frames) - 10)
            while len(frames) > ahead:  # it takes as long as the camera for ten frames
                time.sleep(0.002)
            seen.append(int(picture[0, 0]))
            return Reading()

    frames: list[Picture | str] = [np.full((4, 4), number, np.uint8) for number in range(200)]
    _, heard = start(FakeCamera(frames), Slow())
    previews = [heard.frames.get(timeout=PATIENCE)[0, 0] for _ in range(200)]
    assert previews == list(range(200)), "the preview misses none"
    while heard.views.get(timeout=PATIENCE) and seen[-1] < 199:
        continue
    assert seen == sorted(seen)
    assert len(set(seen)) < 100


def test_a_decoder_or_receiver_that_fails_is_logged_and_passed(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("ERROR perpusdesk.scan.camera: a frame could not be decoded")
    expect_log("ERROR perpusdesk.scan.camera: a receiver of the camera failed")

    class Moody:
        turns = 0

        def read(self, picture: Picture, effort: Effort = Effort.FULL) -> Reading:
            self.turns += 1
            if self.turns == 1:
                raise ZeroDivisionError
            return Reading((Code("B000457", Symbology.CODE128),))

    def refuse(_: object) -> None:
        raise RuntimeError

    _, heard = start(FakeCamera([EMPTY]), Moody(), on_frame=refuse)
    assert heard.scans.get(timeout=PATIENCE).text == "B000457"


def test_a_doubtful_read_gets_a_second_look_at_once(start: Start) -> None:
    efforts: list[Effort] = []

    class Doubting:
        def read(self, picture: Picture, effort: Effort = Effort.FULL) -> Reading:
            efforts.append(effort)
            if effort is Effort.FAST:
                return Reading()
            return Reading((Code("B000457", Symbology.CODE39, confident=False),))

    _, heard = start(FakeCamera([EMPTY]), Doubting())
    heard.scans.get(timeout=PATIENCE)
    assert efforts[:2] == [Effort.FULL, Effort.FULL]


def test_most_live_frames_get_only_the_fast_pass(start: Start) -> None:
    efforts: list[Effort] = []

    class Watching:
        def read(self, picture: Picture, effort: Effort = Effort.FULL) -> Reading:
            efforts.append(effort)
            return Reading()

    _, heard = start(FakeCamera([EMPTY]), Watching())
    for _ in range(30):
        heard.views.get(timeout=PATIENCE)
    assert efforts[0] is Effort.FULL
    assert efforts.count(Effort.FAST) > 0


def test_a_dark_picture_gets_a_hint(start: Start) -> None:
    _, heard = start(FakeCamera([np.full((720, 1280, 3), 9, np.uint8)]))
    assert heard.views.get(timeout=PATIENCE).hint is Hint.TOO_DARK
