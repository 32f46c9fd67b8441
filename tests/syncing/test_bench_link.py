"""The arithmetic of bad lines, and a branch's evening over one by the real engine."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from perpusdesk.services.bench.bench_wire_day import Days, Plan
from perpusdesk.storage.library import Library
from perpusdesk.syncing.bench_branch_day import Branch, branch_day, branch_days
from perpusdesk.syncing.bench_link import HEADS, OPENING, Frame, Line

SURE = Line(bytes_per_s=1_000, latency_s=0.5, cut=0.0)


def test_a_line_that_is_never_cut_takes_its_latency_and_its_bytes() -> None:
    opened = 2 * 1.0 + sum(OPENING) / 1_000
    one = 1.0 + (300 + 700 + sum(HEADS)) / 1_000
    taken = SURE.seconds([Frame(300, 700)] * 3, random.Random(1))
    assert taken == pytest.approx(opened + 3 * one)


def test_a_cut_costs_a_new_connection_and_the_message_again() -> None:
    frames, never = [Frame(1_000, 1_000)] * 20, SURE.seconds([Frame(1_000, 1_000)] * 20, _chance())
    often = Line(bytes_per_s=1_000, latency_s=0.5, cut=0.3)
    times = [often.seconds(frames, random.Random(seed)) for seed in range(30)]
    assert min(times) > never
    assert len(set(times)) == 30
    assert often.seconds(frames, random.Random(7)) == times[7]


def test_an_evening_is_the_same_for_the_same_seed() -> None:
    frames = [Frame(100, 100)] * 6
    assert branch_day(frames, Line()) == branch_day(frames, Line())
    assert branch_day(frames, Line())["p50"] <= branch_day(frames, Line())["p95"]


def test_a_branch_day_of_600_ops_takes_at_most_15_seconds(tmp_path: Path) -> None:
    days = Days(tmp_path / "desk", Plan(copies=700, members=220, ops=60, days_before=1))
    branch = Branch(tmp_path / "desk", tmp_path / "server")
    branch.exchange()
    ops = days.play(600)
    frames = branch.exchange()
    with Library.open(tmp_path / "desk") as one, Library.open(tmp_path / "server") as other:
        assert one.digest() == other.digest()
    found = branch_days(frames, len(ops))
    assert found["ops"] >= 600
    assert len(ops) * 5 < found["bytes_up"] < len(ops) * 27
    assert found["seconds"]["p95"] <= 15
    assert found["seconds_at_600_ms_each_way"]["p50"] <= 15


def _chance() -> random.Random:
    return random.Random(1)
