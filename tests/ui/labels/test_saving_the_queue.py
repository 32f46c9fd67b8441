"""The queue of stickers and cards as a workbook; cards name members and want a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from helpers.sheets import cells, saves_into
from helpers.ui_audit import audit_everywhere
from perpusdesk.services.labels.label_queue import LabelKind

from .conftest import Labels


def _traces(screen: Labels) -> int:
    return screen.small.library.value("select count(*) from op where kind = 'export.made'")


def _to_cards(screen: Labels) -> None:
    screen.fill(LabelKind.MEMBER)
    screen.studio.room.queue.tabs.setCurrentIndex(1)
    screen.settle()


def test_the_queue_of_stickers_is_saved(screen: Labels, tmp_path: Path) -> None:
    saved = saves_into(screen.studio.saving.saver, tmp_path)
    screen.do("labels_list")
    assert saved == []
    screen.fill()
    screen.studio.room.queue.save_list.click()
    screen.settle()
    (one,) = saved
    assert one.lines == len(screen.rows())
    assert cells(one.file)[1][:2] == ["B0001", "Pelaut Kertas"]
    assert _traces(screen) == 0


def test_cards_leave_only_with_a_reason(screen: Labels, tmp_path: Path) -> None:
    screen.desk.staff = screen.small.staff["head"]  # who may hand out data of members
    saved = saves_into(screen.studio.saving.saver, tmp_path)
    _to_cards(screen)
    screen.do("labels_list")
    ask = screen.studio.saving.ask
    ask.send()
    assert (saved, ask.isVisible()) == ([], True)
    assert ask.form is not None
    ask.form.fields[0].edit.setText("Dicetak di luar")
    ask.send()
    screen.settle()
    assert [one.lines for one in saved] == [6]
    assert _traces(screen) == 1


@pytest.mark.parametrize("asked", [False, True])
def test_it_can_be_used(qapp: QApplication, make: Callable[[], Labels], asked: bool) -> None:
    screen = make()
    _to_cards(screen)
    if asked:
        screen.do("labels_list")
    assert audit_everywhere(qapp, screen.window) == []
    screen.page.escape()
    assert not screen.studio.saving.ask.isVisible()
