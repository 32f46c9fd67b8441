"""The frozen program itself, built anew and tried out: minutes, so only when asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from installers import freezing
from installers.linux import freeze

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux"),
]
LARGEST = 500_000_000
"""With the wheels' OpenCV and numpy; what is shipped is less (docs/developers/packaging.md)."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUSDESK_OUT", str(tmp_path_factory.mktemp("out")))
        return freeze.make()[0]


def test_it_tries_itself_out_and_everything_works(tree: Path, tmp_path: Path) -> None:
    report = tmp_path / "self-test.json"
    told = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([tree / "perpusdesk", "--self-test", report], env=told, check=True)
    found = json.loads(report.read_text("utf-8"))
    assert found["passed"], found
    assert found["frozen"]


def test_it_is_not_larger_than_what_its_parts_explain(tree: Path) -> None:
    assert 100_000_000 < freezing.size(tree) < LARGEST
