"""A newcomer's path, timed: from the downloaded file to the first loan of a demo book.

``python3 dev.py newcomer`` plays somebody who has never seen the program: on a screen of 1366×768
he installs the package for himself, starts it from the menu, chooses the demo library, looks for a
member and for a book by name, and lends it. He reads before he acts (``READS`` seconds a screen)
and types with two fingers (``TYPES`` seconds a key); everything else is the program's own time.
Each step leaves a picture and its seconds in ``out/newcomer``. Needs Xvfb, openbox and xdotool.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageGrab

from installers.version import out, package

READS: Final = 3.0
TYPES: Final = 0.3
GOAL: Final = 180.0
DISPLAY: Final = ":97"
_SETTLED: Final = 0.3
_PATIENCE: Final = 170.0
_CURSOR: Final = 400
"""Pixels that may change in a picture that counts as still: a blinking cursor."""
_NEEDED: Final = ("Xvfb", "openbox", "xdotool")


@dataclass
class Newcomer:
    """Somebody at a screen, in a home folder that knows nothing of the program."""

    home: Path
    pictures: Path
    steps: list[dict[str, object]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def environment(self) -> dict[str, str]:
        """Return what his programs are started with."""
        kept = {name: os.environ[name] for name in ("LANG", "PATH") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "DISPLAY": DISPLAY,
            "XDG_RUNTIME_DIR": str(self.home),
        }

    def run(self, *command: str) -> None:
        """Run a command to its end."""
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a program and leave it."""
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    def press(self, *keys: str) -> None:
        """Read, then press keys."""
        time.sleep(READS)
        self.run("xdotool", "key", *keys)

    def type(self, text: str) -> None:
        """Read, then type with two fingers and press Enter."""
        time.sleep(READS)
        for letter in text:
            self.run("xdotool", "type", letter)
            time.sleep(TYPES)
        self.run("xdotool", "key", "Return")

    def see(self, name: str) -> None:
        """Wait until the screen is still, and note the step with its picture."""
        self._keep(name, until_still())

    def see_window(self, name: str, wider_than: int) -> None:
        """Wait for a window of that width first."""
        until = time.monotonic() + _PATIENCE
        while self._width() <= wider_than:
            if time.monotonic() > until:
                raise TimeoutError(f"{name}: no window within {_PATIENCE:.0f} s")
            time.sleep(0.1)
        self.see(name)

    def _width(self) -> int:
        asked = ["xdotool", "getactivewindow", "getwindowgeometry", "--shell"]
        told = subprocess.run(
            asked, env=self.environment, capture_output=True, text=True, check=False
        )
        values = dict(line.split("=", 1) for line in told.stdout.splitlines() if "=" in line)
        return int(values.get("WIDTH", 0))

    def _keep(self, name: str, picture: Image.Image) -> None:
        at = round(time.monotonic() - self.began, 1)
        number = len(self.steps) + 1
        file = self.pictures / f"{number:02d}-{name}.png"
        picture.save(file)
        self.steps.append({"step": name, "at_s": at, "picture": file.name})
        sys.stdout.write(f"{at:6.1f} s  {name}\n")


def main(words: list[str]) -> int:
    """Play the path with the package named (default: the newest ``.run``)."""
    file = Path(words[0]) if words else package("linux-x86_64.run")
    if missing := [name for name in _NEEDED if not shutil.which(name)]:
        sys.stderr.write(f"Needed: {' '.join(missing)} (Debian: xvfb openbox xdotool)\n")
        return 3
    pictures = out() / "newcomer"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, screen(Path(folder)):
        person = Newcomer(Path(folder), pictures)
        play(person, file.resolve())
        lent = last_action(person)
    took = person.steps[-1]["at_s"]
    summary = {"package": file.name, "took_s": took, "goal_s": GOAL, "lent": lent}
    summary |= {"reads_s": READS, "types_s": TYPES, "steps": person.steps}
    (pictures / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
    sys.stdout.write(
        f"{took} s from the file to {lent['verb']} {lent['thing']!r}; pictures in {pictures}\n"
    )
    return 0 if lent["verb"] == "lend" and isinstance(took, float) and took < GOAL else 1


def play(person: Newcomer, file: Path) -> None:
    """Go the whole way."""
    person.run("sh", str(file), "--silent")
    person.see("installed")
    program = person.start(menu_command(person.home))
    try:
        person.see_window("welcome", 0)
        person.press("Return")
        person.see("what-to-begin-with")
        person.press("Down", "Return")
        person.see("demo-library")
        person.press("Return")
        person.see_window("desk", 1000)
        person.type("anggrek")
        person.see("members-found")
        person.press("alt+1")
        person.see("member")
        person.type("laut")
        person.see("books-found")
        person.press("alt+1")
        person.see("copies")
        person.press("alt+1")
        person.see("lent")
    finally:
        program.terminate()
        program.wait(30)


def menu_command(home: Path) -> list[str]:
    """Return what the menu's entry starts."""
    entry = home / ".local/share/applications/perpusdesk.desktop"
    lines = entry.read_text("utf-8").splitlines()
    (command,) = (line.removeprefix("Exec=") for line in lines if line.startswith("Exec="))
    return [word for word in shlex.split(command) if not word.startswith("%")]


def last_action(person: Newcomer) -> dict[str, str]:
    """Return what the library itself tells of its last action."""
    command = [str(person.home / ".local/bin/perpusdesk"), "history", "list", "--limit", "1"]
    data = person.home / ".local/share/PerpusDesk/demo"
    told = subprocess.run(
        [*command, "--json", "--data", str(data)],
        env=person.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    (found,) = json.loads(told.stdout)["actions"]
    return {name: str(found[name]) for name in ("verb", "thing", "person", "at")}


def until_still() -> Image.Image:
    """Return the screen's picture once it no longer changes."""
    until = time.monotonic() + _PATIENCE
    before = ImageGrab.grab(xdisplay=DISPLAY)
    while time.monotonic() < until:
        time.sleep(_SETTLED)
        now = ImageGrab.grab(xdisplay=DISPLAY)
        changed = ImageChops.difference(before, now).convert("L").point(lambda it: 255 * (it > 0))
        if changed.histogram()[255] <= _CURSOR:
            return now
        before = now
    raise TimeoutError("the screen does not come to rest")


@contextmanager
def screen(home: Path) -> Iterator[None]:
    """Have a screen with a window manager for a while."""
    shown = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp"])
    environment = {**os.environ, "DISPLAY": DISPLAY, "HOME": str(home)}
    try:
        time.sleep(1)
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        time.sleep(1)
        yield
        manager.terminate()
    finally:
        shown.terminate()
        shown.wait(10)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
