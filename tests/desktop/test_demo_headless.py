"""A whole day at the desk, played by the program itself through its real window, offscreen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder that ``demo --headless`` filled, and its ``summary.json``."""
    place = tmp_path_factory.mktemp("demo")
    home = {name: str(place / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    arguments = [
        "--data",
        str(place / "library"),
        "demo",
        "--headless",
        "--out",
        str(place / "out"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "perpusdesk", *arguments],
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads((place / "out" / "summary.json").read_text("utf-8"))
    return place / "out", summary


def test_what_was_lent_returned_and_undone_adds_up(
    played: tuple[Path, dict[str, Any]],
) -> None:
    _, summary = played
    outcomes = [scan["outcome"] for scan in summary["scans"]]
    assert summary["lent"] == outcomes.count("lent") == 3
    assert summary["returned"] == outcomes.count("returned") == 2
    assert summary["undone"] == 1
    assert outcomes[0] == "visit_opened"


def test_every_frame_picture_and_paper_that_is_named_is_there(
    played: tuple[Path, dict[str, Any]],
) -> None:
    out, summary = played
    named = [*(scan["frame"] for scan in summary["scans"]), *summary["files"]]
    assert [name for name in named if not (out / name).is_file()] == []
    for scan in summary["scans"]:
        assert "".join(filter(str.isalnum, scan["text"])) in scan["frame"]


def test_the_pictures_are_of_the_whole_window(played: tuple[Path, dict[str, Any]]) -> None:
    out, summary = played
    assert len(summary["screenshots"]) >= 8
    for name in summary["screenshots"]:
        with Image.open(out / name) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 50
