"""The manual's pictures are made by the program itself, all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from installers.manual import pictures
from installers.manual.__main__ import main
from installers.version import ROOT


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_pictures_of_the_pages_are_made_anew(tmp_path: Path) -> None:
    out = tmp_path / "gambar"
    made = subprocess.run(
        [sys.executable, "-m", "installers.manual", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert made.returncode == 0, made.stderr
    assert {file.name for file in out.iterdir()} == set(pictures.shown_in_pages())
    for file in out.iterdir():
        with Image.open(file) as picture:
            assert picture.width <= 1366 and picture.height <= 768
            assert len(picture.getcolors(256) or ()) > 8, f"{file.name} is blank"


def test_what_is_amiss_with_pictures_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gambar").mkdir()
    (tmp_path / "gambar" / "lama.png").write_bytes(b"")
    (tmp_path / "meja.md").write_text("![Meja](gambar/baru.png)", "utf-8")
    monkeypatch.setattr(pictures, "PAGES", tmp_path)
    monkeypatch.setattr(pictures, "PICTURES", tmp_path / "gambar")
    assert main(["--check"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "baru.png: shown in meja.md, not made",
        "lama.png: made, shown in no page",
    ]
