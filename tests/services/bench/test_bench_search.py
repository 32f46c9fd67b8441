"""``search`` and ``bench search`` as scripts see them."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.services.bench.bench_search import bench_search


def test_the_benchmark_tells_its_floor(tmp_path: Path) -> None:
    told = bench_search(tmp_path, 4_000, queries=5)
    assert told["bench"] == "search"
    assert (
        told["figures"]["keystroke_ms"]["count"]
        == (told["baseline"]["bare_fts5_keystroke_ms"]["count"])
    )
    assert told["figures"]["list_whole_ms"]["count"] == 5
    assert told["figures"]["index_mib"] > told["baseline"]["index_mib"] > 0
    assert told["figures"]["written_per_second"] > 0
    assert "written_per_second" not in bench_search(tmp_path, 4_000, queries=4)["figures"]
