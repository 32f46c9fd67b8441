"""The camera beside the desk: states in words, coming back by itself, never in the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.ui_audit import audit_everywhere
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import set_language
from perpusdesk.common.settings import SettingsFile
from perpusdesk.domain.codes import CodeMask
from perpusdesk.scan.camera import CameraState, StateChange, View
from perpusdesk.scan.hints import Hint
from perpusdesk.scan.types import Code, Picture, Scan, Source, Symbology
from perpusdesk.ui.camera import control as controlling
from perpusdesk.ui.camera import sources, text
from perpusdesk.ui.camera.control import CameraControl, _Newest
from perpusdesk.ui.camera.panel import CameraPanel
from perpusdesk.ui.camera.sources import Offer, source_of, wanted
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import MainWindow

QUAD = ((10.0, 5.0), (30.0, 5.0), (30.0, 15.0), (10.0, 15.0))


class Webcam:
    """A camera that can be unplugged: gray frames at its own pace while it is there."""

    is_live = True
    interval = 0.0
    name = "Kamera Contoh"

    def __init__(self) -> None:
        self.there = threading.Event()
        self.asked: list[str] = []

    def open(self) -> None:
        if not self.there.is_set():
            raise KnownError(Fault.CAMERA_LOST, camera=self.name, why="missing")

    def read(self) -> Picture | None:
        time.sleep(0.01)
        if not self.there.is_set():
            raise KnownError(Fault.CAMERA_LOST, camera=self.name, why="silent")
        return np.full((48, 64), 128, np.uint8)

    def close(self) -> None:
        return None


@pytest.fixture
def webcam(monkeypatch: pytest.MonkeyPatch) -> Webcam:
    made = Webcam()
    monkeypatch.setattr(controlling, "offers", lambda _value: [Offer("0", "A"), Offer("1", "B")])
    return made


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks(on_bug=_raise, on_known=_raise)
    yield made
    made.close()


def _raise(error: BaseException) -> None:
    raise error


@pytest.fixture
def control(
    window: MainWindow, tasks: Tasks, settings: SettingsFile, webcam: Webcam
) -> Iterator[CameraControl]:
    def make(value: str) -> Webcam:
        webcam.asked.append(value)
        return webcam

    made = CameraControl(window, tasks, settings, tuple[CodeMask, ...], make)
    yield made
    made.close()


def panel_of(control: CameraControl) -> CameraPanel:
    assert control.panel is not None
    return control.panel


def heard(control: CameraControl) -> list[str]:
    states: list[str] = []
    control.changed.connect(lambda change: states.append(change.state.value))
    return states


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true)


def test_nothing_of_the_camera_exists_before_it_is_wanted(
    control: CameraControl, tasks: Tasks
) -> None:
    control.restore()
    assert control.panel is None and not tasks.busy()


def test_a_missing_camera_is_said_and_comes_by_itself(
    control: CameraControl, webcam: Webcam, qtbot: QtBot
) -> None:
    states = heard(control)
    control.want(True)
    until(qtbot, lambda: "lost" in states)
    view = panel_of(control).view
    assert "Tidak ada kamera" in view.accessibleDescription()
    assert "pemindai tetap bekerja" in view.accessibleDescription()
    webcam.there.set()
    until(qtbot, lambda: "live" in states)
    assert panel_of(control).lamp.text == text.waiting()


def test_a_camera_that_is_pulled_out_is_told_from_a_missing_one(
    control: CameraControl, webcam: Webcam, qtbot: QtBot
) -> None:
    states = heard(control)
    webcam.there.set()
    control.want(True)
    until(qtbot, lambda: "live" in states)
    webcam.there.clear()
    until(qtbot, lambda: "lost" in states)
    assert "terputus" in panel_of(control).view.accessibleDescription()
    webcam.there.set()
    until(qtbot, lambda: states.count("live") == 2)


def test_off_is_off_and_late_frames_go_nowhere(
    control: CameraControl, webcam: Webcam, qtbot: QtBot, tasks: Tasks, settings: SettingsFile
) -> None:
    states = heard(control)
    webcam.there.set()
    control.want(True)
    until(qtbot, lambda: "live" in states)
    shown: list[object] = []
    control.seen.connect(shown.append)
    until(qtbot, lambda: bool(shown))
    control.want(False)
    shown.clear()
    tasks.wait_idle()
    assert shown == []
    assert not SettingsFile(settings.path).values.camera_on


def test_a_camera_turned_off_at_the_very_end_is_let_go_of(
    control: CameraControl, webcam: Webcam, qtbot: QtBot, tasks: Tasks
) -> None:
    states, busy = heard(control), threading.Event()
    webcam.there.set()
    control.want(True)
    until(qtbot, lambda: "live" in states)
    for _worker in range(3):  # nobody is free to stop it
        tasks.aside(lambda: busy.wait(20))
    control.want(False)
    tasks.close()
    control.close()
    busy.set()
    until(qtbot, lambda: not any("camera-" in one.name for one in threading.enumerate()))


def test_it_is_on_again_after_a_restart(
    control: CameraControl, webcam: Webcam, qtbot: QtBot, settings: SettingsFile
) -> None:
    settings.change(camera_on=True)
    states = heard(control)
    webcam.there.set()
    control.restore()
    until(qtbot, lambda: "live" in states)


def test_a_floating_panel_leaves_the_keys_to_the_box(
    window: MainWindow, control: CameraControl, webcam: Webcam, qtbot: QtBot
) -> None:
    window.resize(1024, 768)
    webcam.there.set()
    states = heard(control)
    control.want(True)
    until(qtbot, lambda: "live" in states)
    assert panel_of(control).isVisible()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.box.edit.hasFocus()


def test_the_panel_takes_the_shape_of_the_picture(qtbot: QtBot) -> None:
    panel = CameraPanel()
    qtbot.addWidget(panel)
    assert panel.view.heightForWidth(320) == 240
    panel.show_frame(np.zeros((72, 128), np.uint8))
    assert panel.view.heightForWidth(320) == 180


def test_another_camera_is_used_at_once_and_remembered(
    control: CameraControl, webcam: Webcam, qtbot: QtBot, settings: SettingsFile, tasks: Tasks
) -> None:
    webcam.there.set()
    states = heard(control)
    control.want(True)
    until(qtbot, lambda: "live" in states)
    tasks.wait_idle()
    choice = panel_of(control).choice
    assert [choice.itemText(n) for n in range(choice.count())] == ["A", "B"]
    choice.choose("1")
    choice.activated.emit(1)
    until(qtbot, lambda: states.count("live") == 2)
    tasks.wait_idle()
    assert webcam.asked == ["", "1"]
    assert SettingsFile(settings.path).values.camera == "1"


def test_a_slow_window_drops_frames_but_not_the_last(qtbot: QtBot, control: CameraControl) -> None:
    shown: list[tuple[object, int]] = []
    newest = _Newest(lambda thing, turn: shown.append((thing, turn)), control)
    worker = threading.Thread(target=lambda: [newest.put(n, 1) for n in range(1000)])
    worker.start()
    worker.join()
    until(qtbot, lambda: bool(shown))
    QApplication.processEvents()
    assert shown == [(999, 1)]


def test_what_is_found_is_outlined_as_it_is_shown(qtbot: QtBot) -> None:
    panel = CameraPanel()
    qtbot.addWidget(panel)
    code = Code("B0001", Symbology.CODE128, QUAD)
    panel.show_view(View((code,), (), None, 64, 48, 3.0))
    assert panel.view._codes == (QUAD,)
    panel.mirror.setChecked(True)
    panel.show_view(View((code,), (), None, 64, 48, 3.0))
    assert panel.view._codes == (tuple((64 - x, y) for x, y in QUAD),)
    frame = np.arange(12, dtype=np.uint8).reshape(3, 4)
    panel.show_frame(frame)
    shown = panel.view._frame
    assert shown is not None and shown[0].tolist() == [3, 2, 1, 0]


@pytest.mark.parametrize("hint", list(Hint))
@pytest.mark.parametrize("code", ["id", "en"])
def test_every_hint_has_words(hint: Hint, code: str) -> None:
    set_language(code)
    assert text.hint(hint.value)


@pytest.mark.parametrize("state", [one for one in CameraState if one is not CameraState.LIVE])
def test_every_state_without_a_picture_has_words(state: CameraState) -> None:
    assert text.state(StateChange(state, "Kamera", None, 2.0))


def test_the_environment_goes_before_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wanted("1") == "1"
    monkeypatch.setenv(sources.VARIABLE, "folder:/frames")
    assert wanted("1") == "folder:/frames"
    assert source_of("folder:/frames").name == "frames"
    assert source_of("video:/x/day.mp4").name == "day.mp4"
    assert source_of("nonsense").is_live


@pytest.mark.parametrize("code", ["id", "en"])
def test_the_panel_can_be_used_by_everybody(qapp: QApplication, qtbot: QtBot, code: str) -> None:
    set_language(code)
    panel = CameraPanel()
    qtbot.addWidget(panel)
    panel.offer([Offer("0", "Logitech HD Webcam C270"), Offer("1", "Integrated Camera")], "0")
    panel.show()
    fault = KnownError(Fault.CAMERA_LOST, why="missing")
    panel.show_state(StateChange(CameraState.LOST, "0", fault, 4.0))
    found = audit_everywhere(qapp, panel)
    panel.show_state(StateChange(CameraState.LIVE, "0"))
    panel.show_frame(np.full((48, 64), 128, np.uint8))
    panel.show_view(View((), (QUAD,), Hint.TOO_DARK, 64, 48, 3.0))
    panel.show_read(Scan("B000457", Symbology.CODE128, datetime.now().astimezone(), Source.CAMERA))
    assert found + audit_everywhere(qapp, panel) == []
