"""Freezing a program with PyInstaller, and looking at what came out.

A build does the same twice: the order of sets is fixed, and files carry the commit's time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from installers.version import ROOT, built, moment

FOREIGN: Final = (
    "icuuc.dll",
    "mscms.dll",
    "ucrtbase.dll",
    "pytest",
    "hypothesis",
    "qt6qml",
    "qt6quick",
    "/tests/",
    "/qml/",
)
"""Parts of places (small letters) that must be in no frozen program."""

RESOURCES: Final = "perpusdesk/_resources"
WANTED: Final = (
    f"{RESOURCES}/locale/id/LC_MESSAGES/perpusdesk.mo",
    f"{RESOURCES}/demo/titles.mrc.xz",
    f"{RESOURCES}/publisher.keys",
    f"{RESOURCES}/manual/README.md",
    "perpusdesk/phone/pages/form.html",
    "perpusdesk/storage/migrations/0001_initial.py",
)
"""Files of the program itself that must be in every frozen desktop."""


class BuildError(Exception):
    """Something that a package must have, or must not have; the text names it."""


def freeze(
    spec: Path,
    system: str,
    *,
    python: Sequence[str] = (sys.executable,),
    first: Sequence[Path] = (),
) -> Path:
    """Freeze ``spec`` and return the folder that holds the trees (``out/build/SYSTEM``).

    ``python`` is the Python that runs PyInstaller; packages are looked for in the folders
    ``first`` before its own. Raises ``BuildError`` when it fails; its log
    is ``freeze.log`` in the folder.
    """
    folder = built(system)
    folder.mkdir(parents=True, exist_ok=True)
    command = [*python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN"]
    places = [f"--distpath={folder}", f"--workpath={folder / 'work'}"]
    log = folder / "freeze.log"
    with log.open("wb") as out:
        done = subprocess.run(
            [*command, *places, str(spec)],
            cwd=ROOT,
            env=environment(first),
            stdout=out,
            stderr=out,
            check=False,
        )
    if done.returncode != 0:
        raise BuildError(f"PyInstaller failed; its last words:\n{log.read_text('utf-8')[-2000:]}")
    return folder


def environment(first: Sequence[Path] = ()) -> dict[str, str]:
    """Return the environment in which builds of one commit agree."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(moment()),
        "PYTHONHASHSEED": "1",
        "PYTHONPATH": os.pathsep.join(map(str, (*first, ROOT, ROOT / "src", ROOT / "sync"))),
        "PYTHONUTF8": "1",
    }


def places(tree: Path) -> list[str]:
    """Return the files of a frozen tree as places with forward strokes, in order."""
    return sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())


def examine(found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Return what is wrong with a tree that has the files ``found`` (none: nothing is).

    Each of ``wanted`` must be part of at least one place.
    """
    there = [f"/{place.lower()}" for place in found]
    missing = [part for part in wanted if not any(part.lower() in place for place in there)]
    foreign = [place[1:] for place in there if any(part in place for part in FOREIGN)]
    return [f"missing: {part}" for part in missing] + [f"foreign: {place}" for place in foreign]


def prove(tree: Path, wanted: Iterable[str]) -> None:
    """Raise ``BuildError`` unless ``tree`` holds ``wanted`` and nothing of what must stay out."""
    if wrong := examine(places(tree), (*WANTED, *wanted)):
        raise BuildError("\n".join([f"{tree}:", *wrong]))


def size(tree: Path) -> int:
    """Return the bytes of all files in ``tree``; links count nothing."""
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)
