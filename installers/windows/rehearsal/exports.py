"""What a Windows library offers and asks for, read from the library itself by ``objdump``."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

OBJDUMP: Final = "x86_64-w64-mingw32-objdump"
EXPORT: Final = re.compile(r"^\s+\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+[0-9a-f]+\s+)?(\S+)$")
IMPORT: Final = re.compile(r"^\s+[0-9a-f]+\s+(?:<none>\s+)?\d+\s+(?:[0-9a-f]+\s+)?([A-Za-z_?@]\S*)")
NAMES_FOLLOW: Final = "[Ordinal/Name Pointer] Table"
LIBRARY_FOLLOWS: Final = "DLL Name:"


def exported(library: Path) -> list[str]:
    """Return the names that ``library`` offers, in its own order."""
    _, _, table = _told(library).partition(NAMES_FOLLOW)
    lines = table.splitlines()[1:]
    found = []
    for line in lines:
        if (match := EXPORT.match(line)) is None:
            break
        found.append(match[1])
    return found


def imported(library: Path, asked: str) -> set[str]:
    """Return the names that ``library`` wants of the library called ``asked``."""
    for part in _told(library).split(LIBRARY_FOLLOWS)[1:]:
        name, *lines = part.strip().splitlines()
        if name.strip().lower() == asked.lower():
            return {match[1] for line in lines if (match := IMPORT.match(line))}
    return set()


def forwarding(library: str, to: str, names: list[str], own: dict[str, str] | None = None) -> str:
    """Return a ``.def`` that makes ``library`` hand ``names`` on to the library ``to``.

    ``own`` names what the library does itself, each with the function that does it.
    """
    own = own or {}
    handed = [f'"{name}"="{to}.{name}"' for name in names if name not in own]
    done = [f'"{name}"="{function}"' for name, function in own.items()]
    return "\n".join([f"LIBRARY {library}", "EXPORTS", *sorted(handed + done), ""])


def _told(library: Path) -> str:
    told = subprocess.run([OBJDUMP, "-p", library], capture_output=True, check=True)
    return told.stdout.decode("utf-8", "replace")
