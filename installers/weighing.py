"""``build weigh``: how large the desktop program and what installs it are; too large is an error.

Counted in millions of bytes, the stricter of the two ways to count megabytes. The zip that runs
from a stick installs nothing, so it has no limit.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Final

from installers import freezing
from installers.version import NAME, built, packages, version

INSTALLED: Final = 230_000_000
"""What an installed desktop may weigh, in bytes."""
DOWNLOADED: Final = 75_000_000
"""What people may have to download to install it, in bytes."""
TREES: Final = (("linux", "perpusdesk"), ("windows", NAME))
INSTALLING: Final = ("-setup.exe", ".run", ".tar.xz", ".deb")
SHOWN: Final = 12


def make() -> list[Path]:
    """Tell the sizes of what is there, and return it; what is too large is a ``BuildError``."""
    trees = [place for parts in TREES if (place := built(parts[0]) / parts[1]).is_dir()]
    files = [file for file in sorted(packages().iterdir()) if installs(file)]
    weighed = [(tree, freezing.size(tree), INSTALLED) for tree in trees]
    weighed += [(file, file.stat().st_size, DOWNLOADED) for file in files]
    for path, size, limit in weighed:
        sys.stdout.write(f"{size / 1e6:8.1f} MB of {limit / 1e6:.0f}  {path.name}\n")
    for tree in trees:
        sys.stdout.write("\n".join([f"{tree}:", *table(tree), ""]))
    if wrong := [fault for each in weighed if (fault := too_large(*each))]:
        raise freezing.BuildError("\n".join(wrong))
    return [path for path, _, _ in weighed]


def installs(file: Path) -> bool:
    """Tell whether a package installs this version of the desktop (the server has no limit)."""
    of_this = file.name.startswith((f"{NAME}-{version()}-", f"{NAME.lower()}_{version()}_"))
    return of_this and file.name.endswith(INSTALLING)


def too_large(what: Path, size: int, limit: int) -> str:
    """Return what is wrong with a size, ``""`` where nothing is."""
    if size <= limit:
        return ""
    return f"{what.name} is too large: {size / 1e6:.1f} MB, at most {limit / 1e6:.0f} MB"


def prove(what: Path, size: int, limit: int) -> None:
    """Raise ``BuildError`` where ``size`` is above ``limit``."""
    if fault := too_large(what, size, limit):
        raise freezing.BuildError(fault)


def table(tree: Path) -> list[str]:
    """Return the largest parts of a frozen tree, each a line."""
    sizes: Counter[str] = Counter()
    for path in tree.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(tree).parts
            sizes["/".join(parts[: 1 + (parts[0] == "_internal")])] += path.stat().st_size
    return [f"{size / 1e6:8.1f} MB  {name}" for name, size in sizes.most_common(SHOWN)]
