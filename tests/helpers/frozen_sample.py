"""A frozen tree in small, laid out as by PyInstaller: an archive of modules and files beside it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Final

from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

from installers.contents import INSIDE

MODULES: Final = ("json", "json.decoder", "msgspec", "msgspec.json", "qrcode.constants")
RESOURCES: Final = f"{INSIDE}/perpusdesk/_resources"


def freeze_sample(folder: Path, *more: str) -> Path:
    """Lay out a tree with ``MODULES`` and ``more``, one native library, and a place for fonts."""
    tree = folder / "sample"
    (tree / RESOURCES / "fonts").mkdir(parents=True)
    (tree / RESOURCES / "fonts" / "LICENSE-DejaVu.txt").write_text("Bitstream Vera", "utf-8")
    (tree / INSIDE / "base_library.zip").touch()
    core = importlib.util.find_spec("msgspec._core")
    assert core is not None and core.origin is not None
    library = Path(core.origin)
    (tree / INSIDE / "msgspec").mkdir()
    shutil.copyfile(library, tree / INSIDE / "msgspec" / library.name)
    empty = compile("", "empty", "exec")
    names = (*MODULES, *more)
    archive = folder / "PYZ.pyz"
    modules = [(name, "-", "PYMODULE") for name in names]
    ZlibArchiveWriter(str(archive), modules, dict.fromkeys(names, empty))
    program = tree / ("sample.exe" if sys.platform == "win32" else "sample")
    CArchiveWriter(str(program), [("PYZ.pyz", str(archive), False, "z")], "libpython3.so")
    return tree
