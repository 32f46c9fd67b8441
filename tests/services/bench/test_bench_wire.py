"""What a desk's day weighs on the way: the goals of the wire, on days that real services play."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.wire.contexts import context_name, context_of, lengthened
from perpusdesk.services.bench.bench_wire import as_sent, batches, bench_wire, json_bytes, weigh
from perpusdesk.services.bench.bench_wire_day import Days, Plan

SMALL = Plan(copies=500, members=150, ops=200, days_before=2)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> list[Op]:
    return Days(tmp_path_factory.mktemp("day") / "library", SMALL).play(200)


def test_the_day_is_one_of_loans_and_returns(day: list[Op]) -> None:
    assert all(b.stamp.seq == a.stamp.seq + 1 for a, b in pairwise(day))
    assert len({op.stamp[1:3] for op in day}) == 1
    kinds = [op.kind for op in day]
    for kind in ("loan.opened", "loan.returned"):
        assert kinds.count(kind) > 0.3 * len(kinds)
    assert len(set(kinds)) > 3


def test_most_loans_that_come_back_were_lent_by_other_runs(day: list[Op]) -> None:
    lent = {op.entity for op in day if op.kind == "loan.opened"}
    back = [op.entity in lent for op in day if op.kind == "loan.returned"]
    assert sum(back) < 0.4 * len(back)


def test_an_event_takes_27_bytes_in_batches_of_100_and_55_alone(day: list[Op]) -> None:
    figures = weigh(day)["figures"]
    assert figures["bytes_per_event"]["1"] <= 55
    assert figures["bytes_per_event"]["100"] <= 27
    assert figures["bytes_per_event_self_contained"]["100"] <= 27
    signed = figures["bytes_per_event_signed"]
    assert signed["1"] == pytest.approx(figures["bytes_per_event"]["1"] + 64, abs=0.11)


def test_json_takes_more_than_twice_as_much(day: list[Op]) -> None:
    for size, ratio in weigh(day)["ratio"]["to_json_zstd"].items():
        assert ratio < 0.5, size
    assert json_bytes(day, 100) > 50


def test_what_is_counted_is_what_a_peer_can_read(day: list[Op]) -> None:
    bodies = [wire.encode(part) for part in batches(day, 1)]
    known: dict[bytes, bytes] = {}
    for body, sent in zip(bodies, as_sent(bodies), strict=True):
        whole = lengthened(sent, known.get)
        assert whole == body
        assert wire.decode(whole, day[0].stamp.device)
        known[context_name(context_of(whole))] = context_of(whole)


def test_the_same_seed_plays_the_same_day(tmp_path: Path, day: list[Op]) -> None:
    again = Days(tmp_path / "library", SMALL).play(200)
    assert again == day
    assert [wire.encode(part) for part in batches(again, 50)] == [
        wire.encode(part) for part in batches(day, 50)
    ]


def test_the_bench_tells_its_figures(tmp_path: Path) -> None:
    plan = Plan(copies=200, members=50, ops=40, days_before=0)
    _days, result = bench_wire(tmp_path / "library", plan)
    assert set(result) == {"bench", "size", "machine", "figures", "baseline", "ratio"}
    assert set(result["figures"]["bytes_per_event"]) == {"1", "10"}
    assert result["figures"]["encoded_per_second"] > 0
