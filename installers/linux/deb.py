"""The desktop's Debian package: ``python3 dev.py build deb``."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from email.utils import formatdate
from pathlib import Path
from typing import Final

from installers import notices
from installers.freezing import BuildError
from installers.linux import integration, libraries
from installers.linux.freeze import tree
from installers.version import moment, packages, version

PROGRAM: Final = "perpusdesk"
PROGRAM_PLACE: Final = f"usr/lib/{PROGRAM}"
DOC: Final = f"usr/share/doc/{PROGRAM}"
PARTS: Final = Path(__file__).parent / "debian"
MAINTAINER: Final = "PerpusDesk maintainers <maintainers@perpusdesk.invalid>"
LOADED: Final = ("libgl1", "libegl1", "libcups2", "hicolor-icon-theme", "shared-mime-info")
"""Packages wanted besides those that ``dpkg-shlibdeps`` finds in files."""
_BEFORE_TIME_64: Final = re.compile(r"\b(libglib2\.0-0|libcups2)\b(?!t64)( \([^)]*\))?")
_FIELDS: Final = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {kib}
Depends: {depends}
Recommends: xdg-desktop-portal, fonts-dejavu-core, alsa-utils | pulseaudio-utils | pipewire-bin
Suggests: cups, yaz
Section: misc
Priority: optional
Description: library desk that works with or without a network
 Lends, returns and catalogues books at the desks of Indonesian city libraries,
 their branches and book vans. Each desk has a complete library of its own, so
 that work goes on when the line to the city fails; desks exchange what happened
 later, over a network or on a stick.
 .
 Cards and books are scanned with a scanner or a camera; labels, cards and
 reports are printed; data come over from SLiMS, INLISLite and MARC files.
"""


def make() -> list[Path]:
    """Make the package from the frozen program, which is made if it is not there."""
    frozen = tree()
    file = packages() / f"{PROGRAM}_{version()}_amd64.deb"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / PROGRAM
        lay_out(root, frozen)
        integration.same_time(root)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)]
        told = {**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
        subprocess.run(command, check=True, env=told, stdout=subprocess.DEVNULL)
    return [file]


def lay_out(root: Path, frozen: Path) -> None:
    """Lay out all files of the package, the ``DEBIAN`` folder too, below an empty folder."""
    program = root / PROGRAM_PLACE
    shutil.copytree(frozen, program, symlinks=True)
    start = root / "usr/bin" / PROGRAM
    start.parent.mkdir(parents=True)
    start.symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    integration.lay_out(root / "usr/share")
    _documents(root, frozen)
    integration.same_modes(root, program / PROGRAM)
    (root / "DEBIAN").mkdir()  # by it dpkg-shlibdeps knows where the package begins
    _control(root, depends(program))


def depends(program: Path) -> str:
    """Return what the package depends on: what the files are linked to, and what Qt loads.

    Qt's plugins load ``libGL`` and others by name. Debian renamed some packages when time grew to
    64 bits; either name does.
    """
    files = [
        path for path in program.rglob("*")
        if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF"
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        control = Path(place) / "debian/control"
        control.parent.mkdir()
        control.write_text(f"Source: {PROGRAM}\n\nPackage: {PROGRAM}\nArchitecture: amd64\n")
        shelves = [f"-l{shelf}" for shelf in sorted({str(path.parent) for path in files})]
        command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *shelves]
        asked = subprocess.run(
            [*command, *(f"-e{path}" for path in files)],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
    if asked.returncode != 0:
        raise BuildError(f"dpkg-shlibdeps: {asked.stderr[-2000:]}")
    told = asked.stdout.strip().partition("=")[2].split(", ")
    outside = libraries.missing(files)
    found = [one for one in told if _gives(one.split()[0], outside)]
    rest = [name for name in LOADED if not any(one.split()[0] == name for one in found)]
    return ", ".join(sorted(either_name(one) for one in (*found, *rest)))


def _gives(package: str, names: set[str]) -> bool:
    """Tell whether a package here has one of these libraries (the tree has others itself)."""
    listed = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True, check=True)
    return any(Path(line).name in names for line in listed.stdout.splitlines())


def either_name(dependency: str) -> str:
    """Return a dependency so that a release with the package's newer name has it too."""
    return _BEFORE_TIME_64.sub(r"\1t64\2 | \1\2", dependency)


def _documents(root: Path, frozen: Path) -> None:
    news = (
        f"{PROGRAM} ({version()}) stable; urgency=medium\n\n"
        "  * What is new: CHANGELOG.md of the source.\n\n"
        f" -- {MAINTAINER}  {formatdate(moment())}\n"
    )
    folder = root / DOC
    folder.mkdir(parents=True)
    (folder / "changelog.gz").write_bytes(gzip.compress(news.encode(), 9, mtime=0))
    (folder / "copyright").write_text(notices.debian_copyright(frozen), "utf-8")
    overrides = root / "usr/share/lintian/overrides" / PROGRAM
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(PARTS / "lintian-overrides", overrides)


def _control(root: Path, needs: str) -> None:
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    sums = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}"  # dpkg's format
        f"  {file.relative_to(root)}\n"
        for file in files
    ]
    kib = sum(file.stat().st_size for file in files) // 1024
    folder = root / "DEBIAN"
    fields = _FIELDS.format(
        name=PROGRAM, version=version(), maintainer=MAINTAINER, kib=kib, depends=needs
    )
    for name, text in (("control", fields), ("md5sums", "".join(sums))):
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o644)
    folder.chmod(0o755)
