"""The benchmark of stickers at tiny size: it prints what it says, beside bare reportlab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perpusdesk.services.bench.bench_labels import bench_labels


def test_stickers_are_measured_beside_bare_reportlab(tmp_path: Path) -> None:
    result = bench_labels(tmp_path, 50, "tom-jerry-121")
    assert json.loads(json.dumps(result)) == result
    assert (result["bench"], result["size"], result["design"]) == ("labels", 50, "all")
    figures = result["figures"]
    assert (figures["pages"], figures["codes"]) == (5, 100)
    assert figures["stickers_per_second"] > 0
    assert set(result["baseline"]) == {"bare_reportlab_seconds"}
    assert set(result["ratio"]) == {"seconds"}


def test_an_unknown_sheet_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        bench_labels(tmp_path, 1, "unheard")
