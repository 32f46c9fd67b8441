"""``build setup``: the installer for Windows, made by ``makensis`` from a frozen tree.

It is made on Linux too: releases freeze on Windows and pack with the same NSIS as the rehearsal.
``PERPUSDESK_SIGN`` may name a command that signs one file, which is put behind its last word:
the programs, the uninstaller and the installer go through it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers import freezing
from installers.icon import ICO
from installers.version import package, version
from installers.windows import freeze
from installers.windows.art import side_picture
from installers.windows.resource import four_numbers

SCRIPT: Final = Path(__file__).resolve().parent / "perpusdesk.nsi"
TEXTS: Final = SCRIPT.parent / "texts"
SIGN: Final = "PERPUSDESK_SIGN"
TARGET: Final = "PERPUSDESK_NSIS_TARGET"
ON_WINDOWS: Final = "x86-unicode"
"""What the NSIS for Windows can make; it runs on 64-bit Windows too."""
ELSEWHERE: Final = "amd64-unicode"
"""Runs without the 32-bit parts of Windows, so under Wine alone."""
ENDING: Final = "windows-x86_64-setup.exe"
ROOM_MB: Final = 50
"""What stays free besides the program."""


@dataclass(frozen=True, slots=True)
class Setup:
    """An installer to make: of the frozen tree ``payload``, into ``file``."""

    payload: Path
    file: Path
    version: str
    branding: str = ""
    quick: bool = False
    """Whether it is packed in less time and more room: for the rehearsal's former version."""


def make() -> list[Path]:
    """Make the installer of this version."""
    tree = freeze.tree()
    for program in (f"{freeze.PROGRAM}.exe", f"{freeze.PROGRAM}.com"):
        sign(tree / program)
    return [made(Setup(tree, package(ENDING), version(), f"PerpusDesk {version()}"))]


def made(setup: Setup) -> Path:
    """Run ``makensis`` and return the installer. Raises ``BuildError`` with what it said."""
    makensis = shutil.which("makensis")
    if makensis is None:
        raise freezing.BuildError("makensis is not on this computer: install NSIS")
    with tempfile.TemporaryDirectory() as folder:
        defined = definitions(setup, side_picture(Path(folder)))
        command = [makensis, "-V2", "-INPUTCHARSET", "UTF8", "-WX"]
        command += [f"-D{name}={value}" for name, value in defined.items()]
        done = subprocess.run(
            [*command, SCRIPT], capture_output=True, text=True, cwd=SCRIPT.parent, check=False
        )
    if done.returncode != 0:
        raise freezing.BuildError(f"makensis failed:\n{(done.stdout + done.stderr)[-3000:]}")
    sign(setup.file)
    return setup.file


def definitions(setup: Setup, side: Path) -> dict[str, str]:
    """Return what the script is told; ``side`` is the picture beside its first and last page."""
    told = {
        "VERSION": setup.version,
        "NUMBERS": ".".join(map(str, four_numbers(setup.version))),
        "PAYLOAD": str(setup.payload.resolve() / "*.*"),
        "PAYLOAD_MB": str(freezing.size(setup.payload) // 1_000_000 + ROOM_MB),
        "OUT": str(setup.file.resolve()),
        "ICON": str(ICO),
        "SIDE": str(side),
        "TEXTS_ID": str(TEXTS / "id.nsh"),
        "TEXTS_EN": str(TEXTS / "en.nsh"),
        "BRANDING": setup.branding or f"PerpusDesk {setup.version}",
        "NSIS_TARGET": os.environ.get(TARGET) or (ON_WINDOWS if os.name == "nt" else ELSEWHERE),
    }
    if setup.quick:
        told["QUICK"] = "1"
    if command := os.environ.get(SIGN):
        told["SIGN"] = command
    return told


def sign(file: Path) -> bool:
    """Let the signing command sign ``file``; return whether there is such a command."""
    command = os.environ.get(SIGN)
    if not command:
        return False
    line = f'{command} "{file}"' if os.name == "nt" else [*shlex.split(command), str(file)]
    subprocess.run(line, check=True)
    return True
