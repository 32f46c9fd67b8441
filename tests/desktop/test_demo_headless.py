"""A whole desk day without a screen: what ``demo --headless`` leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from perpusdesk.exchange.demo_plan import DemoSize
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.demo.demo import build_demo
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library

PAPERS = {
    "slip-58.pdf",
    "slip-80.pdf",
    "slip-escpos.bin",
    "slip-dot-matrix.txt",
    "slip-whatsapp.txt",
    "card.pdf",
    "labels.pdf",
    "report.pdf",
    "pack-monthly.pdf",
    "survey-sheet.pdf",
}


@pytest.mark.parametrize(
    "factor", [0.05, pytest.param(None, marks=pytest.mark.slow)], ids=["a twentieth", "whole"]
)
def test_a_day_is_played_through_the_real_window_and_leaves_pictures_and_paper(
    tmp_path: Path, factor: float | None
) -> None:
    """One test, because playing takes a while; the program itself builds the whole library."""
    if factor is not None:
        now = datetime.now(timezone(timedelta(minutes=420)))
        build_demo(tmp_path / "demo", now, size=DemoSize().scaled(factor))
    printed = _play(tmp_path)
    out = tmp_path / "out"
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert printed == summary
    _look_at_summary(out, summary)
    _look_at_pictures(out, summary["screenshots"])
    _look_at_paper(out, summary["files"])
    _look_at_library(tmp_path / "demo", summary["scans"])


def _play(home: Path) -> Any:
    """Play the day; return what was printed."""
    words = ["demo", "--headless", "--data", str(home / "demo"), "--out", str(home / "out")]
    done = subprocess.run(
        [sys.executable, "-m", "perpusdesk", *words, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _look_at_summary(out: Path, summary: dict[str, Any]) -> None:
    assert set(summary) >= {
        "frames", "scans", "lent", "returned", "undone", "counted", "files", "screenshots",
    }  # fmt: skip
    assert (summary["lent"], summary["returned"], summary["undone"]) == (3, 2, 1)
    assert summary["counted"] == 1, "a visitor in the guest book"
    assert summary["frames"] > 50, "the camera was shown frames all the time"
    outcomes = [scan["outcome"] for scan in summary["scans"]]
    assert (outcomes.count("lent"), outcomes.count("returned")) == (3, 2)
    assert outcomes[:3] == ["visit_opened", "lent", "lent"]
    assert outcomes[-2:] == ["refused", "unknown"]
    for scan in summary["scans"]:
        assert (out / scan["frame"]).is_file()
        assert "".join(filter(str.isalnum, scan["text"])) in scan["frame"]


def _look_at_pictures(out: Path, names: list[str]) -> None:
    assert len(names) >= 12
    seen = set()
    for name in names:
        image = QImage(str(out / name))
        assert (image.width(), image.height()) == (1366, 768), name
        colours = {image.pixel(x, y) for x in range(0, 1366, 3) for y in range(0, 768, 3)}
        assert len(colours) > 20, f"{name} is blank"
        seen.add(image.constBits().tobytes())
    assert len(seen) == len(names), "no two pictures are alike"


def _look_at_paper(out: Path, names: list[str]) -> None:
    assert set(names) == PAPERS
    for name in names:
        content = (out / name).read_bytes()
        assert content.startswith(b"%PDF-") == name.endswith(".pdf")
        assert len(content) > 100


def _look_at_library(folder: Path, scans: list[dict[str, Any]]) -> None:
    with Library.open(folder) as library:
        assert check(library) == []
        assert conflict_count(library) == 0, "one device alone does not contradict itself"
        book = next(scan["text"] for scan in scans if scan["outcome"] == "lent")
        ends = library.rows(
            'select l."end" from loan l join copy c on c.id = l.copy where c.barcode = ?'
            " order by l.lent_at desc limit 1",
            book,
        )
        assert ends == [(1,)], "the first book was brought back"
