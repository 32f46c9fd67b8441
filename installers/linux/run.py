"""``build run``: one file that installs the program for the user who runs it.

A shell script (``installer.sh``) with the packed program behind its last line. Each version goes
into a folder of its own and one link is changed, so that a program that still runs keeps all its
files and a half-done installation harms nothing.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
from pathlib import Path
from typing import Final

from installers import freezing
from installers.linux import integration
from installers.linux.freeze import tree
from installers.linux.tarball import pack
from installers.version import package, version

SCRIPT: Final = Path(__file__).parent / "installer.sh"
UNINSTALLER: Final = "uninstall.sh"


def make() -> list[Path]:
    """Make the file from the frozen program, which is made if it is not there."""
    target = package("linux-x86_64.run")
    with tempfile.TemporaryDirectory() as place:
        root, packed = Path(place) / "program", Path(place) / "program.tar.xz"
        shutil.copytree(tree(), root, symlinks=True)
        integration.lay_out(root / "share")
        (root / UNINSTALLER).write_text(uninstaller(), "utf-8")
        integration.same_modes(root, root / "perpusdesk")
        pack(root, packed)
        content = packed.read_bytes()
        target.write_bytes(script(content, freezing.size(root)).encode() + content)
    target.chmod(0o755)
    return [target]


def script(content: bytes, size: int) -> str:
    """Return the script for a packed program that is ``size`` bytes when unpacked."""
    text = SCRIPT.read_text("utf-8")
    facts = {
        "VERSION": version(),
        "SUM": hashlib.sha256(content).hexdigest(),
        "LINES": str(text.count("\n")),
        "KIB": str(size // 1024 + 1),
        "GLIBC": platform.libc_ver()[1],
    }
    for name, fact in facts.items():
        text = text.replace(f"@{name}@", fact)
    return text


def uninstaller() -> str:
    """Return a script that is left with the program, to remove it without the file it came in."""
    text = script(b"", 0)
    return text.replace("\nDO=install\n", "\nDO=uninstall\n")
