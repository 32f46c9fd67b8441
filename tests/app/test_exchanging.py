"""The desktop exchanges by itself: with a real server over HTTP, through a stick, and alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.joined import Fleet, program_of, until
from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.circulation.hold_lists import holds_to_pick
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.conflicts.conflicts import conflict_count
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.devices import revoke_device
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.results import Done
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.syncing.connections import Connection


@pytest.fixture
def running(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path, there: Fleet
) -> Iterator[Program]:
    """The program, after its first exchange; its timers are driven by the tests."""
    made = Program(small.desk("head"), settings=settings, reports=tmp_path / "reports")
    with program_of(there, made, qtbot) as shown:
        yield shown


def exchange(qtbot: QtBot, program: Program) -> None:
    until(qtbot, program, lambda: True)  # one that began by itself may have missed the last change
    with qtbot.waitSignal(program.exchanging.runner.ran) as ran:
        program.exchanging.runner.exchange_now()
    assert ran.args[0].done, ran.args[0]
    until(qtbot, program, lambda: True)


def at_desk(program: Program, work: Callable[[], object]) -> None:
    """Do something as a screen does."""
    program.tasks.run(work)
    program.tasks.wait_idle()


def lend_here(program: Program, small: SmallLibrary, card: str, barcode: str) -> None:
    at_desk(
        program,
        lambda: value_of(lend(program.desk, small.members[card], small.copies[barcode])),
    )


def chip(program: Program) -> str:
    return program.window.rail.chip.accessibleName()


def test_what_is_lent_here_goes_to_the_van_by_itself(qtbot, running, small, there):
    runner = running.exchanging.runner
    lend_here(running, small, "A0001", "B0001")
    until(qtbot, running, lambda: runner.standing.waiting == 1)
    assert "1 menunggu dikirim" in chip(running)
    qtbot.waitUntil(lambda: runner.standing.waiting == 0)
    assert "menunggu" not in chip(running) and "127.0.0.1" in chip(running)
    there.van_exchanges()
    loans = member_card(there.van_desk, small.members["A0001"]).loans
    assert [one.barcode for one in loans] == ["B0001"]


def test_a_loan_of_the_van_shows_here_without_reopening(qtbot, running, small, there):
    there.van_exchanges()
    running.screens.show_member(small.members["A0002"])
    until(qtbot, running, lambda: True)
    value_of(lend(there.van_desk, small.members["A0002"], small.copies["B0003"]))
    there.van_exchanges()
    exchange(qtbot, running)
    shown = running.screens.members.room.panel
    assert "B0003" in " ".join(texts(shown))


def texts(widget) -> list[str]:
    """All words a panel shows, lists included."""
    from PySide6.QtWidgets import QLabel

    from perpusdesk.ui.kit.record_list import RecordList

    found = [label.text() for label in widget.findChildren(QLabel)]
    for rows in widget.findChildren(RecordList):
        model = rows.rows
        found += [str(model.data(model.index(at, 0))) for at in range(model.rowCount())]
    return found


def test_a_contradiction_lights_the_chip_and_is_settled_for_all(qtbot, running, small, there):
    there.van_exchanges()
    lend_here(running, small, "A0001", "B0001")
    value_of(lend(there.van_desk, small.members["A0002"], small.copies["B0001"]))
    there.van_exchanges()
    exchange(qtbot, running)
    until(qtbot, running, running.window.rail.questions.isVisible)
    assert "1 perlu keputusan" in running.window.rail.questions.accessibleName()
    running.window.questions_asked.emit()
    until(qtbot, running, lambda: running.screens.deciding.page.asking)
    running.window.box.edit.returnPressed.emit()
    until(qtbot, running, lambda: not running.screens.deciding.page.asking)
    assert running.window.rail.questions.isHidden()
    exchange(qtbot, running)
    there.van_exchanges()
    assert conflict_count(there.van.library) == 0
    assert running.desk.library.digest() == there.van.library.digest()


def test_a_hold_placed_here_reaches_the_van_that_has_the_copy(qtbot, running, small, there):
    title = small.titles[2]
    for barcode in ("B0005", "B0006"):
        at_desk(
            running,
            lambda code=barcode: small.change(
                "copy", small.copies[code], branch=small.branches["van"], access="loan"
            ),
        )
    at_desk(
        running,
        lambda: value_of(place_hold(running.desk, small.members["A0001"], title)),
    )
    exchange(qtbot, running)
    there.van_exchanges()
    asked = holds_to_pick(there.van_desk)
    assert [one.hold.title_id for one in asked] == [title]
    assert {copy.barcode for copy in asked[0].copies} == {"B0005", "B0006"}


def test_offline_is_calm_and_goes_on_by_itself(qtbot, running, small, there):
    runner = running.exchanging.runner
    good, identity = runner._links[0].connection, runner.member.identity
    runner.use_links([Connection("http://127.0.0.1:9")])
    lend_here(running, small, "A0001", "B0001")
    with qtbot.waitSignal(runner.ran) as ran:
        runner.exchange_now()
    assert ran.args[0].reason == "refused"
    until(qtbot, running, lambda: runner.standing.failed is not None)
    assert running.window.bar.problem is None, "nobody is bothered"
    assert "1 menunggu dikirim" in chip(running)
    assert runner._next.isActive(), "it is tried again by itself"
    runner.use_links([good])
    runner.network_came()
    qtbot.waitUntil(lambda: runner.standing.waiting == 0)
    assert runner.standing.failed is None and runner.member.identity is identity


def test_a_hub_that_is_away_gives_way_to_the_server(qtbot, running):
    runner = running.exchanging.runner
    good = runner._links[0].connection
    runner.use_links([Connection("http://127.0.0.1:9"), Connection(good.url, paused=True), good])
    exchange(qtbot, running)
    assert runner.standing.last.where == good.url


def test_after_sleep_what_is_due_is_done_at_once(qtbot, running):
    runner = running.exchanging.runner
    runner._plan(600)
    runner._ticked -= 3_600
    runner._tick_on()
    assert runner._next.remainingTime() < 10_000


def test_through_a_stick(qtbot, running, small, there, tmp_path):
    there.van_exchanges()
    lend_here(running, small, "A0001", "B0001")
    stick = tmp_path / "STICK"
    stick.mkdir()
    page = running.exchanging.page
    running.window.go(page.name)
    page.stick_asked.emit(stick)
    until(qtbot, running, page.room.now.stick.isVisible)
    assert "Flashdisk boleh dicabut" in page.room.now.stick.text()
    assert list((stick / "PerpusDesk").iterdir())
    page.stick_asked.emit(tmp_path / "nowhere")
    until(qtbot, running, lambda: running.window.bar.problem is not None)


def test_the_screen_says_what_waits_what_came_and_who_is_there(qtbot, running, small, there):
    there.van_exchanges()
    value_of(lend(there.van_desk, small.members["A0002"], small.copies["B0003"]))
    there.van_exchanges()
    page = running.exchanging.page
    running.window.go(page.name)
    until(qtbot, running, lambda: True)
    exchange(qtbot, running)
    running.exchanging.runner._next.stop()
    lend_here(running, small, "A0001", "B0001")
    page.refresh()
    until(qtbot, running, lambda: True)
    room = page.room
    assert "Dipinjamkan" in " ".join(texts(room.now.came))
    assert "Dipinjamkan" in " ".join(texts(room.now.waits))
    assert {"Laptop MK1", "Server kota"} <= {row.partition(",")[0] for row in texts(room.devices)}
    page.test()
    until(qtbot, running, room.line.steps.isVisible)
    assert sum("baik" in row for row in texts(room.line)) == 5
    assert len(texts(room.history)) >= 3


def test_every_part_is_fit_to_be_used(qapp, qtbot, running, small):
    at_desk(running, lambda: small.change("branch", small.branches["pusat"], kind="van"))
    page = running.exchanging.page
    running.window.go(page.name)
    until(qtbot, running, lambda: True)
    assert page.room.tabs.isTabVisible(4)
    found = []
    for tab in range(5):
        page.room.tabs.setCurrentIndex(tab)
        page.test() if tab == 3 else page.refresh()
        until(qtbot, running, lambda: True)
        found += audit_everywhere(qapp, running.window)
    assert found == []


def test_a_library_alone_is_told_how_to_connect(qapp, qtbot, program):
    page = program.exchanging.page
    program.window.go(page.name)
    program.exchanging.runner.join()
    program.tasks.wait_idle()
    program.tasks.wait_idle()
    assert page.room.alone.isVisible() and not page.room.tabs.isVisible()
    assert "Tersimpan di komputer ini" in chip(program)
    assert audit_everywhere(qapp, program.window) == []
    page.join_asked.emit()
    program.tasks.wait_idle()
    assert program.window.page == "settings", "the code is asked for there"


def test_the_desk_follows_without_disturbing_an_answer(qtbot, running, small, there):
    there.van_exchanges()
    running.window.go("desk")
    running.desk_page.open_member(small.members["A0002"])
    until(qtbot, running, lambda: running.desk_page.visit_open)
    value_of(lend(there.van_desk, small.members["A0002"], small.copies["B0003"]))
    there.van_exchanges()
    exchange(qtbot, running)
    assert [one.barcode for one in running.desk_page.last.visit.loans] == ["B0003"]
    running.desk_page.finish()
    running.desk_page.take_copy(small.copies["B0003"])
    until(qtbot, running, lambda: not running.desk_page.visit_open)
    answer = running.desk_page.last
    value_of(lend(there.van_desk, small.members["A0001"], small.copies["B0007"]))
    there.van_exchanges()
    exchange(qtbot, running)
    assert running.desk_page.last is answer, "the answer to the last scan stays in sight"


def test_a_device_whose_key_is_gone_is_told_what_to_do(qtbot, running, tmp_path):
    runner = running.exchanging.runner
    runner._make_keys = lambda: KeyStore(tmp_path / "empty")
    with qtbot.waitSignal(runner.keyless):
        running.preferences.page.joined.emit()
    assert "kunci" in running.window.bar.problem.happened.lower()
    runner.exchange_now()
    assert not runner.running


def test_quitting_does_not_wait_for_a_server_that_says_nothing(qtbot, running):
    runner = running.exchanging.runner
    with socket.create_server(("127.0.0.1", 0)) as mute:
        runner.use_links([Connection(f"http://127.0.0.1:{mute.getsockname()[1]}")])
        runner.exchange_now()
        heard, _ = mute.accept()
        with heard:
            assert runner.running
            runner.close()
            runner._network.shutdown(wait=False)
            over = [one for one in threading.enumerate() if one.name.startswith("exchange")]
            qtbot.waitUntil(lambda: not any(one.is_alive() for one in over))
    assert not runner._next.isActive(), "nothing is planned any more"


def test_what_is_written_during_an_exchange_goes_soon_after(qtbot, running, small):
    runner = running.exchanging.runner
    runner.rhythm.after(done=True, moved=False)
    with qtbot.waitSignal(runner.ran):
        runner.exchange_now()
        running.tasks.run(
            lambda: value_of(lend(running.desk, small.members["A0001"], small.copies["B0001"]))
        )
    until(qtbot, running, lambda: True)
    if runner.standing.waiting:
        assert runner._next.remainingTime() < 10_000
    qtbot.waitUntil(lambda: runner.standing.waiting == 0)


def test_who_was_shut_out_is_told_once(qtbot, running, small, there):
    device = UUID(bytes=small.library.device)

    def shut_out() -> None:
        desk = Desk(there.serving.member.library, running.desk.branch, None)
        assert isinstance(revoke_device(desk, device, "lost"), Done)

    there.serving.store(shut_out)
    exchange(qtbot, running)
    assert running.window.bar.problem is not None
    assert "ditutup" in running.window.bar.problem.happened or "dikeluarkan" in (
        running.window.bar.problem.happened
    )
    running.window.bar.clear()
    exchange(qtbot, running)
    assert running.window.bar.problem is None
