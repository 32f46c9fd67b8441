"""The frozen server: ``python3 dev.py build server`` (word ``server``)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from installers import contents, freezing, notices
from installers.version import built

SPEC: Final = Path(__file__).parent / "perpusdesk-server.spec"
PROGRAM: Final = "perpusdesk-server"


def tree() -> Path:
    """Return the folder of the frozen server; made where it is not there."""
    made = built("server") / PROGRAM
    return made if made.is_dir() else freeze()


def freeze() -> Path:
    """Freeze the server anew and return its folder. Raises ``BuildError``."""
    made = freezing.freeze(SPEC, "server") / PROGRAM
    if found := contents.strangers(contents.parts_of(made), "server"):
        raise freezing.BuildError(f"Asked for by nothing: {', '.join(found)}")
    _strip(made)
    notices.put_into(made)
    return made


def _strip(made: Path) -> None:
    """Take what only debuggers read out of the libraries (Linux).

    Not out of those that wheels carry in ``*.libs``: they were patched, and ``strip`` breaks some.
    """
    if not shutil.which("strip"):
        return
    files = (file for file in made.rglob("*.so*") if not file.is_symlink())
    chosen = [str(file) for file in files if not file.parent.name.endswith(".libs")]
    subprocess.run(["strip", "--strip-unneeded", *chosen], check=True)


def make() -> list[Path]:
    """Freeze the server."""
    return [freeze()]
