"""A frozen program starts others with the system's libraries, not with its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from installers.version import ROOT

HOOK = ROOT / "installers" / "runtime_environment.py"
SHOW = "import os; print(os.environ.get('LD_LIBRARY_PATH'))"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"LD_LIBRARY_PATH": "/frozen"}, "None"),
        ({"LD_LIBRARY_PATH": "/frozen", "LD_LIBRARY_PATH_ORIG": "/mine"}, "/mine"),
        ({}, "None"),
    ],
)
def test_what_it_starts_searches_where_the_user_said(given: dict[str, str], left: str) -> None:
    own = {name: text for name, text in os.environ.items() if not name.startswith("LD_LIBRARY")}
    code = (
        f"import runpy, subprocess, sys; runpy.run_path({str(HOOK)!r});"
        f"subprocess.run([sys.executable, '-c', {SHOW!r}], check=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**own, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == left
