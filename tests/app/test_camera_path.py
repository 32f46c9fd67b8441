"""From a frame before the camera to a loan in the library, through everything in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.frames import folder_of_frames
from helpers.library import SmallLibrary
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.scan.camera import CameraState
from perpusdesk.services.circulation.turn import Outcome
from perpusdesk.ui.camera import sources


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PICTURES_A_SECOND", 0.0)


@pytest.fixture
def frames(tmp_path: Path, settings: SettingsFile) -> Path:
    """A card, the bare table, a book; chosen as this device's camera."""
    folder = folder_of_frames(tmp_path / "frames", ("A0001", "", "B0001"))
    settings.change(camera=f"folder:{folder}")
    return folder


def states(program: Program) -> list[str]:
    heard: list[str] = []
    program.camera.changed.connect(lambda change: heard.append(change.state.value))
    return heard


@pytest.mark.usefixtures("frames")
def test_frames_of_a_card_and_a_book_make_a_loan(
    qtbot: QtBot, program: Program, small: SmallLibrary
) -> None:
    outcomes: list[Outcome] = []
    program.desk_page.shown.connect(lambda turn: outcomes.append(turn.outcome))

    program.window.registry.run("camera")
    qtbot.waitUntil(lambda: Outcome.LENT in outcomes)

    assert outcomes == [Outcome.VISIT_OPENED, Outcome.LENT]
    program.tasks.wait_idle()
    lent = small.library.rows('select copy, member from loan where "end" = 0')
    assert lent == [(small.copies["B0001"].bytes, small.members["A0001"].bytes)]
    panel = program.camera.panel
    assert panel is not None and "B0001" in panel.lamp.text


@pytest.mark.usefixtures("frames")
def test_the_key_switches_off_and_the_choice_is_remembered(
    qtbot: QtBot, program: Program, settings: SettingsFile
) -> None:
    heard = states(program)
    program.window.registry.run("camera")
    qtbot.waitUntil(lambda: "ended" in heard)
    program.tasks.wait_idle()
    assert SettingsFile(settings.path).values.camera_on

    program.window.registry.run("camera")
    program.tasks.wait_idle()
    assert not SettingsFile(settings.path).values.camera_on
    assert not program.camera.on


def test_a_missing_folder_is_said_and_the_desk_goes_on(
    qtbot: QtBot, program: Program, settings: SettingsFile, tmp_path: Path
) -> None:
    program.camera.close()
    heard = states(program)
    program.camera._choose(f"folder:{tmp_path / 'nowhere'}")
    program.window.registry.run("camera")
    qtbot.waitUntil(lambda: CameraState.FAILED.value in heard)
    assert program.window.messages is not None
    program.window.box.take_burst("A0001")
    program.tasks.wait_idle()
    assert program.desk_page.visit_open
