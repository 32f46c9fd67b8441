"""What an installed program has on a computer, looked at from outside; for both rehearsals."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers.windows.rehearsal.record import expect
from installers.windows.rehearsal.wine import Wine

HERE: Final = "HKEY_CURRENT_USER\\"
OWN: Final = rf"{HERE}Software\Microsoft\Windows\CurrentVersion\Uninstall\PerpusDesk"
RUN: Final = rf"{HERE}Software\Microsoft\Windows\CurrentVersion\Run"
CLASSES: Final = rf"{HERE}Software\Classes"
ENDINGS: Final = {".pdx": "PerpusDesk.Package", ".pdupdate": "PerpusDesk.Update"}
START_MENU: Final = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/PerpusDesk.lnk"
RUNNING, OLDER, FOREIGN_FOLDER = 10, 11, 14
"""Exit codes of the installer."""
PATIENCE_S: Final = 60


@dataclass(frozen=True, slots=True)
class Installed:
    """The program as the installer leaves it in the prefix."""

    wine: Wine

    @property
    def folder(self) -> Path:
        """Return the program's folder."""
        return self.wine.local / "Programs" / "PerpusDesk"

    @property
    def program(self) -> Path:
        """Return the program with windows."""
        return self.folder / "PerpusDesk.exe"

    @property
    def console(self) -> Path:
        """Return its twin for scripts."""
        return self.folder / "PerpusDesk.com"

    @property
    def data(self) -> Path:
        """Return the folder of the user's data."""
        return self.wine.local / "PerpusDesk"

    @property
    def links(self) -> tuple[Path, Path]:
        """Return the links in the menu and on the desktop."""
        return self.wine.user / START_MENU, self.wine.user / "Desktop" / "PerpusDesk.lnk"

    def install(self, setup: Path, *words: str, code: int = 0, timeout: float = 300) -> None:
        """Install silently, and expect this exit code."""
        found = self.wine.start(setup, "/S", *words, timeout=timeout, good=None)
        expect(found == code, f"{setup.name} {' '.join(words)} ends with {code} (it was {found})")

    def uninstall(self, *words: str) -> None:
        """Uninstall silently; the uninstaller works on from a copy of its own."""
        self.wine.start(self.folder / "uninstall.exe", "/S", *words)
        until(lambda: not self.folder.exists(), "the program's folder is gone")
        until(
            lambda: OWN.lower() not in self.wine.registry(),
            "the entry in the list of programs is gone",
        )

    def expect_complete(self, version: str) -> None:
        """Expect the program, both links, both associations and the entry of ``version``."""
        expect(self.program.is_file() and self.console.is_file(), "both programs are there")
        expect(all(link.is_file() for link in self.links), "both links are there")
        registry = self.wine.registry()
        own = registry.get(OWN.lower(), {})
        expect(own.get("DisplayVersion") == version, f"the list of programs says {version}: {own}")
        expect("uninstall.exe" in own.get("UninstallString", ""), "it can be uninstalled")
        for ending, name in ENDINGS.items():
            first = registry.get(rf"{CLASSES}\{ending}".lower(), {})
            expect(first.get("") == name, f"{ending} is {name}")
            command = registry.get(rf"{CLASSES}\{name}\shell\open\command".lower(), {})
            opens = command.get("", "")
            expect(opens.endswith('PerpusDesk.exe" "%1"'), f"{ending} is opened: {opens}")
        self.expect_alone()

    def expect_alone(self) -> None:
        """Expect no folder of a half-done change beside the program."""
        beside = [path.name for path in self.folder.parent.iterdir() if path != self.folder]
        expect(not beside, f"nothing half-done is left: {beside}")

    def expect_gone(self) -> None:
        """Expect nothing of the program on the computer; data are another matter."""
        expect(not self.folder.exists(), "the program is gone")
        expect(not any(link.exists() for link in self.links), "both links are gone")
        registry = self.wine.registry()
        for key in (OWN, *(rf"{CLASSES}\{name}" for name in (*ENDINGS, *ENDINGS.values()))):
            expect(key.lower() not in registry, f"{key} is gone")
        started = registry.get(RUN.lower(), {})
        expect("PerpusDesk" not in started, "it does not start with the computer")

    def autostart(self) -> str:
        """Return what starts with the computer, ``""`` for nothing."""
        return self.wine.registry().get(RUN.lower(), {}).get("PerpusDesk", "")


def until(kept: Callable[[], object], promise: str, seconds: float = PATIENCE_S) -> None:
    """Wait until ``kept()`` is true; raise ``BrokenPromiseError`` when it takes too long."""
    late = time.monotonic() + seconds
    while not kept():
        expect(time.monotonic() < late, promise)
        time.sleep(0.2)
