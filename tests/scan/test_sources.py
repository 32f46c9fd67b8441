"""Frames from folders, videos and cameras that are not there."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn import code, on_desk

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan import webcam
from perpusdesk.scan.footage import ImageFolder, VideoFile, pictures_in
from perpusdesk.scan.pictures import load_picture
from perpusdesk.scan.webcam import Camera, list_cameras


def save(path: Path, gray: int) -> Path:
    cv2.imwrite(str(path), np.full((8, 12), gray, np.uint8))
    return path


def shades(source: ImageFolder | VideoFile, most: int = 20) -> list[int]:
    source.open()
    frames = []
    while len(frames) < most and (frame := source.read()) is not None:
        frames.append(round(float(frame.mean()) / 10))
    source.close()
    return frames


def make_video(path: Path, count: int = 5) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (64, 48))
    for number in range(count):
        writer.write(np.full((48, 64, 3), 10 + 40 * number, np.uint8))
    writer.release()
    return path


def test_a_folder_is_read_as_people_count(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        save(tmp_path / f"frame{number}.png", number * 10)
    (tmp_path / "notes.txt").write_text("not a picture", encoding="utf-8")
    assert shades(ImageFolder(tmp_path)) == [1, 2, 10]
    assert shades(ImageFolder(tmp_path, hold=2)) == [1, 1, 2, 2, 10, 10]
    assert shades(ImageFolder(tmp_path, loop=True), 7) == [1, 2, 10, 1, 2, 10, 1]


def test_a_source_starts_anew_when_opened_again(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 50)
    source = ImageFolder(tmp_path, fps=4)
    assert shades(source) == shades(source) == [5]
    assert (source.interval, source.is_live, source.name) == (0.25, False, tmp_path.name)


def test_a_broken_picture_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"\x89PNG broken")
    (tmp_path / "2.png").write_bytes(b"")
    save(tmp_path / "3.png", 70)
    assert shades(ImageFolder(tmp_path)) == [7]
    assert shades(ImageFolder(tmp_path, loop=True, hold=2), 4) == [7, 7, 7, 7]


def test_given_frames_are_the_receivers_own(tmp_path: Path) -> None:
    save(tmp_path / "a.png", 50)
    source = ImageFolder(tmp_path, hold=2)
    source.open()
    first = source.read()
    assert first is not None
    first[:] = 0
    second = source.read()
    assert second is not None
    assert second.mean() == 50


def test_names_beyond_ascii_are_read(tmp_path: Path) -> None:
    path = tmp_path / "perpustakaan–é中.png"
    path.write_bytes(save(tmp_path / "a.png", 50).read_bytes())
    assert load_picture(path).shape == (8, 12)


@pytest.mark.parametrize("fill", ["missing", "empty", "broken"])
def test_a_folder_without_pictures_says_so(tmp_path: Path, fill: str) -> None:
    folder = tmp_path / "frames"
    if fill != "missing":
        folder.mkdir()
    if fill == "broken":
        (folder / "a.png").write_bytes(b"broken")
    source = ImageFolder(folder)
    with pytest.raises(KnownError) as raised:
        shades(source)
    assert raised.value.fault is Fault.UNREADABLE_FILE


def test_a_video_is_read_once_or_over_and_over(tmp_path: Path) -> None:
    path = make_video(tmp_path / "desk.avi")
    assert shades(VideoFile(path)) == [1, 5, 9, 13, 17]
    assert shades(VideoFile(path, loop=True), 7) == [1, 5, 9, 13, 17, 1, 5]


def test_a_video_keeps_its_own_pace_unless_told_otherwise(tmp_path: Path) -> None:
    path = make_video(tmp_path / "desk.avi")
    own, told, free = VideoFile(path), VideoFile(path, fps=10), VideoFile(path, fps=0)
    for source in (own, told, free):
        source.open()
    assert [round(source.interval, 3) for source in (own, told, free)] == [0.04, 0.1, 0.0]
    for source in (own, told, free):
        source.close()


@pytest.mark.parametrize("content", [None, b"", b"RIFF not a video"])
def test_an_unreadable_video_says_so(
    tmp_path: Path, content: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "desk.avi"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnownError) as raised:
        VideoFile(path).open()
    assert raised.value.fault is Fault.UNREADABLE_FILE
    assert capfd.readouterr().err == ""


def test_a_missing_camera_says_so_without_noise(capfd: pytest.CaptureFixture[str]) -> None:
    camera = Camera(87)
    with pytest.raises(KnownError) as raised:
        camera.open()
    assert raised.value.fault is Fault.CAMERA_LOST
    assert raised.value.facts["camera"] == "Kamera 88"
    with pytest.raises(KnownError):
        camera.read()
    camera.close()
    assert capfd.readouterr().err == ""


def test_a_camera_that_falls_silent_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_video(tmp_path / "desk.avi", 2)
    monkeypatch.setattr(webcam, "_open", lambda _: cv2.VideoCapture(str(path)))
    monkeypatch.setattr(webcam, "MISS_PAUSE", 0.0)
    camera = Camera()
    camera.open()
    assert camera.read() is not None
    assert camera.read() is not None
    with pytest.raises(KnownError) as raised:
        camera.read()
    assert (raised.value.fault, raised.value.facts["why"]) == (Fault.CAMERA_LOST, "silent")
    camera.close()
    camera.open()
    assert camera.read() is not None
    camera.close()


def test_cameras_are_listed_by_their_system_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for node, index, name in (
        ("video0", "0", "Lens A"),
        ("video1", "1", "Lens A"),
        ("video10", "0", "Lens C"),
        ("video2", "0", "Lens B"),
    ):
        (tmp_path / node).mkdir()
        (tmp_path / node / "index").write_text(index + "\n", encoding="utf-8")
        (tmp_path / node / "name").write_text(name + "\n", encoding="utf-8")
    monkeypatch.setattr(webcam, "_LINUX_LIST", tmp_path)
    monkeypatch.setattr(webcam, "_on_linux", lambda: True)
    assert [(camera.index, camera.name) for camera in list_cameras()] == [
        (0, "Lens A"),
        (2, "Lens B"),
        (10, "Lens C"),
    ]


def test_probing_is_quiet_and_finds_what_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = make_video(tmp_path / "desk.avi", 1)
    really_open = webcam._open
    monkeypatch.setattr(
        webcam, "_open", lambda n: cv2.VideoCapture(str(path)) if n == 2 else really_open(90 + n)
    )
    monkeypatch.setattr(webcam, "_on_linux", lambda: False)
    monkeypatch.setattr(webcam, "_LINUX_LIST", tmp_path)
    assert [(camera.index, camera.name) for camera in list_cameras()] == [(2, "Kamera 3")]
    assert capfd.readouterr().err == ""


def test_pictures_in_ignores_everything_else(tmp_path: Path) -> None:
    drawn = on_desk(code("B000457"))
    cv2.imwrite(str(tmp_path / "B.JPG"), drawn)
    (tmp_path / "deep").mkdir()
    assert [path.name for path in pictures_in(tmp_path)] == ["B.JPG"]
