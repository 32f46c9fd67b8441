"""The server's Debian package: ``python3 dev.py build server-deb``."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Final

from installers import notices
from installers.server.freeze import PROGRAM, tree
from installers.version import moment, packages, version

PARTS: Final = Path(__file__).parent / "debian"
PROXIES: Final = ("Caddyfile", "nginx.conf")
UNITS: Final = ("perpusdesk-server.service", "perpusdesk-backup.service", "perpusdesk-backup.timer")
SCRIPTS: Final = ("postinst", "prerm", "postrm")
SETTINGS: Final = "etc/perpusdesk/perpusdesk-server.env"
DOC: Final = f"usr/share/doc/{PROGRAM}"
_FIELDS: Final = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: PerpusDesk maintainers <maintainers@perpusdesk.invalid>
Installed-Size: {kib}
Depends: adduser, libc6 (>= 2.36)
Recommends: ca-certificates
Suggests: caddy | nginx, postgresql-client
Section: misc
Priority: optional
Description: central server and branch hub of the PerpusDesk library desk
 Library desks and book vans hold complete libraries of their own and exchange
 what happened; the server is where they meet. It keeps the library in a file or
 in PostgreSQL, admits devices, hands out newer programs and keeps backups.
 .
 With --upstream it serves a branch whose line to the city often fails.
"""


def make() -> list[Path]:
    """Make the package from the frozen server, which is made if it is not there."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / PROGRAM
        lay_out(root, tree())
        return [build(root, packages() / f"{PROGRAM}_{version()}_amd64.deb")]


def build(root: Path, file: Path) -> Path:
    """Pack what was laid out; the same bytes each time."""
    for path in (root, *root.rglob("*")):
        os.utime(path, (moment(), moment()), follow_symlinks=False)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)]
    told = {**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
    subprocess.run(command, check=True, env=told, stdout=subprocess.DEVNULL)
    return file


def lay_out(root: Path, frozen: Path) -> None:
    """Lay out all files of the package, the ``DEBIAN`` folder too, below an empty folder."""
    shutil.copytree(frozen, root / "usr/lib" / PROGRAM, symlinks=True)
    for unit in UNITS:
        _put(PARTS / unit, root / "lib/systemd/system" / unit)
    _put(PARTS / "perpusdesk-server.env", root / SETTINGS)
    _put(PARTS / "perpusdesk-server.sh", root / "usr/bin" / PROGRAM, 0o755)
    for proxy in PROXIES:
        _put(PARTS.parent / proxy, root / DOC / "examples" / proxy)
    _documents(root, frozen)
    _modes(root)
    _control(root)


def _documents(root: Path, frozen: Path) -> None:
    page = (PARTS / "perpusdesk-server.8").read_text("utf-8")
    date = datetime.fromtimestamp(moment(), UTC).date().isoformat()
    page = page.replace("@VERSION@", version()).replace("@DATE@", date)
    _packed(page, root / "usr/share/man/man8/perpusdesk-server.8.gz")
    news = (
        f"{PROGRAM} ({version()}) stable; urgency=medium\n\n"
        "  * What is new: CHANGELOG.md of the source.\n\n"
        f" -- PerpusDesk maintainers <maintainers@perpusdesk.invalid>  {formatdate(moment())}\n"
    )
    _packed(news, root / DOC / "changelog.gz")
    (root / DOC / "copyright").write_text(notices.debian_copyright(frozen), "utf-8")
    _put(PARTS / "lintian-overrides", root / "usr/share/lintian/overrides" / PROGRAM)


def _control(root: Path) -> None:
    folder = root / "DEBIAN"
    folder.mkdir()
    kib = sum(file.lstat().st_size for file in root.rglob("*")) // 1024
    fields = _FIELDS.format(name=PROGRAM, version=version(), kib=kib)
    (folder / "control").write_text(fields, "utf-8")
    (folder / "conffiles").write_text(f"/{SETTINGS}\n", "utf-8")
    sums = [
        f"{_sum(file)}  {file.relative_to(root)}\n"
        for file in sorted(root.rglob("*"))
        if file.is_file() and not file.is_symlink() and "DEBIAN" not in file.parts
    ]
    (folder / "md5sums").write_text("".join(sums), "utf-8")
    for script in SCRIPTS:
        _put(PARTS / script, folder / script, 0o755)
    for file in ("control", "conffiles", "md5sums"):
        (folder / file).chmod(0o644)
    folder.chmod(0o755)


def _sum(file: Path) -> str:
    from hashlib import md5  # dpkg's own format

    return md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _put(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def _packed(text: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _modes(root: Path) -> None:
    """Give folders and the program's files the modes of system files, whatever the umask was."""
    for path in root.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        elif path.is_file() and not path.is_symlink():
            path.chmod(0o755 if _runs(path, root) else 0o644)
    root.chmod(0o755)


def _runs(path: Path, root: Path) -> bool:
    return path in {root / "usr/bin" / PROGRAM, root / "usr/lib" / PROGRAM / PROGRAM}
