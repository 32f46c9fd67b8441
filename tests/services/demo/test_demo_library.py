"""The demo library: from a seed, by the program's own rules, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from helpers.library import Time
from perpusdesk.domain.improvements import Stage
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.domain.surveys.form import SurveyKind
from perpusdesk.exchange.demo_plan import DemoSize
from perpusdesk.services.circulation.day import day_at
from perpusdesk.services.demo.demo import build_demo, ensure_demo
from perpusdesk.services.demo.demo_day import find_props
from perpusdesk.services.feedback.improvements import improvement_lines
from perpusdesk.services.figures.figures import figures
from perpusdesk.services.figures.month_close import closed_months
from perpusdesk.services.set_up import library_name, open_desk
from perpusdesk.services.surveys.surveys import surveys
from perpusdesk.services.visits.guest_book import is_open_now
from perpusdesk.storage.check import check
from perpusdesk.storage.library import FILE_NAME, Library, Sources

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=timezone(timedelta(hours=7)))
SIZE = DemoSize().scaled(0.02)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo library at a fiftieth of its size."""
    made = tmp_path_factory.mktemp("demo") / "library"
    build_demo(made, NOW, size=SIZE)
    return made


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """The library on the day on which it was built, whatever day the test is run."""
    time = Time(NOW)
    with Library.open(folder, sources=Sources(time.wall_ms, time.uptime_ms)) as opened:
        yield opened


def _story(library: Library) -> list[Any]:
    """Everything that happened, told by names and numbers instead of ids."""
    loans = library.rows(
        'select c.barcode, m.card, l.lent_at, l.due, l."end", l.ended_at, l.renewals, l.days_late'
        " from loan l join copy c on c.id = l.copy join member m on m.id = l.member"
        " order by l.lent_at, c.barcode"
    )
    money = library.rows(
        "select m.card, y.amount, y.kind, y.at from money y join member m on m.id = y.member"
        " order by y.at, m.card, y.amount"
    )
    holds = library.rows(
        "select t.title, m.card, h.placed_at, h.state from hold h join title t on t.id = h.title"
        " join member m on m.id = h.member order by h.placed_at, m.card"
    )
    people = library.rows("select card, name, birth_date, phone, expires from member order by card")
    books = library.rows(
        "select c.barcode, t.title, t.author, t.call_number from copy c"
        " join title t on t.id = c.title order by c.barcode"
    )
    return [loans, money, holds, people, books, *_service(library)]


def _service(library: Library) -> list[Any]:
    """What happened beside loans."""
    visits = library.rows(
        "select v.at, v.people, v.age, v.sex, v.occupation, v.education, v.purpose, m.card, r.name"
        " from visit v left join member m on m.id = v.member left join room r on r.id = v.room"
        " order by v.at, m.card, v.people, v.sex"
    )
    answers = library.rows(
        "select s.name, a.at, a.channel, a.answers from answer a join survey s on s.id = a.survey"
        " order by a.at, a.answers"
    )
    board = library.rows("select finding, action, state, due from improvement order by finding")
    stays = library.rows(
        "select p.name, s.started, s.ended, s.odometer_until from stop_session s"
        " join stop p on p.id = s.stop order by s.started"
    )
    return [visits, answers, board, stays]


def test_the_same_seed_and_moment_give_the_same_library(library: Library, tmp_path: Path) -> None:
    build_demo(tmp_path / "again", NOW, size=SIZE)
    with Library.open(tmp_path / "again") as again:
        first, second = _story(library), _story(again)
    assert [len(part) for part in first] == [len(part) for part in second]
    assert first == second
    assert len(first[0]) > 50


def test_ops_and_rows_agree(library: Library) -> None:
    assert check(library) == []


def test_nothing_in_it_breaks_the_rules(library: Library) -> None:
    twice = library.rows(
        "select a.copy from loan a join loan b on a.copy = b.copy and a.id < b.id"
        ' where a."end" <> 3 and b."end" <> 3'
        " and a.lent_at < coalesce(b.ended_at, 9e15) and b.lent_at < coalesce(a.ended_at, 9e15)"
    )
    assert twice == [], "no copy is in two hands"
    assert library.rows("select id from loan where due < date(lent_at / 1000, 'unixepoch')") == []
    assert library.rows("select id from loan where ended_at < lent_at") == []
    future = int(NOW.timestamp() * 1000)
    for column in ("lent_at", "ended_at"):
        assert library.rows(f"select id from loan where {column} > ?", future) == []
    desk = open_desk(library)
    closed = [
        due
        for (due,) in library.rows("select distinct due from loan")
        if not desk.calendar().is_open(datetime.fromisoformat(due).date())
    ]
    assert len(closed) < len(library.rows("select distinct due from loan")) / 5, (
        "only branches with days of their own may be open when the main one is closed"
    )


def test_its_people_are_plainly_made_up_and_its_year_ends_now(library: Library) -> None:
    desk = open_desk(library)
    assert library_name(desk) == "Perpustakaan Contoh"
    for table in FIELD_RECORDS:
        library.rows(f'select count(*) from "{table}"')
    last = library.value("select max(lent_at) from loan")
    days = (NOW - datetime.fromtimestamp(last / 1000, NOW.tzinfo)).days
    assert 0 <= days <= 10


def test_everything_that_a_library_counts_happens_in_its_year(library: Library) -> None:
    for table in (
        "visit", "party", "booking", "reading", "service_use", "reference", "room", "stop",
        "complaint", "wish", "wish_vote", "improvement", "figure_entry",
    ):  # fmt: skip
        assert library.value(f"select count(*) from {table}"), table
    assert library.value("select count(*) from visit where member is null")
    assert library.value("select count(*) from visit where member is not null")
    assert library.value("select count(*) from stop_session where ended is null") == 0
    desk = open_desk(library)
    closed = library.rows(
        "select s.name from survey s join survey_version v on v.id = s.version"
        " where v.kind = 'skm' and s.closed is not null"
    )
    (running,) = [one for one in surveys(desk) if one.on]
    assert (len(closed), running.kind) == (1, SurveyKind.SKM)
    assert running.answers
    assert {line.stage for line in improvement_lines(desk)} >= {Stage.PLANNED, Stage.DONE}
    assert [one.month for one in closed_months(desk)] == ["2026-10", "2026-09", "2026-08"]


def test_its_year_is_counted_already(library: Library) -> None:
    """So that the screens of figures are full when somebody opens it."""
    assert library.value("select count(*) from stale_day") == 0
    counted = figures(open_desk(library), ["visits"], "2025-11", "2026-11").value("visits")
    assert counted == library.value("select sum(people) from visit") > 0


def test_visits_lie_within_the_opening_hours(library: Library) -> None:
    desk = open_desk(library)
    main = library.rows("select at from visit where branch = ? limit 200", desk.branch.bytes)
    moments = [datetime.fromtimestamp(at / 1000, NOW.tzinfo) for (at,) in main]
    assert moments
    assert all(is_open_now(desk, moment) for moment in moments)


def test_a_day_can_be_played_in_it(library: Library) -> None:
    desk = open_desk(library)
    assert day_at(desk)
    props = find_props(desk, library_name(desk))
    assert props is not None
    assert len({book.code for book in props.books}) == 3


def test_a_library_that_is_there_is_not_built_again(folder: Path) -> None:
    before = (folder / FILE_NAME).stat().st_mtime_ns
    assert ensure_demo(folder, lambda *_: pytest.fail("it was built again")) == folder
    assert (folder / FILE_NAME).stat().st_mtime_ns == before
