"""What PyInstaller takes along from the system: Debian's libraries, and Python's own licence."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

DOCUMENTS: Final = Path("/usr/share/doc")
COMMON: Final = Path("/usr/share/common-licenses")
_LISTED: Final = re.compile(r"^\s*(\S+) \(.*\) => (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SystemPart:
    """A Debian package some of whose libraries are in a tree."""

    name: str
    version: str
    licence: str
    text: Path
    files: tuple[Path, ...]


def owners(files: Iterable[Path]) -> tuple[list[SystemPart], list[Path]]:
    """Return the Debian packages that libraries came from, and the files that are of none."""
    found: dict[str, list[Path]] = {}
    unknown: list[Path] = []
    for file in files:
        package = _package(file.name)
        found.setdefault(package, []).append(file) if package else unknown.append(file)
    return [_described(name, held) for name, held in sorted(found.items())], unknown


def _described(package: str, files: list[Path]) -> SystemPart:
    asked = ["dpkg-query", "-W", "-f", "${Version}", package]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    name = package.partition(":")[0]
    text = DOCUMENTS / name / "copyright"
    return SystemPart(name, version, "", text, tuple(sorted(files)))


def _package(library: str) -> str:
    """Return the Debian package of a library by its file name; nothing where there is none."""
    path = _libraries().get(library)
    if path is None:
        return ""
    real = path.resolve()
    for place in dict.fromkeys((str(real), str(path), str(real).removeprefix("/usr"))):
        asked = ["dpkg-query", "-S", place]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        if told:
            return told.splitlines()[0].partition(": ")[0]
    return ""


@cache
def _libraries() -> dict[str, Path]:
    try:
        told = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True)
    except OSError:
        return {}
    return {name: Path(path) for name, path in reversed(_LISTED.findall(told.stdout))}


def python_licence() -> Path:
    """Return the file with Python's licence. Raises ``FileNotFoundError``."""
    library = Path(sysconfig.get_path("stdlib"))
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    places = (
        library / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE",
        DOCUMENTS / f"python{version}" / "copyright",
        DOCUMENTS / f"libpython{version}-minimal" / "copyright",
    )
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError(f"Python's licence is at none of: {', '.join(map(str, places))}")
