"""Dependencies built from the source that PyPI keeps beside a wheel, where the wheel holds more.

The source has to be the file whose sum is in ``requirements.lock``.
"""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installers.freezing import environment
from installers.version import ROOT, built


def place_of(name: str) -> Path:
    """Return the folder in which a package lies once it is built: one for each version."""
    return built(name) / importlib.metadata.version(name)


def locked(name: str) -> str:
    """Return the requirement of the lock file for a package, its sums too."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    found = re.search(rf"^{re.escape(name)}==(.*\\\n)*.*\n", lock, re.MULTILINE)
    if found is None:
        raise KeyError(name)
    return found[0]


def pip(what: str, name: str, folder: Path, *settings: str) -> Path:
    """Let pip fetch (``download``) or build (``wheel``) the source; return the file.

    Without pip's cache, which does not tell apart what was built with other ``settings``
    ("setup-args=-Dblas=none"). They stand beside the requirement: said to pip itself they would go
    unheard for what a file of requirements names.
    """
    wanted = folder / "wanted.txt"
    wanted.write_text(asking(locked(name), settings), "utf-8")
    command = [sys.executable, "-m", "pip", what, "--quiet", "--no-deps", "--require-hashes"]
    options = ["--no-cache-dir", f"--no-binary={name}", "-r", str(wanted)]
    target = "--dest" if what == "download" else "--wheel-dir"
    subprocess.run([*command, *options, target, folder], env=environment(), check=True)
    return next(file for file in folder.iterdir() if file.suffix in {".gz", ".whl"})


def asking(requirement: str, settings: Iterable[str]) -> str:
    """Return a requirement of the lock file with settings for its build."""
    first, _, hashes = requirement.partition(" ")
    told = [f'--config-settings "{setting}"' for setting in settings]
    return " ".join([first, *told, hashes])
