"""Holds lapse by themselves, at the first look of each day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from helpers.library import build, value_of
from perpusdesk.app.chores import Chores
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.storage.queries.circulation import copies_of_title, hold_by_id
from perpusdesk.ui.kit.in_page_bar import InPageBar
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import Toasts
from perpusdesk.ui.shell.messages import Messages


def test_a_hold_that_nobody_collected_lapses_by_itself(qapp, tmp_path):
    small = build(tmp_path)
    desk, bugs = small.desk(), []
    title = small.titles[0]
    copies = [copy.id for copy in copies_of_title(small.library, title)]
    for card, copy in zip(("A0001", "A0002"), copies, strict=False):
        value_of(lend(desk, small.members[card], copy))
    hold = value_of(place_hold(desk, small.members["A0003"], title)).hold
    value_of(take_back(desk, copies[0]))
    place = QWidget()
    tasks = Tasks(bugs.append, bugs.append)
    messages = Messages(Toasts(place), InPageBar(), bugs.append)
    daily = Chores(desk, tasks, messages, lambda: None)
    daily.look()
    tasks.wait_idle()
    assert hold_by_id(small.library, hold).state == "ready"
    small.time.passes(days=12)
    daily.look()
    tasks.wait_idle()
    assert hold_by_id(small.library, hold).state == "expired"
    assert bugs == []
    tasks.close()
    small.library.close()
