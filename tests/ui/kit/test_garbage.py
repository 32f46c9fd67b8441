"""Qt objects die on the interface thread, whichever thread makes the garbage."""

from __future__ import annotations

import gc
import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from perpusdesk.ui.kit.tasks import Tasks


class Forgotten(QObject):
    """Part of a cycle that only the collector can undo."""

    def __init__(self, died_on: list[bool]) -> None:
        super().__init__()
        self.itself = self
        self._died_on = died_on

    def __del__(self) -> None:
        self._died_on.append(threading.current_thread() is threading.main_thread())


@pytest.fixture
def tasks(qapp: object) -> Any:
    gc.enable()
    made = Tasks(on_bug=lambda bug: None, on_known=lambda known: None)
    yield made
    made.close()


def _make_garbage() -> int:
    lists: list[list[Any]] = []
    for _number in range(200_000):
        cycle: list[Any] = []
        cycle.append(cycle)
    return len(lists)


def test_a_worker_never_collects_the_interfaces_objects(tasks: Tasks, qtbot: QtBot) -> None:
    died_on: list[bool] = []
    for _number in range(50):
        Forgotten(died_on)
    tasks.run(_make_garbage)
    tasks.wait_idle(60)
    assert False not in died_on
    qtbot.waitUntil(lambda: len(died_on) == 50)
    assert all(died_on)


def test_only_one_collector_works_however_often_tasks_are_made(tasks: Tasks, qapp: Any) -> None:
    gc.enable()
    Tasks(on_bug=lambda bug: None, on_known=lambda known: None).close()
    assert len(qapp.findChildren(QObject, "garbage")) == 1
    assert qapp.findChild(QObject, "garbage").thread() == QThread.currentThread()
    assert not gc.isenabled()
