"""Figures as they are asked for: stops, clocks of other zones, cuts, quarters, first counting."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from helpers.devices import another_device
from helpers.library import SmallLibrary
from helpers.library import value_of as done
from perpusdesk.domain.complaints import Kind
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.merge import facts
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import export_list
from perpusdesk.services.feedback.from_phones import send_message
from perpusdesk.services.figures.dashboard import Scope, dashboard
from perpusdesk.services.figures.figures import Group, figures
from perpusdesk.services.figures.figures_behind import behind
from perpusdesk.services.figures.figures_work import count_some, freshen
from perpusdesk.services.figures.month_close import close_month
from perpusdesk.services.privacy.erase_member import carry_out_erasures, erase_member
from perpusdesk.services.privacy.history_cut import cut_history
from perpusdesk.services.privacy.privacy_work import work_off
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries.values import as_ms

NOVEMBER = ("2026-11", "2026-11")


def _visit(desk: Desk, at: datetime, zone: int, branch: UUID, **told: object) -> None:
    action = Action("count_visit", desk.staff, branch, zone, as_ms(at))
    new = desk.library.new_id()
    action.event(facts.VISITED, "visit", new, fresh=True, **{"people": 1, **told})
    desk.commit(action)


def _value(desk: Desk, measure: str, **where: object) -> int:
    freshen(desk)
    return figures(desk, [measure], *NOVEMBER, **where).value(measure)


def test_a_day_is_that_of_the_clock_on_the_wall_there(small: SmallLibrary) -> None:
    desk, wit = small.desk("head"), timezone(timedelta(hours=9))
    late = datetime(2026, 11, 1, 0, 30, tzinfo=wit)  # still October in Jakarta
    _visit(desk, late, 540, small.branches["van"])
    _visit(desk, late, 420, small.branches["pusat"])
    freshen(desk)
    table = figures(desk, ["visits"], "2026-10", "2026-11", by=(Group.MONTH, Group.BRANCH))
    assert table.value("visits", "2026-11", small.branches["van"]) == 1
    assert table.value("visits", "2026-10", small.branches["pusat"]) == 1
    assert len(table.rows) == 2


def test_what_happens_on_a_van_at_a_stop_is_the_stops(small: SmallLibrary) -> None:
    desk, van = small.desk("head"), small.branches["van"]
    now = small.time.moment
    stop, session = desk.library.new_id(), desk.library.new_id()
    action = desk.action("begin_stop")
    action.set("stop", stop, {"name": "SD Contoh", "branch": van}, fresh=True)
    told = {"stop": stop, "branch": van, "started": as_ms(now), "zone": 420}
    action.set("stop_session", session, told, fresh=True)
    desk.commit(action)
    _visit(desk, now + timedelta(minutes=10), 420, van, people=30)
    _visit(desk, now + timedelta(hours=2), 420, van, people=5)
    _visit(desk, now + timedelta(hours=20), 420, van, people=7)  # the next day: nobody ended it
    assert _value(desk, "visits", stop=stop) == 35
    action = desk.action("end_stop")
    action.set("stop_session", session, {"ended": as_ms(now + timedelta(hours=1))})
    desk.commit(action)
    assert _value(desk, "visits", stop=stop) == 30
    assert _value(desk, "visits", branch=van) == 42
    assert _value(desk, "stops", branch=van) == 1
    assert _value(desk, "stops.minutes", stop=stop) == 60
    assert len(behind(desk, "visits", *NOVEMBER, stop=stop).sheet.ids) == 1


def test_a_renewal_counts_on_the_day_it_was_made(small: SmallLibrary) -> None:
    desk = small.desk("head")
    small.time.passes(days=25)  # Friday 27 November
    loan = done(lend(desk, small.members["A0001"], small.copies["B0001"]))
    freshen(desk)
    small.time.passes(days=6)
    done(renew(desk, loan.line.loan))
    freshen(desk)
    table = figures(desk, ["loans", "renewals"], "2026-11", "2026-12", by=(Group.MONTH,))
    assert [(one.measure, one.month, one.value) for one in table.rows] == [
        ("loans", "2026-11", 1),
        ("renewals", "2026-12", 1),
    ]


def _work_off(desk: Desk) -> None:
    while work_off(desk):
        pass


def test_a_cut_of_the_history_takes_nobody_out_of_past_figures(small: SmallLibrary) -> None:
    desk = small.desk("head")
    for card, copy in (("A0001", "B0001"), ("A0002", "B0003"), ("A0001", "B0009")):
        done(lend(desk, small.members[card], small.copies[copy]))
        done(take_back(desk, small.copies[copy]))
    category = desk.library.value(
        "select category from member where id = ?", small.members["A0001"].bytes
    )
    _visit(
        desk,
        small.time.moment,
        420,
        desk.branch,
        member=small.members["A0003"].bytes,
        category=category,
    )
    freshen(desk)
    names = ["loans", "borrowers", "visitors", "loans.category", "visits.members"]
    before = figures(desk, names, *NOVEMBER, by=(Group.KEY,)).rows
    assert {one.measure: one.value for one in before}["borrowers"] == 2
    small.time.passes(days=500)
    assert cut_history(desk).action is not None
    _work_off(desk)
    assert desk.library.value("select count(*) from loan where member is not null") == 0
    freshen(desk)
    assert figures(desk, names, *NOVEMBER, by=(Group.KEY,)).rows == before
    assert len(behind(desk, "borrowers", *NOVEMBER).sheet.ids) == 0


def test_who_joins_after_a_cut_believes_the_closed_month(
    small: SmallLibrary, tmp_path: Path
) -> None:
    desk = small.desk("head")
    for card, copy in (("A0001", "B0001"), ("A0002", "B0003")):
        done(lend(desk, small.members[card], small.copies[copy]))
        done(take_back(desk, small.copies[copy]))
    freshen(desk)
    small.time.passes(days=500)
    done(close_month(desk, "2026-11"))
    cut_history(desk)
    _work_off(desk)
    late = another_device(small, tmp_path / "late", "Mobil 2")
    freshen(late)
    assert late.library.value("select count(*) from loan where member is not null") == 0
    assert figures(late, ["borrowers"], *NOVEMBER).value("borrowers") == 2
    by_branch = figures(late, ["borrowers"], *NOVEMBER, branch=desk.branch)
    assert by_branch.value("borrowers") == 2
    late.library.close()


def test_an_erased_member_stays_counted(small: SmallLibrary) -> None:
    desk = small.desk("head")
    done(lend(desk, small.members["A0001"], small.copies["B0001"]))
    done(take_back(desk, small.copies["B0001"]))
    assert _value(desk, "borrowers") == 1
    done(erase_member(desk, small.members["A0001"], "atas permintaan"))
    small.time.passes(days=2)
    done(carry_out_erasures(desk))
    _work_off(desk)
    assert desk.library.value("select count(*) from loan where member is not null") == 0
    assert (_value(desk, "borrowers"), _value(desk, "loans")) == (1, 1)


def test_persons_of_a_year_and_a_quarter_are_no_sums(small: SmallLibrary) -> None:
    desk, member = small.desk("head"), small.members["A0001"]
    for barcode in ("B0001", "B0003", "B0009"):
        done(lend(desk, member, small.copies[barcode]))
        done(take_back(desk, small.copies[barcode]))
        small.time.passes(days=32)
    freshen(desk)
    for period in (Period.quarter(2026, 4), Period.year(2026), Period("2026-10", "2027-01")):
        table = figures(desk, ["borrowers"], period.first, period.last)
        assert table.value("borrowers") == 1
    by_month = figures(desk, ["borrowers"], "2026-11", "2027-01", by=(Group.MONTH,))
    assert [one.value for one in by_month.rows] == [1, 1, 1]


def test_a_library_that_never_counted_counts_all_its_days_once(small: SmallLibrary) -> None:
    desk = small.desk("head")
    for months_ago in range(5):
        _visit(desk, small.time.moment - timedelta(days=31 * months_ago), 420, desk.branch)
    with desk.library.local_work() as database:
        database.execute_sql("delete from stale_day")  # as after the migration
    freshen(desk)
    table = figures(desk, ["visits"], "2026-07", "2026-11", by=(Group.MONTH,))
    assert [one.value for one in table.rows] == [1, 1, 1, 1, 1]
    assert count_some(desk) == 0
    writes = desk.library.database.total_changes()
    freshen(desk)
    assert desk.library.database.total_changes() - writes < 10


def test_the_latest_months_can_be_seen_while_older_ones_wait(small: SmallLibrary) -> None:
    desk = small.desk("head")
    for days_ago in (1, 100, 200):
        _visit(desk, small.time.moment - timedelta(days=days_ago), 420, desk.branch)
    left = 1
    while left and not figures(desk, ["visits"], *NOVEMBER).value("visits"):
        left = count_some(desk)
    assert dashboard(desk, Scope("2026-11")).waiting > 2


def test_stock_is_that_of_each_months_end(small: SmallLibrary) -> None:
    desk = small.desk("head")
    for barcode, day in (("B0001", "2026-08-03"), ("B0002", "2026-09-20"), ("B0003", "2026-09-30")):
        small.change("copy", small.copies[barcode], received=day)
    gone = {"condition": "withdrawn", "withdrawn_on": "2026-10-05"}
    small.change("copy", small.copies["B0001"], **gone)
    freshen(desk)
    table = figures(
        *(desk, ["copies", "copies_added", "copies_withdrawn", "titles"], "2026-08", "2026-11"),
        by=(Group.MONTH,),
    )
    found = {
        name: [table.value(name, month) for month in table.period.months]
        for name in ("copies", "copies_added", "copies_withdrawn", "titles")
    }
    assert found == {
        "copies": [1, 3, 2, 19],
        "copies_added": [1, 2, 0, 17],
        "copies_withdrawn": [0, 0, 1, 0],
        "titles": [1, 2, 2, 10],
    }


def test_parts_with_what_is_not_known_make_the_whole(small: SmallLibrary) -> None:
    desk = small.desk("head")
    for sex in ("L", "P", "P", None):
        _visit(desk, small.time.moment, 420, desk.branch, people=2, sex=sex)
    freshen(desk)
    table = figures(desk, ["visits", "visits.sex"], *NOVEMBER, by=(Group.KEY,))
    assert {key: table.value("visits.sex", key=key) for key in ("L", "P", "")} == {
        "L": 2,
        "P": 4,
        "": 2,
    }
    assert table.keys("visits.sex") == ["P", "L", ""]


def test_a_list_behind_a_figure_names_members_only_to_who_may(
    small: SmallLibrary, tmp_path
) -> None:
    head, volunteer = small.desk("head"), small.desk("volunteer")
    done(lend(head, small.members["A0001"], small.copies["B0001"]))
    freshen(head)
    seen, hidden = (behind(one, "loans", *NOVEMBER).sheet for one in (head, volunteer))
    row = seen.fetch(head, seen.ids)[seen.ids[0]]
    assert "Siti Misalnya" in [column.cell(row) for column in seen.columns]
    assert seen.people == 1
    assert hidden.people == 0
    assert "Siti Misalnya" not in [column.cell(row) for column in hidden.columns]
    saved = export_list(volunteer, hidden, tmp_path / "list.xlsx")
    assert saved.lines == 1


def test_the_list_behind_messages_says_in_words_how_they_came(small: SmallLibrary) -> None:
    head = small.desk("head")
    done(send_message(head, "Lampu ruang baca mati", Kind.COMPLAINT))
    freshen(head)
    sheet = behind(head, "complaints", *NOVEMBER).sheet
    row = sheet.fetch(head, sheet.ids)[sheet.ids[0]]
    told = [column.cell(row) for column in sheet.columns]
    assert {"Pengaduan", "Ponsel pengunjung", "Baru"} <= set(told)


def test_the_dashboard_compares_with_the_same_days_of_a_year_before(small: SmallLibrary) -> None:
    desk, now = small.desk("head"), small.time.moment  # Monday 2 November 2026
    for day, people in ((date(2025, 11, 1), 4), (date(2025, 11, 20), 50), (date(2026, 11, 2), 8)):
        at = datetime(day.year, day.month, day.day, 10, tzinfo=now.tzinfo)
        _visit(desk, at, 420, desk.branch, people=people)
    freshen(desk)
    board = dashboard(desk, Scope("2026-11"))
    visits = board.tiles[0]
    assert (visits.measure, visits.value, visits.before, visits.until) == ("visits", 8, 4, 2)
    assert board.trend["visits"] == ((0,) * 11 + (8,), (0,) * 11 + (54,))
    assert board.hours == {(0, 10): pytest.approx(8 / 9)}  # nine Mondays since September
    assert board.anything
    assert dashboard(desk, Scope("2026-11", small.branches["van"])).tiles[0].value == 0
