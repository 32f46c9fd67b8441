"""The few home-made parts that let a Windows Python and our program run under Wine.

They are compiled here, from a few lines each and from what the real libraries offer, and lie only
in the rehearsal's own Python and in the prefix's system folder: a stand-in beside a program would
be packed with it and hide the real library on people's computers (``strangers`` looks for that).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from installers.windows.rehearsal.exports import exported, forwarding, imported
from installers.windows.rehearsal.places import DLL, HERE
from installers.windows.rehearsal.wine import Wine

SOURCES: Final = HERE / "shims"
GCC: Final = "x86_64-w64-mingw32-gcc"
DLLTOOL: Final = "x86_64-w64-mingw32-dlltool"
ALONE: Final = ("-shared", "-nostdlib", "-e", "DllMainCRTStartup", "-Wno-unused-parameter")
WINES_OWN: Final = "ucrtbas0"
"""The copy of Wine's C runtime, to which the shim hands most calls on."""
COMPLEX: Final = re.compile(r"TO_COMPLEX\((c\w+)\)|TO_REAL\((c\w+)\)|shim_(cpow[lf]?)\(")


class IncompleteError(Exception):
    """A stand-in lacks functions that a library asks for; the text names them."""


def compile_with(*words: str | Path) -> None:
    """Run the cross-compiler; its words go to the screen when it fails."""
    subprocess.run([GCC, "-O2", "-s", *map(str, words)], check=True)


def launcher(folder: Path) -> None:
    """Make ``python.exe`` and ``python3.dll`` beside the interpreter's library in ``folder``."""
    names = exported(folder / f"{DLL}.dll")
    listed, library = folder / "interpreter.def", folder / "libinterpreter.a"
    listed.write_text(f"LIBRARY {DLL}.dll\nEXPORTS\nPy_Main\n", "ascii")
    subprocess.run([DLLTOOL, "-d", listed, "-l", library], check=True)
    compile_with("-municode", "-o", folder / "python.exe", SOURCES / "python.c", library)
    listed.write_text(forwarding("python3.dll", DLL, names), "ascii")
    compile_with(*ALONE, "-o", folder / "python3.dll", SOURCES / "entry.c", listed)
    listed.unlink()
    library.unlink()


def into_prefix(wine: Wine, packages: Path) -> list[Path]:
    """Put the stand-ins into the prefix's system folder and return them.

    ``packages`` is the folder of the packages, whose libraries say what stand-ins must offer.
    """
    asked = {
        "icuuc": packages / "PySide6" / "Qt6Core.dll",
        "mscms": packages / "PySide6" / "plugins" / "platforms" / "qwindows.dll",
        "bcryptprimitives": next((packages / "cryptography").rglob("_rust.pyd")),
    }
    made = []
    for name, library in asked.items():
        made.append(wine.system / f"{name}.dll")
        made[-1].unlink(missing_ok=True)
        sources = (SOURCES / f"{name}.c", SOURCES / "entry.c")
        compile_with(*ALONE, "-o", made[-1], *sources, "-ladvapi32")
        if missing := imported(library, f"{name}.dll") - set(exported(made[-1])):
            raise IncompleteError(f"{name}.c lacks {', '.join(sorted(missing))} for {library.name}")
    return [*made, c_runtime(wine.system)]


def c_runtime(system: Path) -> Path:
    """Make ``ucrtbase.dll`` with complex functions before a copy of Wine's own; return it."""
    shim, original = system / "ucrtbase.dll", system / f"{WINES_OWN}.dll"
    if not original.is_file():
        shutil.copyfile(shim, original)
    listed = system / "ucrtbase.def"
    names = complex_names()
    text = forwarding("ucrtbase.dll", WINES_OWN, exported(original), names)
    listed.write_text(text, "ascii")
    shim.unlink()
    compile_with("-shared", "-static-libgcc", "-o", shim, SOURCES / "ucrtbase.c", listed)
    listed.unlink()
    return shim


def complex_names() -> dict[str, str]:
    """Return each function that ``ucrtbase.c`` has, with what it is called there."""
    source = (SOURCES / "ucrtbase.c").read_text("ascii")
    names: set[str] = set()
    for whole, real, power in COMPLEX.findall(source):
        names |= {power} if power else {(whole or real) + kind for kind in ("", "f", "l")}
    return {name: f"shim_{name}" for name in sorted(names)}


def strangers(payload: Path, shims: list[Path]) -> list[str]:
    """Return the files of a payload that are stand-ins, by name or by content (none is right)."""
    names = {shim.name.lower() for shim in shims} | {f"{WINES_OWN}.dll"}
    contents = {digest(shim) for shim in shims}
    return [
        str(path.relative_to(payload))
        for path in sorted(payload.rglob("*"))
        if path.is_file() and (path.name.lower() in names or digest(path) in contents)
    ]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
