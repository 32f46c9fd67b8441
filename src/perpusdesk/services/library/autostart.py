r"""Starting with the computer: this user's entry at the system's own place, which is the truth.

| system | the entry |
|---|---|
| Windows | the value ``PerpusDesk`` of ``HKCU\...\CurrentVersion\Run``, as of the installer |
| Linux | ``autostart/perpusdesk.desktop`` in the user's configuration (freedesktop.org) |

Windows notes an entry that was switched off in its task manager under ``StartupApproved``; a
desktop of Linux by ``Hidden=true`` or ``X-GNOME-Autostart-enabled=false`` in the file.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.paths import APP, is_frozen

DESKTOP_FILE: Final = "perpusdesk.desktop"
_RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_SWITCHED_OFF: Final = 1
"""The lowest bit of an entry under ``StartupApproved``."""
_TOLD_APART: Final = re.compile(r"[\\\"`$]")
_ESCAPED: Final = r"\\\g<0>"
_WINDOWED: Final = f"{APP}.exe"


class Autostart(StrEnum):
    """How it stands."""

    OFF = "off"
    ON = "on"
    OTHER = "other"
    """Another copy of the program starts (one that was moved, or is installed beside this one)."""
    IMPOSSIBLE = "impossible"
    """This system has no such place."""
    REFUSED = "refused"
    """The system did not let it be changed."""


@dataclass(frozen=True, slots=True)
class AutostartState:
    """How it stands, and the command that is started (empty: none)."""

    standing: Autostart
    command: str = ""

    @property
    def on(self) -> bool:
        """Whether some copy of the program starts with the computer."""
        return self.standing in (Autostart.ON, Autostart.OTHER)


def own_command() -> list[str]:
    """Return what starts this very program in its window, wherever it lies."""
    here = Path(sys.executable)
    if is_frozen():
        windowed = here.with_name(_WINDOWED)  # beside the one for consoles
        return [str(windowed if sys.platform == "win32" and windowed.exists() else here)]
    windowless = here.with_name("pythonw.exe")
    python = windowless if sys.platform == "win32" and windowless.exists() else here
    return [str(python), "-m", "perpusdesk"]


def autostart_state() -> AutostartState:
    """Return how it stands now; reads a file or the registry: not on the interface's thread."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            return _state_of(_registry_command(), windows_line(own_command()))
        if sys.platform.startswith("linux"):
            return _state_of(_entry_command(), entry_line(own_command()))
    return AutostartState(Autostart.IMPOSSIBLE)


def set_autostart(on: bool) -> AutostartState:
    """Switch it on (for this copy of the program) or off, and return how it stands then.

    ``REFUSED`` with the former command where the system does not let it be changed.
    """
    before = autostart_state()
    if before.standing is Autostart.IMPOSSIBLE:
        return before
    try:
        if sys.platform == "win32":
            _write_registry(windows_line(own_command()) if on else "")
        elif on:
            write_atomically(entry_file(), desktop_entry(own_command()).encode("utf-8"))
        else:
            entry_file().unlink(missing_ok=True)
    except (OSError, KnownError):
        return AutostartState(Autostart.REFUSED, before.command)
    return autostart_state()


def _state_of(found: str, own: str) -> AutostartState:
    if not found:
        return AutostartState(Autostart.OFF)
    same = os.path.normcase(found.replace('"', "")) == os.path.normcase(own.replace('"', ""))
    return AutostartState(Autostart.ON if same else Autostart.OTHER, found)


# -- Linux -----------------------------------------------------------------------------------------


def entry_file() -> Path:
    """Return where desktops of Linux look for what starts with them."""
    place = os.environ.get("XDG_CONFIG_HOME", "")
    root = Path(place) if place else Path.home() / ".config"
    return root / "autostart" / DESKTOP_FILE


def desktop_entry(command: Sequence[str]) -> str:
    """Return the file that starts a command with the desktop."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={APP}",
        "Icon=perpusdesk",
        f"Exec={entry_line(command)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return "\n".join(lines) + "\n"


def entry_line(command: Sequence[str]) -> str:
    r"""Return a command as ``Exec`` wants it: each word quoted, ``%`` doubled.

    Within quotes a backslash stands before ``"``, `` ` ``, ``$`` and ``\``; and as a value of the
    file every backslash is doubled once more (Desktop Entry Specification, "The Exec key").
    """
    words = (f'"{_TOLD_APART.sub(_ESCAPED, word)}"' for word in command)
    return " ".join(words).replace("\\", "\\\\").replace("%", "%%")


def _entry_command() -> str:
    """Return the ``Exec`` of the entry that is there and not switched off."""
    try:
        lines = entry_file().read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    off = values.get("Hidden", "").strip().lower() == "true"
    off |= values.get("X-GNOME-Autostart-enabled", "").strip().lower() == "false"
    return "" if off else values.get("Exec", "").strip()


# -- Windows ---------------------------------------------------------------------------------------


def windows_line(command: Sequence[str]) -> str:
    """Return a command as Windows wants it; the program's own path is always in quotes."""
    rest = subprocess.list2cmdline(command[1:])
    return f'"{command[0]}" {rest}'.strip()


def _registry_command() -> str:
    """Return the value of ``Run``, nothing where the task manager switched it off."""
    winreg: Any = importlib.import_module("winreg")
    command = _value(winreg, _RUN)
    approved = _value(winreg, _APPROVED)
    if isinstance(approved, bytes) and approved and approved[0] & _SWITCHED_OFF:
        return ""
    return command if isinstance(command, str) else ""


def _value(winreg: Any, place: str) -> object:
    with (
        contextlib.suppress(FileNotFoundError),
        winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key,
    ):
        value: object = winreg.QueryValueEx(key, APP)[0]
        return value
    return None


def _write_registry(line: str) -> None:
    """Write the value of ``Run``, or remove it; what the task manager noted of it goes too."""
    winreg: Any = importlib.import_module("winreg")
    user = winreg.HKEY_CURRENT_USER
    with (
        contextlib.suppress(FileNotFoundError),
        winreg.OpenKey(user, _APPROVED, 0, winreg.KEY_SET_VALUE) as key,
    ):
        winreg.DeleteValue(key, APP)
    with winreg.CreateKeyEx(user, _RUN, 0, winreg.KEY_SET_VALUE) as key:
        if line:
            winreg.SetValueEx(key, APP, 0, winreg.REG_SZ, line)
        else:
            with contextlib.suppress(FileNotFoundError):
                winreg.DeleteValue(key, APP)
