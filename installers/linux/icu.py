"""Qt's ICU library without the languages that no one here reads: 31 MB become 7.

ICU (Unicode's rules for sorting, dates and numbers) keeps the data of 800 languages in one
library. What is general stays whole (sorting of all scripts, time zones, line breaks); names and
formats stay for Indonesian, Malay and English; tables for other encodings than Unicode go, as
Python has its own. Needs icu-devtools and gcc; without them the library stays as it is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

LANGUAGES: Final = frozenset(
    ["id", "id_ID", "ms", "ms_MY", "en", "en_001", "en_150", "en_GB", "en_US"]
)
GENERAL: Final = frozenset({"root", "pool", "res_index"})
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}_?(_[A-Za-z0-9]+)*")
_SYMBOL: Final = re.compile(
    r" (?P<start>[0-9a-f]{16})\s+(?P<size>\w+) OBJECT\s.*\s(?P<name>icudt\d+)_dat"
)
_SOURCE: Final = """\
.section .rodata
.globl {name}_dat
.type {name}_dat,@object
.balign 16
{name}_dat:
.incbin "{file}"
.size {name}_dat, .-{name}_dat
.section .note.GNU-stack,"",@progbits
"""


def goes(item: str) -> bool:
    """Tell whether an item of the data (``curr/fr.res``) stays out."""
    folder, _, file = item.rpartition("/")
    stem, _, kind = file.rpartition(".")
    if kind == "cnv" or folder == "translit":
        return True
    language = kind == "res" and _LANGUAGE.fullmatch(stem)
    return bool(language) and stem not in LANGUAGES | GENERAL


def slim(library: Path) -> int:
    """Write ``libicudata.so.*`` anew with less in it; return the bytes saved."""
    if not (shutil.which("icupkg") and shutil.which("gcc")):
        return 0
    before = library.stat().st_size
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        name = _take_out(library, folder)
        listed = _run(folder, "icupkg", "-l", f"{name}l.dat").splitlines()
        made = _pack(folder, name, filter(goes, listed), library.name)
        shutil.copyfile(made, library)
    return before - library.stat().st_size


def _take_out(library: Path, folder: Path) -> str:
    """Write the data alone as a file and return its name (``icudt73``)."""
    found = _SYMBOL.search(_run(folder, "readelf", "-W", "--dyn-syms", str(library)))
    if found is None:
        raise ValueError(f"{library.name} has no data of ICU")
    start, size = int(found["start"], 16), int(found["size"], 0)
    # The library holds nothing else, so places in memory are places in the file.
    (folder / f"{found['name']}l.dat").write_bytes(library.read_bytes()[start : start + size])
    return found["name"]


def _pack(folder: Path, name: str, away: Iterable[str], soname: str) -> Path:
    (folder / "away.txt").write_text("".join(f"{item}\n" for item in away))
    (folder / "less").mkdir()
    less = f"less/{name}l.dat"  # the items inside are named after the file
    _run(folder, "icupkg", "-r", "away.txt", f"{name}l.dat", less)
    (folder / "data.S").write_text(_SOURCE.format(name=name, file=less))
    link = ["-shared", "-nostdlib", f"-Wl,-soname,{soname}", "-Wl,--build-id=sha1"]
    _run(folder, "gcc", *link, "-o", soname, "data.S")
    return folder / soname


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout
