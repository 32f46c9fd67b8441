"""The studio can be used in every look and size, by eye, keys and screen reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.services.labels.label_queue import LabelKind

from .conftest import Labels

STATES = ("empty", "filled", "printing", "asked", "form", "colours", "adding", "cards")


@pytest.mark.parametrize(
    ("state", "language"),
    [
        *((state, "id") for state in STATES),
        ("asked", "en"),
        ("form", "en"),
    ],
)
def test_the_studio_can_be_used(
    qapp: QApplication, make: Callable[[], Labels], state: str, language: str
) -> None:
    set_language(language)
    screen = make()
    room = screen.studio.room
    if state != "empty":
        screen.fill()
        room.queue.rows.selectRow(0)
    if state in ("printing", "asked", "form", "colours"):
        room.views.setCurrentIndex(1)
    if state == "asked":
        job = screen.studio.job()
        assert job is not None
        screen.studio.output.ask(job, "Printer")
    if state == "form":
        room.choices.own.click()
        room.form.gap[0].edit.setValue(99)
    if state == "colours":
        room.choices.colours.click()
    if state == "adding":
        screen.do("labels_add")
        assert room.queue.menu is not None
        actions = room.queue.menu.actions()
        actions[2].trigger()
    if state == "cards":
        screen.fill(LabelKind.MEMBER)
        room.queue.tabs.setCurrentIndex(1)
    screen.settle()
    assert audit_everywhere(qapp, screen.window) == []
