"""Codes of picture and video files, as scripts get them."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
from drawn import code, on_desk

from perpusdesk.domain.codes import CodeMask, CodeUse
from perpusdesk.scan.files import read_files


def test_pictures_folders_and_videos(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    book = on_desk(code("B000457", "code128", 3))
    card = on_desk(code("A00123", "qr", 4))
    cv2.imwrite(str(tmp_path / "book.png"), book)
    cv2.imwrite(str(shelf / "card.jpg"), card)
    video = tmp_path / "desk.avi"
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), 20.0, (1280, 720))
    for frame in [book] * 3 + [card] * 2 + [book] * 60:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
    writer.release()

    picture, folder, film = read_files([tmp_path / "book.png", shelf, video])

    (found,) = picture["codes"]
    assert (found["text"], found["symbology"], found["sure"]) == ("B000457", "code128", True)
    assert len(found["quad"]) == 4
    assert 500 < found["quad"][0][0] < 640
    assert Path(folder["file"]) == shelf / "card.jpg"
    assert [found["text"] for found in film["codes"]] == ["B000457", "A00123"]
    assert json.loads(json.dumps([picture, folder, film]))[0]["ms"] > 0


def test_what_cannot_be_read_has_an_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"nothing")
    (tmp_path / "b.mp4").write_bytes(b"nothing")
    cv2.imwrite(str(tmp_path / "c.png"), on_desk(code("B000457")))
    results = read_files([tmp_path / name for name in ("a.png", "b.mp4", "none.png", "c.png")])
    assert [result.get("error") for result in results] == ["unreadable_file"] * 3 + [None]
    assert [found["text"] for found in results[3]["codes"]] == ["B000457"]


def test_the_librarys_masks_are_heeded(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), on_desk(code("3071234500", "itf", 3)))
    (plain,) = read_files([tmp_path / "a.png"])
    (masked,) = read_files([tmp_path / "a.png"], [CodeMask(CodeUse.COPY, 14)])
    assert (len(plain["codes"]), len(masked["codes"])) == (1, 0)
