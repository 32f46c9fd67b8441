"""Native libraries of the frozen tree: which go in, which the computer must have itself."""

from __future__ import annotations

import ctypes.util
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from installers.freezing import BuildError
from installers.trimming import Entry

_LINE: Final = re.compile(r"^\s*(?P<name>\S+)\s.*=>\s(?P<file>\S+)$", re.MULTILINE)
_NEEDED: Final = re.compile(r"\(NEEDED\).*\[(?P<name>[^]]+)\]")
_SECTION: Final = re.compile(r"\]\s+\.symtab\s")
SHELVES: Final = frozenset({".", "PySide6/Qt/lib", "shiboken6"})
"""Folders of the tree that hold libraries for others (besides all ``*.libs``)."""

BY_NAME: Final = ("libpython", "libzbar.so")
"""Beginnings of libraries that are loaded without any other naming them."""

OF_THE_SYSTEM: Final = {
    "libc and its kin, which the graphics driver is linked to as well": (
        "libstdc++.so.6 libgcc_s.so.1"
    ),
    "the screen, and what goes with its driver": (
        "libX11.so.6 libX11-xcb.so.1 libwayland-client.so.0 libdrm.so.2 libgbm.so.1"
    ),
    "reads fonts by the computer's own settings, whose format grows": (
        "libfontconfig.so.1 libfreetype.so.6"
    ),
    "talks to services of the computer, and has to be as old as they are": (
        "libcups.so.2 libdbus-1.so.3 libsystemd.so.0 libgssapi_krb5.so.2 libkrb5.so.3"
        " libk5crypto.so.3 libkrb5support.so.0 libcom_err.so.2 libkeyutils.so.1"
    ),
    "shared with the desktop's input methods and dialogs": (
        "libglib-2.0.so.0 libgobject-2.0.so.0 libgio-2.0.so.0 libgmodule-2.0.so.0"
        " libgthread-2.0.so.0"
    ),
}
"""Why some libraries are taken from the computer; what only they need stays out too."""
_SYSTEM: Final = frozenset(name for names in OF_THE_SYSTEM.values() for name in names.split())


def place_of(name: str) -> str:
    """Return the file of a library of this system (``zbar``), as the linker finds it.

    Raises ``BuildError`` when the system has none.
    """
    soname = ctypes.util.find_library(name)
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True)
    files = {line["name"]: line["file"] for line in _LINE.finditer(listed.stdout)}
    if soname is None or soname not in files:
        raise BuildError(f"lib{name} is not on this computer: install it first")
    return str(Path(files[soname]))


def needed_by(files: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each of ``files`` the names of libraries that it is linked to."""
    return {file: frozenset(_NEEDED.findall(_elf("-d", file))) for file in files}


def has_symbols(file: Path) -> bool:
    """Tell whether a library carries a table of symbols that only debuggers read."""
    return bool(_SECTION.search(_elf("-S", str(file))))


def _elf(what: str, file: str) -> str:
    command = ["readelf", "-W", what, file]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def missing(files: Iterable[Path]) -> set[str]:
    """Return the names of libraries that ``files`` are linked to and that are none of them."""
    own = list(files)
    linked = needed_by(map(str, own))
    return {name for names in linked.values() for name in names} - {file.name for file in own}


def reached(entries: Iterable[Entry]) -> list[Entry]:
    """Return ``entries`` without the libraries that nothing in the tree is linked to."""
    kept = [entry for entry in entries if PurePosixPath(entry[0]).name not in _SYSTEM]
    linked = needed_by(sorted({source for _place, source, kind in kept if kind != "SYMLINK"}))
    wanted = closure(kept, linked)
    return [entry for entry in kept if not on_shelf(entry[0]) or _name(entry) in wanted]


def closure(entries: Iterable[Entry], linked: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the names of libraries that what is not on a shelf needs, however far away."""
    needs: dict[str, set[str]] = {}
    wanted: set[str] = set()
    for entry in entries:
        names = set(linked.get(entry[1], ()))
        if on_shelf(entry[0]):
            needs.setdefault(_name(entry), set()).update(names)
        else:
            wanted |= names
    fresh = set(wanted)
    while fresh:
        fresh = {name for one in fresh for name in needs.get(one, ())} - wanted
        wanted |= fresh
    return wanted


def on_shelf(place: str) -> bool:
    """Tell whether a place in the tree is a library that is only there for others."""
    path = PurePosixPath(place)
    if path.name.startswith(BY_NAME) or ".so" not in path.name:
        return False
    folder = path.parent
    return (str(folder) in SHELVES and path.name.startswith("lib")) or folder.name.endswith(".libs")


def _name(entry: Entry) -> str:
    return PurePosixPath(entry[0]).name
