"""Work off the interface thread: order, threads, failures, owners that are gone."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.ui.kit.tasks import Tasks


class Heard:
    """Remembers what it is told."""

    def __init__(self):
        self.bugs, self.known = [], []


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def tasks(qapp, heard):
    made = Tasks(heard.bugs.append, heard.known.append)
    yield made
    made.close()


def test_results_come_back_on_the_interface_thread_in_order(tasks):
    results, threads = [], set()

    def work(number):
        threads.add(threading.current_thread().name)
        return number

    for number in range(50):
        tasks.run(
            lambda number=number: work(number),
            lambda result: results.append(
                (result, threading.current_thread() is threading.main_thread())
            ),
        )
    tasks.wait_idle()
    assert results == [(number, True) for number in range(50)]
    assert len(threads) == 1


def test_work_aside_does_not_wait_for_the_database(tasks):
    gate, results = threading.Event(), []
    tasks.run(gate.wait, lambda _: results.append("database"))
    tasks.aside(gate.set, lambda _: results.append("aside"))
    tasks.wait_idle()
    assert set(results) == {"database", "aside"}


def test_a_known_error_goes_to_whoever_asked(tasks, heard):
    told = []

    def full():
        raise KnownError(Fault.DISK_FULL, path="x")

    tasks.run(full, failed=told.append)
    tasks.run(full)
    tasks.wait_idle()
    assert [error.fault for error in told] == [Fault.DISK_FULL]
    assert [error.fault for error in heard.known] == [Fault.DISK_FULL]
    assert heard.bugs == []


def test_anything_else_is_a_bug_wherever_it_happens(tasks, heard):
    tasks.run(lambda: 1 // 0)
    tasks.run(lambda: 1, lambda _: {}[1])
    tasks.wait_idle()
    assert [type(bug) for bug in heard.bugs] == [ZeroDivisionError, KeyError]


def test_a_callback_dies_with_its_owner(tasks, qtbot):
    class Screen(QWidget):
        told = False

        def take(self, _result):
            Screen.told = True

    gate, screen = threading.Event(), Screen()
    tasks.run(gate.wait, screen.take)
    screen.deleteLater()
    qtbot.waitUntil(lambda: not _alive(screen))
    gate.set()
    tasks.wait_idle()
    assert not Screen.told


def test_an_owner_can_be_named(tasks, qtbot):
    told, owner = [], QObject()
    gate = threading.Event()
    tasks.run(gate.wait, told.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    gate.set()
    tasks.wait_idle()
    assert told == []


def test_waiting_ends_with_an_error_when_work_hangs(tasks):
    gate = threading.Event()
    tasks.run(gate.wait)
    with pytest.raises(TimeoutError):
        tasks.wait_idle(0.05)
    gate.set()
    tasks.wait_idle()


def test_closing_finishes_the_database_and_tells_nobody(qapp, heard):
    done, told = [], []
    tasks = Tasks(heard.bugs.append, heard.known.append)
    for number in range(5):
        tasks.run(lambda number=number: done.append(number), told.append)
    tasks.close()
    tasks.run(lambda: done.append("late"))
    qapp.processEvents()
    assert done == [0, 1, 2, 3, 4]
    assert told == []


def test_who_asks_during_a_turn_comes_after_it_and_before_the_next(tasks):
    order, asked, first, answered = [], threading.Event(), threading.Event(), threading.Event()

    def long_work():
        with tasks.turn():
            first.set()
            asked.wait()
            order.append("too early" if answered.wait(0.1) else "turn 1")
        with tasks.turn():
            order.append("turn 2")

    def desk():
        order.append("desk")
        answered.set()

    tasks.aside(long_work)
    first.wait()
    tasks.run(desk)
    asked.set()
    tasks.wait_idle()
    assert order == ["turn 1", "desk", "turn 2"]


def test_a_turn_waits_for_what_was_asked_before(tasks):
    order, gate, begun = [], threading.Event(), threading.Event()

    def desk():
        gate.wait()
        order.append("desk")

    def long_work():
        begun.set()
        with tasks.turn():
            order.append("turn")

    tasks.run(desk)
    tasks.aside(long_work)
    begun.wait()
    gate.set()
    tasks.wait_idle()
    assert order == ["desk", "turn"]


def test_a_turn_gives_the_database_back_when_the_work_fails(tasks, heard):
    def fails():
        with tasks.turn():
            raise KnownError(Fault.DISK_FULL)

    told = []
    tasks.aside(fails)
    tasks.run(lambda: "still here", told.append)
    tasks.wait_idle()
    assert told == ["still here"]
    assert [error.fault for error in heard.known] == [Fault.DISK_FULL]


def test_closing_ends_work_that_takes_turns(qapp, heard):
    tasks = Tasks(heard.bugs.append, heard.known.append)
    turns, ended = [], threading.Event()

    def long_work():
        try:
            while True:
                with tasks.turn():
                    turns.append(1)
        finally:
            ended.set()

    tasks.aside(long_work)
    while not turns:
        pass
    tasks.close()
    assert ended.wait(60)
    qapp.processEvents()
    assert heard.bugs == []


def _alive(thing):
    import shiboken6

    return shiboken6.isValid(thing)
