"""The benchmark of conflicts at tiny size: it finds and settles what two devices contradicted."""

from __future__ import annotations

import json
from pathlib import Path

from perpusdesk.services.bench.bench_conflicts import bench_conflicts


def test_conflicts_are_found_and_settled_beside_reading_the_open_loans(tmp_path: Path) -> None:
    result = bench_conflicts(tmp_path, 1_000)
    assert json.loads(json.dumps(result)) == result
    assert (result["bench"], result["size"]) == ("conflicts", 1_000)
    figures = result["figures"]
    assert figures["conflicts"] >= 12  # four copies lent, edited and numbered twice
    assert figures["settled"] >= figures["conflicts"]
    assert set(result["baseline"]) == {"open_loans_ms"}
    assert set(result["ratio"]) == {"first_look"}
