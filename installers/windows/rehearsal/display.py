"""A screen in memory for the windows of programs under Wine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SIZE: Final = "1366x768x24"


@contextmanager
def screen() -> Iterator[str]:
    """Start an X server on a free number, yield its display's name, and end it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(20)


def photograph(display: str, file: Path) -> None:
    """Keep a picture of the whole screen."""
    subprocess.run(["import", "-display", display, "-window", "root", file], check=True)
