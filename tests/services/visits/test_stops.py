"""A van at its stops: what it does there is the stop's; the likely stop; what is refused."""

from __future__ import annotations

import pytest

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.visiting import Count
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.guest_book import count_visitor
from perpusdesk.services.visits.stops import (
    StopForm,
    begin_stop,
    end_stop,
    retire_stop,
    save_stop,
    stays,
    stops,
    van_now,
)
from perpusdesk.storage.queries.stops import StayFigures


@pytest.fixture
def van(small: SmallLibrary) -> Desk:
    """The head's desk in the van, which has two stops."""
    desk = small.desk("head", "van")
    for name in ("SDN Contoh 2", "Balai Desa Contoh"):
        value_of(save_stop(desk, StopForm(name, "Jalan Contoh", "school")))
    return desk


def test_a_building_has_no_stops(small: SmallLibrary) -> None:
    assert van_now(small.desk("head")) is None


def test_what_is_done_while_it_stands_there_is_the_stop_s(van: Desk, small: SmallLibrary) -> None:
    value_of(count_visitor(van, Count(5)))
    small.time.passes(minutes=5)
    begun = value_of(begin_stop(van, stops(van)[0].id, 12_000))
    small.time.passes(minutes=5)
    value_of(count_visitor(van, Count(30)))
    value_of(count_visitor(small.desk("head"), Count(99)))
    value_of(read_on_site(van, small.copies["B0005"]))
    value_of(lend(van, small.members["A0001"], small.copies["B0001"]))
    now = van_now(van)
    assert now is not None and now.stay is not None
    assert (now.stay.id, now.figures) == (begun.id, StayFigures(30, 1, 0, 1))
    small.time.passes(minutes=50)
    ended = value_of(end_stop(van, 12_031, "hujan"))
    assert (ended.odometer_until, ended.note, ended.ended) == (12_031, "hujan", van.now())
    small.time.passes(minutes=5)
    value_of(count_visitor(van, Count(7)))
    ((row, figures),) = stays(van, van.today(), van.today())
    assert (row.stop_name, figures) == ("SDN Contoh 2", StayFigures(30, 1, 0, 1))


def test_two_stays_at_once_and_odometers_backwards_are_refused(
    van: Desk, small: SmallLibrary
) -> None:
    first, second = (stop.id for stop in stops(van))
    refusal_of(end_stop(van), Reason.STOP_NOT_BEGUN)
    begun = begin_stop(van, first, 500)
    assert refusal_of(begin_stop(van, second), Reason.STOP_BEGUN).facts["stop"] == "SDN Contoh 2"
    refusal_of(end_stop(van, 499), Reason.ODOMETER_BACKWARDS)
    value_of(undo(van, action_of(begun)))
    value_of(begin_stop(van, second, 400))
    value_of(end_stop(van, 410))
    refusal_of(begin_stop(van, first, 409), Reason.ODOMETER_BACKWARDS)
    value_of(retire_stop(van, first))
    refusal_of(begin_stop(van, first), Reason.STOP_UNKNOWN)
    refusal_of(save_stop(small.desk("volunteer", "van"), StopForm("X")), Reason.RIGHT_MISSING)
    refusal_of(save_stop(van, StopForm(" ")), Reason.NAME_MISSING)


def test_a_forgotten_stay_ended_with_its_last_work(van: Desk, small: SmallLibrary) -> None:
    value_of(begin_stop(van, stops(van)[0].id))
    small.time.passes(minutes=40)
    last = value_of(count_visitor(van)).at
    small.time.passes(days=1)
    assert value_of(end_stop(van)).ended == last


def test_the_clock_proposes_the_stop_of_this_weekday(van: Desk, small: SmallLibrary) -> None:
    first, second = (stop.id for stop in stops(van))
    for stop in (second, first):
        value_of(begin_stop(van, stop))
        small.time.passes(hours=3)
        value_of(end_stop(van))
    small.time.passes(days=6, hours=17, minutes=30)
    now = van_now(van)
    assert now is not None and now.likely == second
    small.time.passes(hours=3)
    now = van_now(van)
    assert now is not None and now.likely == first
    small.time.passes(days=1)
    now = van_now(van)
    assert now is not None and now.likely is None
