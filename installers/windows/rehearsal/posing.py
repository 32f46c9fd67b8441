"""A Python that works here and tells the build of a package what the one on Windows would.

Run as ``posing.py FOLDER WORDS...`` in Python's place: meson asks about the interpreter that
modules are built for by running a script of its own, and all other scripts have to run. ``FOLDER``
holds the headers. Nothing but Python's own library is imported: the build has an environment of
its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

ASKING = "python_info.py"


def main(folder: str, words: list[str]) -> None:
    """Answer where meson asks about the interpreter; otherwise be that Python."""
    command = [sys.executable, *words]
    if not (words and words[0].endswith(ASKING)):
        os.execv(sys.executable, command)
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    minor = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    told |= {"platform": "win-amd64", "suffix": f".{minor}-win_amd64.pyd"}
    told |= {"limited_api_suffix": ".pyd", "link_libpython": False}
    told["paths"] |= {"include": folder, "platinclude": folder}
    told["variables"] |= {"INCLUDEPY": folder, "LIBPC": None}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
