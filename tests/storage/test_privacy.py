"""Erasures and cuts: the same rows on every device whenever words go, and then they are gone."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.op_samples import MEMBER, op, retellings
from helpers.private_ops import PEOPLE, private_ops
from helpers.shelf import Shelf
from helpers.watch_rows import meaning
from perpusdesk.domain.merge import facts, loans
from perpusdesk.domain.merge.ops import Op
from perpusdesk.storage import op_log
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library

slow_setup = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def _finish(library: Library) -> None:
    for _ in range(100):
        if not library.cut_step():
            return
    raise AssertionError("a cut comes to no end")


def _raw(library: Library) -> dict[Any, Op]:
    return {op.stamp[1:]: op for op in library.all_ops()}


@slow_setup
@given(data=st.data())
def test_whenever_words_go_devices_with_the_same_ops_are_alike(
    shelf: Shelf, data: st.DataObject
) -> None:
    ops = data.draw(private_ops())
    with shelf.take() as one, shelf.take() as two:
        one.ingest(ops)
        assert check(one) == []
        _finish(one)
        for batch in data.draw(retellings(ops)):
            two.ingest(batch)
            for _ in range(data.draw(st.integers(0, 8))):
                two.cut_step()
                assert check(two) == []
        _finish(two)
        assert check(one) == check(two) == []
        assert two.digest() == one.digest()
        assert meaning(two) == meaning(one)


@slow_setup
@given(data=st.data())
def test_what_may_go_for_good_is_gone_from_the_log_and_nothing_else_is(
    shelf: Shelf, data: st.DataObject
) -> None:
    ops = data.draw(private_ops())
    with shelf.take() as library:
        for batch in data.draw(retellings(ops)):
            library.ingest(batch)
        _finish(library)
        told, streams = _raw(library), library._streams
        for some in op_log.raw_of_entities(
            library.database, streams, {op.entity.bytes for op in ops}
        ).values():
            for entity_type in {op.entity_type for op in some}:
                mine = [op for op in some if op.entity_type == entity_type]
                assert streams.privacy.final.blank(mine) == mine
        for op in ops:
            there = told[op.stamp[1:]]
            assert there.stamp == op.stamp and there.at == op.at and there.kind == op.kind
            assert there.payload.keys() == op.payload.keys()
        carried = {op.payload.get("member") for op in ops if op.kind == "erasure.carried_out"}
        assert streams.privacy.carried == carried - {None} <= set(PEOPLE)


def test_a_loan_told_twice_is_cut_also_where_its_row_names_nobody(shelf: Shelf) -> None:
    """The row shows the first opening; the other one names a member."""
    ops = [
        op(loans.OPENED, which=1, clock=1, seq=1, at=0),
        op(loans.OPENED, which=1, clock=2, seq=2, at=0, member=MEMBER),
        op(loans.RETURNED, which=1, clock=3, seq=3, at=5),
        op(facts.HISTORY_CUT, "history_cut", 2, clock=4, seq=4, at=9, before=7),
    ]
    with shelf.take() as library:
        library.ingest(ops)
        _finish(library)
        assert all(one.payload.get("member") is None for one in library.all_ops())
