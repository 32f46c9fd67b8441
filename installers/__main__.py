"""The door: ``python3 dev.py build WHAT...`` makes packages into ``out/packages``.

Each word below names one thing to make; several are made in the order given. What a package needs
(a frozen tree) is made first where it is not there.
"""

from __future__ import annotations

import importlib
import sys
from typing import Final

from installers.freezing import BuildError

MADE_BY: Final = {
    "opencv": "installers.linux.opencv",
    "numpy": "installers.numpy_alone",
    "linux": "installers.linux.freeze",
    "deb": "installers.linux.deb",
    "run": "installers.linux.run",
    "tarball": "installers.linux.tarball",
    "bare": "installers.linux.bare",
    "windows": "installers.windows.freeze",
    "setup": "installers.windows.setup",
    "wheels": "installers.windows.wheels",
    "portable": "installers.windows.portable",
    "server": "installers.server.freeze",
    "server-deb": "installers.server.deb",
    "server-zip": "installers.server.archive",
    "weigh": "installers.weighing",
    "notices": "installers.notices",
    "sbom": "installers.sbom",
    "update": "installers.update",
}
"""Each word with the module whose ``make()`` makes it and returns the files made."""


def main(words: list[str]) -> int:
    """Make what ``words`` name; return 2 for words that name nothing, 3 when it cannot be made."""
    unknown = [word for word in words if word not in MADE_BY]
    if unknown or not words:
        sys.stderr.write(f"{__doc__}\n  {' '.join(MADE_BY)}\n")
        return 2
    try:
        for word in words:
            for made in importlib.import_module(MADE_BY[word]).make():
                sys.stdout.write(f"{word}: {made}\n")
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
