"""The cover in the form: pasted, dropped, from a file or the camera; kept at once or when saved."""

from __future__ import annotations

import io
from uuid import UUID

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from perpusdesk.services.cataloguing.title_cover import cover_of

RED = (200, 30, 40)


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "sampul.png"
    Image.new("RGB", (200, 300), RED).save(made)
    return made


def colour(image):
    seen = Image.open(io.BytesIO(image)).convert("RGB").getpixel((20, 20))
    return all(abs(a - b) < 12 for a, b in zip(seen, RED, strict=True))


def drop(part, file):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    part.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_a_dropped_file_is_the_cover_at_once_and_can_be_undone(who, file):
    who.edit(0)
    part = who.view.aside.cover
    drop(part, file)
    who.wait()
    assert colour(cover_of(who.desk, who.small.titles[0]))
    assert part.picture.accessibleName() == "Sampul Pelaut Kertas"
    who.window.toasts._toast.findChildren(type(who.view.save))[0].click()
    who.wait()
    assert cover_of(who.desk, who.small.titles[0]) is None
    assert part.picture.accessibleName() == "Belum ada sampul"


def test_a_pasted_picture_waits_for_the_new_title(who, qapp):
    who.new()
    who.enter(title="Angin")
    image = QImage(200, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    who.view.aside.cover.paste()
    who.wait()
    assert who.rows("select count(*) from cover") == [(0,)]
    who.presses("Ctrl+Return")
    (row,) = who.rows("select id from title where title = 'Angin'")
    assert cover_of(who.desk, UUID(bytes=row[0])) is not None
    assert who.page.covers._waiting is None, "the next book begins without a cover"


def test_a_picture_of_the_camera(who):
    who.edit(0)
    asked = []
    who.page.camera_asked.connect(asked.append)
    part = who.view.aside.cover
    part.use_camera()
    frame = np.zeros((480, 640, 3), np.uint8)
    frame[:, :] = RED[::-1]
    who.page.show_frame(frame)
    part.snap()
    who.wait()
    assert asked == [True, False]
    assert colour(cover_of(who.desk, who.small.titles[0]))


def test_a_file_that_is_no_picture_changes_nothing(who, tmp_path):
    who.edit(0)
    wrong = tmp_path / "sampul.jpg"
    wrong.write_bytes(b"not a picture")
    drop(who.view.aside.cover, wrong)
    who.wait()
    assert cover_of(who.desk, who.small.titles[0]) is None
    assert who.window.bar.problem is not None
