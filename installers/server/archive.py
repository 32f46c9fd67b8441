"""The server for Windows as a folder to unpack: ``python3 dev.py build server-zip`` (there)."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path
from typing import Final

from installers.freezing import BuildError
from installers.server.freeze import PROGRAM, tree
from installers.version import moment, package
from installers.windows.setup import sign

SERVICE: Final = Path(__file__).parent / "windows-service.ps1"


def make() -> list[Path]:
    """Pack the frozen server and the script that starts it with Windows."""
    if os.name != "nt":
        raise BuildError("The server for Windows is frozen on Windows.")
    file = package("windows-x86_64.zip", name=PROGRAM)
    sign(tree() / f"{PROGRAM}.exe")
    pack(tree(), file)
    return [file]


def pack(frozen: Path, file: Path) -> None:
    """Write a zip with ``frozen`` and the service's script in one folder; the same bytes twice."""
    when = time.gmtime(moment())[:6]
    found = sorted(one for one in frozen.rglob("*") if one.is_file())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for one in (*found, SERVICE):
            place = one.name if one == SERVICE else one.relative_to(frozen).as_posix()
            entry = zipfile.ZipInfo(f"{PROGRAM}/{place}", date_time=when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, one.read_bytes())
