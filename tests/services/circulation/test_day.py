"""The day in figures, what waits, and the last actions in words."""

from __future__ import annotations

from datetime import date, timedelta

from helpers.library import SmallLibrary, action_of, value_of
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.items import Condition
from perpusdesk.exchange.pack_files import entry_names
from perpusdesk.services.cataloguing.catalogue import NewTitle, add_title
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.day import chores, day_at
from perpusdesk.services.circulation.holds import cancel_hold, place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge, take_payment
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaints import NewComplaint, register
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    plan_improvement,
    propose_improvement,
)
from perpusdesk.services.figures.figure_entries import enter_figure
from perpusdesk.services.figures.month_close import close_month
from perpusdesk.services.history.recent import recent_actions
from perpusdesk.services.undo import undo


def test_a_day_without_anything(desk: Desk, small: SmallLibrary) -> None:
    day = day_at(desk)
    assert day.day == small.time.today()
    assert day.open
    counts = (day.lent, day.returned, day.read_on_site, day.members_served, day.cash)
    assert counts == (0, 0, 0, 0, 0)


def test_figures_follow_what_is_done_and_undone(desk: Desk, small: SmallLibrary) -> None:
    siti, budi = small.members["A0001"], small.members["A0002"]
    for barcode in ("B0001", "B0003"):
        value_of(lend(desk, siti, small.copies[barcode]))
    value_of(lend(desk, budi, small.copies["B0007"]))
    value_of(take_back(desk, small.copies["B0001"]))
    value_of(read_on_site(desk, small.copies["B0005"]))
    value_of(charge(desk, siti, 5_000, "Fotokopi"))
    value_of(take_payment(desk, siti, 3_000))
    day = day_at(desk)
    assert (day.lent, day.returned, day.members_served) == (3, 1, 2)
    assert (day.read_on_site, day.cash) == (1, 3_000)
    undo(desk)
    assert day_at(desk).cash == 0


def test_the_day_begins_at_the_branchs_own_midnight(desk: Desk, small: SmallLibrary) -> None:
    small.time.passes(hours=14, minutes=59)  # 23.59 there, and already the next day nowhere
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    assert day_at(desk).lent == 1
    small.time.passes(minutes=2)
    assert day_at(desk).lent == 0
    assert day_at(desk, small.time.today() - timedelta(days=1)).lent == 1


def test_each_branch_counts_its_own(small: SmallLibrary) -> None:
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    value_of(lend(small.desk(branch="van"), small.members["A0002"], small.copies["B0003"]))
    small.time.passes(days=7)
    for branch in ("pusat", "van"):
        day = day_at(small.desk(branch=branch))
        assert (day.due_today, day.overdue) == (1, 0)
    small.time.passes(days=1)
    assert day_at(small.desk()).overdue == 1


def test_a_closed_day_says_why(desk: Desk) -> None:
    christmas = day_at(desk, date(2026, 12, 25))
    assert (christmas.open, christmas.closed_for) == (False, ("Hari Natal",))
    sunday = day_at(desk, date(2026, 11, 8))
    assert (sunday.open, sunday.closed_for) == (False, ())


def test_chores_name_a_few_and_count_all(desk: Desk, small: SmallLibrary) -> None:
    for barcode in ("B0001", "B0003", "B0007"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    small.time.passes(days=7)
    waiting = chores(desk, limit=2)
    assert (len(waiting.due), waiting.due_count) == (2, 3)
    assert waiting.due[0].member_name == "Siti Misalnya"
    assert (waiting.to_pick, waiting.to_pick_count) == ((), 0)


def test_a_hold_that_the_shelf_can_serve_is_to_be_fetched(desk: Desk, small: SmallLibrary) -> None:
    for barcode in ("B0001", "B0002"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    assert chores(desk).to_pick_count == 0
    undo(desk)
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    small.change("copy", small.copies["B0002"], title=small.titles[1])
    small.change("copy", small.copies["B0004"], title=small.titles[0])
    (line,) = chores(desk).to_pick
    assert (line.hold.member_name, line.copies[0].barcode) == ("Rina Umpama Dewi", "B0004")


def test_the_last_actions_newest_first_with_what_and_whom(desk: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(minutes=5)
    value_of(take_back(desk, small.copies["B0001"]))
    lines = recent_actions(desk)
    assert [(line.verb, line.thing, line.person) for line in lines] == [
        ("return", "Pelaut Kertas", "Siti Misalnya"),
        ("lend", "Pelaut Kertas", "Siti Misalnya"),
    ]
    assert lines[0].at == small.time.moment
    assert all(line.undoable and not line.undone for line in lines)


def test_actions_on_holds_copies_and_titles_say_what_they_were_about(
    head: Desk, small: SmallLibrary
) -> None:
    value_of(lend(head, small.members["A0001"], small.copies["B0001"]))
    value_of(lend(head, small.members["A0002"], small.copies["B0002"]))
    hold = value_of(place_hold(head, small.members["A0003"], small.titles[0])).hold
    value_of(cancel_hold(head, hold))
    value_of(mark_copy(head, small.copies["B0003"], Condition.MISSING))
    value_of(read_on_site(head, small.copies["B0005"], member=small.members["A0004"]))
    value_of(add_title(head, NewTitle("Peta Angin"), 1))
    assert [(line.thing, line.person) for line in recent_actions(head)[:5]] == [
        ("Peta Angin", ""),
        ("Ensiklopedia Sungai", "Joko Umpama"),
        ("Kebun di Atap", ""),
        ("Pelaut Kertas", "Rina Umpama Dewi"),
        ("Pelaut Kertas", "Rina Umpama Dewi"),
    ]


def test_figures_and_closed_months_are_told_by_name(head: Desk) -> None:
    value_of(enter_figure(head, next(iter(entry_names())), Period.year(2025), "12"))
    value_of(close_month(head, "2025-03"))
    things = [line.thing for line in recent_actions(head)[:2]]
    assert things == ["Maret 2025", f"{next(iter(entry_names().values()))[0]} 2025"]


def test_an_undone_action_stays_in_the_list(desk: Desk, small: SmallLibrary) -> None:
    action = action_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    undo(desk)
    (line,) = recent_actions(desk)
    assert (line.action, line.undone, line.undoable) == (action, True, False)


def test_setting_up_is_no_action_of_the_day(desk: Desk, small: SmallLibrary) -> None:
    small.house(block_from_debt=1)
    assert recent_actions(desk) == []


def test_no_more_actions_than_asked_for(desk: Desk, small: SmallLibrary) -> None:
    for _ in range(4):
        value_of(read_on_site(desk, small.copies["B0001"]))
    assert len(recent_actions(desk, limit=3)) == 3


def test_late_answers_and_actions_of_this_branch_wait(small: SmallLibrary) -> None:
    head, van = small.desk("head"), small.desk("head", "van")
    register(van, NewComplaint("Mobil tidak datang"))
    action = value_of(propose_improvement(head, "hand", None, "Antrean"))
    form = ImprovementForm("Antrean", due=head.today())
    plan_improvement(head, action, form)
    small.time.passes(days=6)
    assert (chores(head).late_messages, chores(head).late_actions) == (0, 1)
    assert (chores(van).late_messages, chores(van).late_actions) == (1, 1)
