"""``build numpy``: numpy without an algebra library, from its source.

The wheel carries OpenBLAS, 20 MB on Windows and 28 MB on Linux, for large matrices; the program
only handles pictures and short rows. Without it numpy uses its own, slower routines for the same
results. Needs a C++ compiler (on Windows Visual Studio's); about five minutes, once. Where it was
not built the frozen program holds the wheel's. The rehearsal builds it for Windows by the
cross-compiler, with the same settings (``windows/rehearsal/cross.py``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from installers import sources
from installers.freezing import BuildError

NAME: Final = "numpy"
TOLD: Final = Path(NAME) / "__config__.py"
"""What it was built with, as it tells itself."""
NONE: Final = '"name": "none"'
SETTINGS: Final = (
    "setup-args=-Dblas=none",
    "setup-args=-Dlapack=none",
    "setup-args=-Dallow-noblas=true",
    "setup-args=-Dcpu-dispatch=X86_V3",
    "compile-args=-j2",
)
ON_WINDOWS: Final = "setup-args=--vsenv"
"""Takes Visual Studio's compiler also where another one comes first."""


def make() -> list[Path]:
    """Build the package, or leave it as it is where that version was built before."""
    target = sources.place_of(NAME)
    if not there(target):
        build(target, *((ON_WINDOWS,) if os.name == "nt" else ()))
    return [target]


def build(target: Path, *more: str) -> None:
    """Build the package into the folder ``target``; ``more`` is said to the build too."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = sources.pip("wheel", NAME, Path(folder), *SETTINGS, *more)
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(target)
    if (target / TOLD).read_text("utf-8").count(NONE) != len(("blas", "lapack")):
        shutil.rmtree(target)
        raise BuildError("numpy was built with an algebra library: its settings went unheard")


def there(place: Path) -> bool:
    """Tell whether the package was built into the folder ``place``."""
    return (place / NAME / "__init__.py").is_file()


def first() -> list[Path]:
    """Return the folder to look in before the environment's own, none where it was not built."""
    place = sources.place_of(NAME)
    return [place] if there(place) else []
