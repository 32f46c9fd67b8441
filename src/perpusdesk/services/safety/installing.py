"""Starting the installer of a proven package: the contract with who builds packages.

| package | what is done |
|---|---|
| ``*.exe`` (Windows, NSIS) | run silently for this user: ``FILE /S`` |
| ``*.run`` (Linux) | run silently: ``sh FILE --silent`` |
| others (``*.deb``, ``*.tar.gz``) | nothing is started: a person is told what to type |
| ``*.zip`` (portable) | nothing is started: a person unpacks it over the program's folder |

An installer waits until the program that started it has ended (its process id is in the variable
``PERPUSDESK_PID``), replaces the program, leaves data folders alone and starts the new program.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.own_program import let_go_of_libraries, outside_environment

PID: Final = "PERPUSDESK_PID"
started: Final[list[subprocess.Popen[bytes]]] = []
"""What was started; it outlives this program, and nobody waits for it."""


def command_for(file: Path) -> list[str] | None:
    """Return the command that installs a package silently, ``None`` where a person has to."""
    name = file.name.lower()
    if name.endswith(".exe"):
        return [str(file), "/S"]
    if name.endswith(".run"):
        return ["sh", str(file), "--silent"]
    return None


def typed_for(file: Path) -> str:
    """Return what an administrator types to install a package that is not started from here."""
    place = shlex.quote(str(file))
    if file.name.lower().endswith(".deb"):
        return f"sudo apt install {place}"
    if file.name.lower().endswith((".tar.gz", ".tar.xz")):
        return f"tar -xf {place} -C ~/.local/opt"
    return place


def start_installer(file: Path) -> None:
    """Start the installer on its own, so that it outlives this program.

    Raises ``KnownError(INSTALLER)``, with ``typed`` where a person has to do it.
    """
    command = command_for(file)
    if command is None:
        raise KnownError(Fault.INSTALLER, file=str(file), typed=typed_for(file))
    environment = {**outside_environment(), PID: str(os.getpid())}
    let_go_of_libraries()
    try:
        if sys.platform == "win32":
            apart = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
            child = subprocess.Popen(  # noqa: S603 (the package was signed and proven)
                command, env=environment, creationflags=apart
            )
        else:
            child = subprocess.Popen(  # noqa: S603 (the package was signed and proven)
                command,
                env=environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        started.append(child)
    except OSError as error:
        raise KnownError(Fault.INSTALLER, file=str(file), cause=str(error)) from error
