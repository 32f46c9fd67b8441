"""``build bare``: prove the ``.deb`` in a bare Debian 12 that has nothing but what it depends on.

Installs it by apt without recommended packages, tries it as an ordinary user (command line,
self-test, the demo library in a window of Xvfb), upgrades it, removes it, and looks whether the
library is still there. Needs root, debootstrap, Xvfb and ImageMagick; five to ten minutes.
What was seen is in ``out/bare/``: ``log.txt``, ``self-test.json``, ``window.png``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from installers.freezing import BuildError
from installers.linux import deb
from installers.version import out, packages, version

RELEASE: Final = "bookworm"
USER: Final = "pustakawan"
HOME: Final = f"home/{USER}"
DISPLAY: Final = ":87"
WINDOW_WAIT_S: Final = 60
KEPT: Final = f"{HOME}/.local/share/PerpusDesk"


SCREENS: Final = "tmp/.X11-unix"
INSIDE: Final = f"""
mkdir -p /{SCREENS}
mount --rbind /dev "$1/dev" && mount --bind /proc "$1/proc" &&
mount --bind /{SCREENS} "$1/{SCREENS}" && exec chroot --userspec="$2" "$1" env -i "${{@:3}}"
"""
"""What ``bash`` does in a view of the file system of its own: no one else sees these mounts."""


class Bare:
    """The bare system: a folder that programs take for the whole computer."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root = root
        self._log = log

    def do(self, *command: str, user: str = "root", display: str = "") -> str:
        """Run a command inside and return what it says; raise ``BuildError`` when it fails."""
        screen = [f"DISPLAY={display}"] if display else ["QT_QPA_PLATFORM=offscreen"]
        home = f"HOME=/{HOME}" if user == USER else "HOME=/root"
        told = ["PATH=/usr/bin:/bin:/usr/sbin:/sbin", home, "LANG=C.UTF-8", *screen]
        told += ["DEBIAN_FRONTEND=noninteractive", *command]
        began = time.monotonic()
        done = subprocess.run(
            self.inside(user, *told),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        took = time.monotonic() - began
        self.note(f"$ {' '.join(command)}\n{done.stdout}-> {done.returncode} in {took:.1f} s\n")
        if done.returncode != 0:
            raise BuildError(f"{' '.join(command)}: {done.stdout[-1500:]}")
        return done.stdout

    def inside(self, user: str, *told: str) -> list[str]:
        """Return the command that runs ``told`` (settings, then words) inside as ``user``."""
        return ["unshare", "--mount", "bash", "-c", INSIDE, "-", str(self.root), user, *told]

    def note(self, text: str) -> None:
        """Write a line of the log."""
        with self._log.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    def take(self, file: Path) -> str:
        """Copy a file into the system and return its place there."""
        place = self.root / "var/tmp" / file.name
        shutil.copyfile(file, place)
        return f"/var/tmp/{file.name}"


def make() -> list[Path]:
    """Make the package where it is not there, prove it, and return what was seen."""
    package = packages() / f"{deb.PROGRAM}_{version()}_amd64.deb"
    if not package.is_file():
        deb.make()
    seen = out() / "bare"
    shutil.rmtree(seen, ignore_errors=True)
    seen.mkdir(parents=True)
    with _system(seen / "log.txt") as bare:
        _install(bare, package)
        _use(bare, seen)
        _upgrade_and_remove(bare, package)
    return sorted(seen.iterdir())


@contextlib.contextmanager
def _system(log: Path) -> Iterator[Bare]:
    base = out() / "build" / f"{RELEASE}.tar"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "bare"
        if not base.is_file():
            base.parent.mkdir(parents=True, exist_ok=True)
            command = ["debootstrap", "--variant=minbase", RELEASE, str(root)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["tar", "-C", place, "-cf", str(base), "bare"], check=True)
        else:
            subprocess.run(["tar", "-C", place, "-xf", str(base)], check=True)
        (root / SCREENS).mkdir(exist_ok=True)
        yield Bare(root, log)


def _install(bare: Bare, package: Path) -> None:
    before = set(bare.do("dpkg-query", "-W", "-f", "${Package}\\n").split())
    bare.do("apt-get", "-qq", "update")
    apt = ["apt-get", "-y", "-qq", "--no-install-recommends", "install"]
    bare.do(*apt, bare.take(package))
    after = set(bare.do("dpkg-query", "-W", "-f", "${Package}\\n").split())
    bare.note(f"came with it: {' '.join(sorted(after - before))}")
    bare.do("useradd", "--create-home", USER)


def _use(bare: Bare, seen: Path) -> None:
    bare.do("perpusdesk", "version", user=USER)
    bare.do("perpusdesk", "--lang", "en", "init", "--help", user=USER)
    bare.do("perpusdesk", "--self-test", f"/{HOME}/self-test.json", user=USER)
    shutil.copyfile(bare.root / HOME / "self-test.json", seen / "self-test.json")
    bare.do("perpusdesk", "demo", "--headless", "--out", f"/{HOME}/demo", user=USER)
    with _screen():
        _window(bare, seen / "window.png")


@contextlib.contextmanager
def _screen() -> Iterator[None]:
    words = ["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            time.sleep(2)
            yield
        finally:
            server.terminate()


def _window(bare: Bare, picture: Path) -> None:
    """Show the demo library as the user sees it, until its window is there and was painted."""
    command = ["timeout", str(WINDOW_WAIT_S), "perpusdesk", "demo"]
    told = [f"HOME=/{HOME}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", f"DISPLAY={DISPLAY}"]
    words = bare.inside(USER, *told, *command)
    with subprocess.Popen(words, stderr=subprocess.PIPE) as program:
        time.sleep(WINDOW_WAIT_S * 2 // 3)
        environment = {**os.environ, "DISPLAY": DISPLAY}
        shot = ["import", "-window", "root", str(picture)]
        subprocess.run(shot, env=environment, check=True)
        alive = program.poll() is None
        _out, said = program.communicate()
    bare.note(f"$ perpusdesk demo (in a window)\n{said.decode()}-> alive: {alive}")
    if not alive:
        raise BuildError(f"the window did not stay: {said.decode()[-1500:]}")


def _upgrade_and_remove(bare: Bare, package: Path) -> None:
    kept = _files(bare)
    if not kept:
        raise BuildError("the demo left no library")
    newer = _newer(package)
    try:
        bare.do("apt-get", "-y", "-qq", "install", bare.take(newer))
    finally:
        newer.unlink()
    bare.do("perpusdesk", "version", user=USER)
    bare.do("apt-get", "-y", "-qq", "purge", deb.PROGRAM)
    left = [place for place in ("usr/lib/perpusdesk", "usr/bin/perpusdesk") if _is(bare, place)]
    if left or _files(bare) != kept:
        raise BuildError(f"left after removal: {left}; library before and after: {kept}")
    bare.note(f"kept after upgrade and removal: {len(kept)} files of the user")


def _newer(package: Path) -> Path:
    """Return the same package under a newer version."""
    made = package.with_name("newer.deb")
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["dpkg-deb", "-R", str(package), place], check=True)
        control = Path(place) / "DEBIAN/control"
        text = control.read_text("utf-8").replace("\nVersion: ", "\nVersion: 9:")
        control.write_text(text, "utf-8")
        subprocess.run(["dpkg-deb", "-Zgzip", "-z1", "-b", place, str(made)], check=True)
    return made


def _is(bare: Bare, place: str) -> bool:
    return (bare.root / place).exists()


def _files(bare: Bare) -> dict[str, int]:
    folder = bare.root / KEPT
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.stat().st_size for path in files}
