"""``build wheels``: every locked package is to be had for Windows, as a wheel that fits its hash.

``pip download --platform`` weighs the conditions of packages for the computer it runs on, and so
leaves out what only Windows needs; ``uv`` (fetched as ``tools.lock`` pins it) weighs them for
Windows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from installers.version import ROOT, out

LOCK: Final = ROOT / "requirements.lock"
TOOLS: Final = Path(__file__).resolve().parent / "tools.lock"
PLATFORM: Final = "x86_64-pc-windows-msvc"
ONLY_WINDOWS: Final = ("pefile", "win32ctypes", "colorama")
"""Packages that only Windows needs: where they come, conditions were weighed for Windows."""
FOREIGN: Final = ".so"


class WrongWheelsError(Exception):
    """What came is not for Windows; the text says what it is."""


def install(folder: Path, python: str) -> None:
    """Put the locked packages for Windows and this ``python`` ("3.11") into ``folder``.

    Raises ``subprocess.CalledProcessError`` when one is not to be had or does not fit its hash.
    """
    asked = ["--python-platform", PLATFORM, "--python-version", python, "--only-binary", ":all:"]
    proof = ["--require-hashes", "--requirement", str(LOCK), "--target", str(folder)]
    subprocess.run([uv(), "pip", "install", "--quiet", *asked, *proof], check=True)


def uv() -> Path:
    """Return the program ``uv``, fetched where it is not there and proven by hash."""
    folder = out() / "tools"
    found = folder / "bin" / ("uv.exe" if sys.platform == "win32" else "uv")
    if not found.is_file():
        proof = ["--require-hashes", "--requirement", str(TOOLS), "--target", str(folder)]
        quiet = ["--quiet", "--disable-pip-version-check"]
        subprocess.run([sys.executable, "-m", "pip", "install", *quiet, *proof], check=True)
    return found


def examine(folder: Path) -> int:
    """Return how many native modules for Windows are there; or raise ``WrongWheelsError``."""
    names = [path.name for path in folder.rglob("*") if path.is_file()]
    if foreign := [name for name in names if name.endswith(FOREIGN)]:
        raise WrongWheelsError(f"these are for another system: {', '.join(foreign[:5])}")
    top = {path.stem.lower() for path in folder.iterdir()}
    if missing := [name for name in ONLY_WINDOWS if name not in top]:
        raise WrongWheelsError(f"these are missing: {', '.join(missing)}")
    return sum(name.endswith(".pyd") for name in names)


def make() -> list[str]:
    """Fetch all wheels into a folder for the moment and say what came."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder), python)
        found = examine(Path(folder))
    return [f"all wheels for Windows and Python {python} resolve: {found} native modules"]
