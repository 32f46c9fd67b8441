"""The version that every package carries, and how its files are called."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
NAME: Final = "PerpusDesk"


def version() -> str:
    """Return the project's version: ``pyproject.toml`` alone says it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def out() -> Path:
    """Return where everything is made (``PERPUSDESK_OUT`` names another place than ``out``)."""
    return Path(os.environ.get("PERPUSDESK_OUT") or ROOT / "out").resolve()


def built(system: str) -> Path:
    """Return the folder of frozen trees for ``linux``, ``windows`` or ``server``."""
    return out() / "build" / system


def packages() -> Path:
    """Return the folder of what people download; made where it is not there."""
    folder = out() / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def package(ending: str, *, name: str = NAME) -> Path:
    """Return the file of a package: ``ending`` is such as ``linux-x86_64.run``."""
    return packages() / f"{name}-{version()}-{ending}"


def moment() -> int:
    """Return the Unix time that files inside packages carry: the commit's, so builds can agree.

    ``SOURCE_DATE_EPOCH`` wins (reproducible-builds.org); without version control it is when this
    process first asked.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    return _of_commit()


@cache
def _of_commit() -> int:
    asked = ["git", "log", "-1", "--format=%ct"]
    try:
        told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return int(time.time())
    return int(told.stdout)


if __name__ == "__main__":
    sys.stdout.write(f"{version()}\n")
