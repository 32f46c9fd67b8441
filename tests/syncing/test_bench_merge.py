"""The measurement of the fold measures what it says: each op folded, each bare row written."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.domain.merge.kinds import understood
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from perpusdesk.syncing.bench_merge import bench_merge
from perpusdesk.syncing.bench_merge_day import city_day, in_turn
from perpusdesk.syncing.bench_merge_places import OnPostgres, OnSqlite


def test_a_citys_day_is_understood_and_dense(tmp_path: Path) -> None:
    days = city_day(3, 60)
    assert days == city_day(3, 60)
    ops = in_turn(days)
    assert all(map(understood, ops))
    assert {op.entity_type for op in ops} >= {"loan", "hold", "visit", "member", "copy"}
    with Library.create(tmp_path / "library") as library:
        assert library.ingest(ops).new == 180
        assert sum(library.have().values()) == 180
        assert check(library) == []


def test_both_engines_are_measured(tmp_path: Path, postgres_dsn: str) -> None:
    postgres = OnPostgres(postgres_dsn)
    result = bench_merge(300, [OnSqlite(tmp_path), postgres], {"other": "absent"})
    postgres.clear()
    assert result["size"] == 300
    assert result["figures"]["other"] == "not measured: absent"
    for name in ("sqlite", "postgresql"):
        found = result["figures"][name]
        assert found["bare_rows"] > 300
        assert found["ratio"] > 0
        assert found["city_day"]["ops"] == 300
        assert found["city_day"]["exchanges"] == 50
