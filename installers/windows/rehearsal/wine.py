"""A Windows of the rehearsal's own: a Wine prefix, and programs run within it.

Nothing of the person who plays the rehearsal is touched: the prefix has a home of its own, and
Wine's making of menu entries is off. The one Windows user has a name beyond the old code pages.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from installers.windows.rehearsal.places import seen_by_wine

USER: Final = "Siti Nurbaya Łę 図書"
"""Name of the user's folder: blanks, and letters that no single old code page has."""
GRACE_S: Final = 1.0
QUIET: Final = {"WINEARCH": "win64", "WINEDEBUG": "-all", "WINEFSYNC": "0"}
OVERRIDES: Final = (
    "winemenubuilder.exe,mshtml,mscoree,netprofm=d;mscms,bcryptprimitives=n;ucrtbase=n,b"
)
PROGRAMS: Final = r"HKEY_CURRENT_USER\Software"
EXPLORER: Final = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer"
VALUE: Final = re.compile(r'^(@|".*?")=(.*)$', re.MULTILINE)
ESCAPED: Final = re.compile(r"\\(.)")
IN_THEM: Final = {
    "Local AppData": r"AppData\Local",
    "AppData": r"AppData\Roaming",
    "Desktop": "Desktop",
    "Personal": "Documents",
    "Programs": r"AppData\Roaming\Microsoft\Windows\Start Menu\Programs",
    "Start Menu": r"AppData\Roaming\Microsoft\Windows\Start Menu",
}


class WineError(Exception):
    """A program under Wine ended otherwise than it should; the text is what it said."""


class _Listener:
    """Collects what a program says, also while others that it started hold its pipe open.

    Pipes, because a Python with a console starts under Wine with nothing else at its ends.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._said: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, args=(process,), daemon=True)
        self._thread.start()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.write(b"\n")
            process.stdin.close()
        for line in process.stdout:
            self._said.append(line)

    def text(self) -> str:
        """Return what was said until now; called when the program has ended."""
        self._thread.join(GRACE_S)
        return b"".join(self._said).decode("utf-8", "replace")


@dataclass
class Wine:
    """A prefix at ``folder``; ``display`` names the X display of its windows, if it has any."""

    folder: Path
    display: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def drive(self) -> Path:
        """Return drive C:."""
        return self.folder / "drive_c"

    @property
    def system(self) -> Path:
        """Return the folder of the system's libraries."""
        return self.drive / "windows" / "system32"

    @property
    def user(self) -> Path:
        """Return the user's own folder."""
        return self.drive / "users" / USER

    @property
    def local(self) -> Path:
        """Return ``%LOCALAPPDATA%``."""
        return self.user / "AppData" / "Local"

    def environment(self) -> dict[str, str]:
        """Return the variables that every program in the prefix is started with."""
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "USER") if name in os.environ}
        home = self.folder.parent / "home"
        home.mkdir(parents=True, exist_ok=True)
        return {
            **kept,
            **QUIET,
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "WINEPREFIX": str(self.folder),
            "WINEDLLOVERRIDES": OVERRIDES,
            **({"DISPLAY": self.display} if self.display else {}),
            **self.more,
        }

    def make(self) -> None:
        """Make the prefix anew: Windows 10, with folders for ``USER``."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.run("wineboot", "--init", timeout=240)
        for below in IN_THEM.values():
            (self.user / below.replace("\\", "/")).mkdir(parents=True, exist_ok=True)
        folders = {name: rf"C:\users\{USER}\{below}" for name, below in IN_THEM.items()}
        self.register(
            {
                r"HKEY_CURRENT_USER\Software\Wine": {"Version": "win10"},
                r"HKEY_CURRENT_USER\Volatile Environment": {
                    "APPDATA": folders["AppData"],
                    "LOCALAPPDATA": folders["Local AppData"],
                },
                rf"{EXPLORER}\Shell Folders": folders,
                rf"{EXPLORER}\User Shell Folders": folders,
            }
        )

    def run(
        self, *command: str, timeout: float = 120, good: tuple[int, ...] | None = (0,)
    ) -> subprocess.CompletedProcess[str]:
        """Run a command and return how it ended; raise where its code is not in ``good``."""
        process = subprocess.Popen(
            command,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        told = _Listener(process)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired as late:
            process.kill()
            raise WineError(f"{command[:4]} did not end within {timeout:.0f} s") from late
        text = told.text()
        if good is not None and code not in good:
            raise WineError(f"{command[:4]} ended with {code}: {text[-1500:]}")
        return subprocess.CompletedProcess(command, code, text)

    def start(self, program: Path, *words: str, timeout: float = 120, good: int | None = 0) -> int:
        """Run a Windows program of this machine's path ``program`` and return its exit code."""
        codes = None if good is None else (good,)
        return self.run(
            "wine", seen_by_wine(program), *words, timeout=timeout, good=codes
        ).returncode

    def open(self, program: Path, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a Windows program and leave it running."""
        return subprocess.Popen(
            ["wine", seen_by_wine(program), *words],
            env={**self.environment(), **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def register(self, texts: dict[str, dict[str, str]]) -> None:
        """Write texts into the registry: for each key, values by name."""
        lines = ["Windows Registry Editor Version 5.00", ""]
        for key, values in texts.items():
            lines.append(f"[{key}]")
            for name, value in values.items():
                escaped = value.replace("\\", "\\\\").replace('"', '\\"')
                lines.append(f'"{name}"="{escaped}"')
            lines.append("")
        file = self.folder.parent / "wanted.reg"
        file.write_text("\r\n".join(lines), "utf-16")
        self.run("wine", "regedit", "/S", seen_by_wine(file))
        file.unlink()

    def registry(self) -> dict[str, dict[str, str]]:
        """Return the user's programs' part of the registry: values by name ("" is a key's own).

        Keys are in small letters. Numbers come as Windows writes them: ``dword:00000001``.
        """
        file = self.folder.parent / "told.reg"
        self.run("wine", "regedit", "/E", seen_by_wine(file), PROGRAMS)
        told = file.read_text("utf-16").replace("\r\n", "\n")
        file.unlink()
        found: dict[str, dict[str, str]] = {}
        for part in told.split("\n[")[1:]:
            key, _, lines = part.partition("]\n")
            values = found.setdefault(key.lower(), {})
            for name, value in VALUE.findall(lines):
                text = value[1:-1] if value.startswith('"') else value
                values[name.strip('"').replace("@", "")] = ESCAPED.sub(r"\1", text)
        return found

    def settle(self) -> None:
        """Wait until every program of the prefix has ended and the registry is on the disk."""
        self.run("wineserver", "--wait", timeout=120)

    def end(self) -> None:
        """End every program of this prefix, and of this prefix only."""
        if self.folder.is_dir():
            self.run("wineserver", "--kill", good=None)
