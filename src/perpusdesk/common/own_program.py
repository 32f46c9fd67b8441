"""What a packed program has to mind when processes are started: itself once more, or others.

A packed program (PyInstaller) carries its own libraries and tells its children where they are. A
child that is no part of it must not hear of that: an installer would hold files open that it is to
replace, and the new program would take itself for a part of the old one.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

from perpusdesk.common.paths import is_frozen

_ANEW: Final = "PYINSTALLER_RESET_ENVIRONMENT"
"""Tells a packed program that it was not started as a part of another one."""


def own_call(word: str, *words: str) -> list[str]:
    """Return the command that starts this program again with these words."""
    python = () if is_frozen() else ("-m", "perpusdesk")
    return [sys.executable, *python, word, *words]


def outside_environment() -> dict[str, str]:
    """Return the environment for a program that is no part of this one."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    return {**told, _ANEW: "1"} if is_frozen() else told


def let_go_of_libraries() -> None:
    """Let what is started from now on look for libraries as the system does (Windows)."""
    if sys.platform == "win32" and is_frozen():
        ctypes.windll.kernel32.SetDllDirectoryW(None)


def whole_streams() -> None:
    """Give a windowed program streams that go nowhere, and let no character end a call.

    Without a console there is no standard output at all; and where Windows redirects it, its
    encoding cannot write every text. What is redirected is UTF-8 on all systems.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            going_nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 (it stays)
            setattr(sys, name, going_nowhere)
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
