"""Laws of the stock-take: SQL judges as the rules do, and no order of arrival matters."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, build, value_of
from perpusdesk.domain.items import Condition
from perpusdesk.domain.merge import loans, transfers
from perpusdesk.domain.shelf_order import ShelfRange
from perpusdesk.domain.stock_take import Outcome, Scope, StockCount
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.stock.stock_counts import CountForm, look, start_count
from perpusdesk.services.stock.stock_end import end_count, restore_found
from perpusdesk.services.stock.stock_file import count_codes
from perpusdesk.services.stock.stock_scan import count_code, take_scan_back
from perpusdesk.storage.queries import stock_counts, stock_lists

BARCODES = tuple(f"B{number:04}" for number in range(1, 21))
PLACES = ("", "Rak A", "Rak B")
ENDS = ("", "500", "624.2", "899", "R 551")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory):
    """A small library that the examples of this module change over and over."""
    made = build(tmp_path_factory.mktemp("laws") / "library")
    yield made
    made.library.close()


@st.composite
def states(draw, small: SmallLibrary):
    """Any state of a copy: where it belongs, what it is like, whether it is out."""
    branch = draw(st.sampled_from(("pusat", "pusat", "pusat", "van")))
    return {
        "branch": small.branches[branch],
        "kind": draw(st.sampled_from([None, *small.kinds.values()])),
        "location": draw(st.sampled_from([None, *PLACES])),
        "call_number": draw(st.sampled_from([None, "", "100 A", "899.221 3 AMI", "R 551.5 B"])),
        "condition": draw(st.sampled_from(list(Condition))),
        "on_loan": draw(st.booleans()),
        "travels": draw(st.booleans()),
    }


@st.composite
def scopes(draw, small: SmallLibrary) -> Scope:
    first, last = draw(st.sampled_from(ENDS)), draw(st.sampled_from(ENDS))
    kinds = draw(st.frozensets(st.sampled_from(sorted(small.kinds.values())), max_size=2))
    places = draw(st.frozensets(st.sampled_from(PLACES[1:]), max_size=2))
    return Scope(small.branches["pusat"], ShelfRange(first, last), kinds, places)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_sets_are_judged_as_each_scan_is(shared: SmallLibrary, data):
    """What a desk answered to each scan is what the lists say of it."""
    desk, library = shared.desk(), shared.library
    scope = data.draw(scopes(shared))
    count = _begin(desk, scope)
    action, ends = desk.action("set_up"), desk.action("set_up")
    for barcode in BARCODES:
        state = data.draw(states(shared))
        copy = shared.copies[barcode]
        if state.pop("on_loan"):
            loan = library.new_id()
            action.event(loans.OPENED, "loan", loan, fresh=True, copy=copy, due="2026-12-01")
            ends.event(loans.RETURNED, "loan", loan)
        if state.pop("travels"):
            way = library.new_id()
            to = shared.branches["van"]
            action.event(transfers.SENT, "transfer", way, fresh=True, copy=copy, to=to)
            ends.event(transfers.RECEIVED, "transfer", way)
        action.set("copy", copy, state)
    library.write(action)
    said = {}
    for code in (*BARCODES, "Z1"):
        counted = value_of(count_code(desk, count.id, code))
        said[counted.scan] = counted.outcome
    assert dict(stock_lists.scan_ids(library, count)) == said
    _put_right(shared, ends)
    was = {Outcome.LOST, Outcome.ON_LOAN, Outcome.ON_ITS_WAY}
    assert all(
        outcome is said[scan]
        for scan, outcome in stock_lists.scan_ids(library, count)
        if said[scan] in was
    )


def _begin(desk: Desk, scope: Scope) -> StockCount:
    """Begin a count past the services, which would refuse one without anything to find."""
    action, id_ = desk.action("set_up"), desk.library.new_id()
    fields = {
        "name": "Uji",
        "branch": scope.branch,
        "scope": stock_counts.encoded_scope(scope),
        "started": desk.now(),
    }
    action.set("stock_count", id_, fields, fresh=True)
    desk.commit(action)
    found = stock_counts.stock_count(desk.library, id_)
    assert found is not None and found.scope == scope
    return found


def _put_right(small: SmallLibrary, ends) -> None:
    """Let time pass, take everything back and make every copy as it was."""
    small.time.passes(minutes=1)
    for barcode in BARCODES:
        fields = {"branch": small.branches["pusat"], "condition": Condition.GOOD}
        ends.set("copy", small.copies[barcode], fields)
    small.library.write(ends)


# -- several devices ----------------------------------------------------------------------------

DOINGS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from((*BARCODES[:8], "Z1", "Z2")), st.integers(0, 5)),
    max_size=14,
)
"""Which device does something with which code: mostly count it."""


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS, dice=st.randoms(use_true_random=False))
def test_three_devices_count_one_shelf_offline(tmp_path_factory, doings, dice):
    """Whoever counted what, and in whichever order it arrives, all show the same lists."""
    folder = tmp_path_factory.mktemp("devices")
    small = build(folder / "one")
    count = value_of(start_count(small.desk(), CountForm())).count
    desks = [small.desk()]
    desks += [another_device(small, folder / name, name) for name in ("two", "three")]
    for who, code, what in doings:
        small.time.passes(seconds=dice.randint(0, 2))
        _do(small, desks[who], count.id, code, what)
    ops = [op for desk in desks for op in desk.library.all_ops()]
    shuffled = another_order(desks, ops, dice)
    told = [_told(desk, count.id) for desk in desks]
    assert told[0] == told[1] == told[2] == _told(shuffled, count.id)
    assert len({desk.library.digest() for desk in (*desks, shuffled)}) == 1
    for desk in (*desks, shuffled):
        desk.library.close()


def another_order(desks: list[Desk], ops: list, dice: random.Random) -> Desk:
    """Exchange by halves and again; return a fourth device that heard all in a wild order."""
    first, second, third = desks
    exchange(first, second)
    exchange(third, first)
    exchange(*desks)
    dice.shuffle(ops)
    folder = first.library.folder.parent / "four"
    heard = type(first.library).create(folder, library=first.library.id)
    for start in range(0, len(ops), 7):
        heard.ingest(ops[start : start + 7])
    return Desk(heard, first.branch, first.staff)


def _do(small: SmallLibrary, desk: Desk, count: UUID, code: str, what: int) -> None:
    copy = small.copies.get(code)
    if what == 0 and copy:
        lend(desk, small.members["A0001"], copy)
    elif what == 1 and copy:
        take_back(desk, copy)
    elif what == 2:
        done = count_code(desk, count, code)
        if isinstance(done, Done) and done.value.scan:
            take_scan_back(desk, done.value.scan)
    else:
        count_code(desk, count, code, restore=what == 3)


def _told(desk: Desk, count: UUID):
    state = look(desk, count)
    assert state is not None
    return (
        state.figures,
        stock_lists.scan_ids(desk.library, state.count),
        stock_lists.missing_ids(desk.library, state.count),
        stock_lists.by_class(desk.library, state.count),
    )


def test_what_another_device_counted_before_the_end_turns_up_after_it(tmp_path: Path):
    """One device ends the count; what the other had found is no more missing when it is heard."""
    small = build(tmp_path / "one")
    count = value_of(start_count(small.desk(), CountForm())).count
    one, two = small.desk(), another_device(small, tmp_path / "two", "Laptop 2")
    value_of(count_codes(one, count.id, BARCODES[:10]))
    value_of(count_codes(two, count.id, BARCODES[8:15]))
    assert value_of(end_count(one, count.id)).marked == 10
    exchange(one, two)
    for desk in (one, two):
        state = look(desk, count.id)
        assert state is not None
        assert (state.figures.found, state.figures.lost, state.figures.missing) == (10, 5, 5)
        assert len(stock_lists.still_gone(desk.library, state.count)) == 5
        assert [one.scans for one in state.counters] == [10, 7]
    assert value_of(restore_found(two, count.id)) == 5
    exchange(one, two)
    state = look(one, count.id)
    assert state is not None and state.figures.found == 15 and state.figures.missing == 5
    one.library.close()
    two.library.close()
