"""What is installed is the whole program, resources included, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from repository import ROOT, files, name


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {one for one in archive.namelist() if ".dist-info/" not in one}


def test_every_module_and_resource_is_in_it(contents: set[str]) -> None:
    homes = {
        "src/": "",
        "sync/": "",
        "resources/": "perpusdesk/_resources/",
        "docs/pengguna/": "perpusdesk/_resources/manual/",
    }
    expected = {
        inside + name(path).removeprefix(folder)
        for path in files()
        for folder, inside in homes.items()
        if name(path).startswith(folder) and not path.name.startswith(".")
    }
    assert expected - contents == set()


def test_nothing_else_is_in_it(contents: set[str]) -> None:
    assert {Path(one).parts[0] for one in contents} == {"perpusdesk", "perpusdesk_server"}
