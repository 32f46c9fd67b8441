"""``build tarball``: the program as a folder in a ``.tar.xz``, to be unpacked anywhere."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from installers.linux import integration
from installers.linux.freeze import tree
from installers.version import NAME, moment, package, version

LEVEL: Final = "-6"
README: Final = """\
PerpusDesk {version}

Jalankan / start:   ./perpusdesk
Buku petunjuk tersedia di dalam program (F1). The manual is in the program (F1).

Berkas portable.txt di folder ini membuat program menyimpan datanya di folder Data di sini.
With a file portable.txt in this folder the program keeps its data in the folder Data here.

share/ berisi ikon, menu, dan jenis berkas untuk desktop / has icons, menu entry and file types.
"""


def make() -> list[Path]:
    """Make the archive from the frozen program, which is made if it is not there."""
    target = package("linux-x86_64.tar.xz")
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / f"{NAME}-{version()}"
        shutil.copytree(tree(), root, symlinks=True)
        (root / "README.txt").write_text(README.format(version=version()), "utf-8")
        integration.lay_out(root / "share")
        integration.same_modes(root, root / "perpusdesk")
        pack(root, target)
    return [target]


def pack(folder: Path, target: Path) -> None:
    """Pack ``folder`` under its own name: the same bytes for the same files."""
    epoch = ["--sort=name", f"--mtime=@{moment()}", "--owner=0", "--group=0", "--numeric-owner"]
    with target.open("wb") as out:
        tar = subprocess.Popen(
            ["tar", "--format=gnu", *epoch, "-C", str(folder.parent), "-c", folder.name],
            stdout=subprocess.PIPE,
        )
        with tar:
            xz = ["xz", LEVEL, "--threads=1", "--stdout"]
            subprocess.run(xz, stdin=tar.stdout, stdout=out, check=True)
    if tar.returncode != 0:
        raise subprocess.CalledProcessError(tar.returncode, "tar")
