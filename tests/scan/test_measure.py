"""The measurement itself, and the promise: at least what zxing-cpp then pyzbar read."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn import code, on_desk

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan import zbar
from perpusdesk.scan.measure import Measurement, Sample, measure, same_text, samples_of
from perpusdesk.scan.types import Code, Symbology

ROWS = [
    ("right.png", "label", "code128", "B000457"),
    ("turned.png", "label", "code128", "B000457"),
    ("wrong.png", "label", "code128", "B000458"),
    ("empty.png", "nothing", "none", ""),
    ("ghost.png", "nothing", "none", ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    printed = code("B000457", "code128", 3)
    frames = {
        "right.png": on_desk(printed),
        "turned.png": on_desk(printed, turned=40.0),
        "wrong.png": on_desk(printed),
        "empty.png": np.full((100, 100), 120, np.uint8),
        "ghost.png": on_desk(printed),
    }
    for name, frame in frames.items():
        cv2.imwrite(str(tmp_path / name), frame)
    with (tmp_path / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("file", "folder", "symbology", "text"), *ROWS])
    return tmp_path


def test_counts_of_a_small_set(folder: Path) -> None:
    result = measure(folder)
    full, fast = result["figures"]["full"], result["figures"]["fast"]
    assert (fast["read"], full["read"], full["pictures"]) == (1, 2, 5)
    assert full["rate"] == round(2 / 3, 4)
    assert full["false"] == 2
    assert {Path(entry["file"]).name for entry in result["false_reads"]} == {
        "wrong.png",
        "ghost.png",
    }
    assert [Path(name).name for name in result["missed"]] == ["wrong.png"]
    assert result["folders"]["label"]["full"] == 2
    assert 0 < full["p50"] <= full["p95"] <= full["p99"]


def test_a_folder_without_manifest_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as raised:
        measure(tmp_path)
    assert raised.value.fault is Fault.UNREADABLE_FILE
    (tmp_path / "manifest.csv").write_text("other,columns\n1,2\n", encoding="utf-8")
    with pytest.raises(KnownError):
        samples_of(tmp_path)


@pytest.mark.parametrize(
    ("read", "written", "symbology", "same"),
    [
        ("A123B", "123", "codabar", True),
        ("a\r\nb", "a\nb", "qr", True),
        ("036602301467", "0036602301467", "upca", True),
        ("9786020324784", "9786020324784", "ean13+5", True),
        ("B1", "b1", "code128", False),
    ],
)
def test_the_same_text_written_otherwise(
    read: str, written: str, symbology: str, same: bool
) -> None:
    sample = Sample(Path("x.png"), "", symbology, written)
    assert same_text(Code(read, Symbology.QR), sample) is same


def _check(result: Measurement) -> None:
    ours, theirs = result["figures"]["thorough"], result["baseline"]
    assert ours["read"] >= theirs["read"]
    assert ours["false"] <= theirs["false"]
    assert result["figures"]["full"]["read"] >= theirs["read"] or not zbar.available()
    no_code = [group for group in result["folders"] if group.startswith("falsepositives")]
    assert not [e for e in result["false_reads"] for name in no_code if name in e["file"]]


def test_we_read_at_least_what_zxing_then_pyzbar_read(shared_data: Path) -> None:
    _check(measure(shared_data / "scan", every=6))


@pytest.mark.slow
def test_we_read_at_least_what_zxing_then_pyzbar_read_of_all(shared_data: Path) -> None:
    result = measure(shared_data / "scan")
    _check(result)
    for group, counts in result["folders"].items():
        assert counts["thorough"] >= counts["baseline"], group
