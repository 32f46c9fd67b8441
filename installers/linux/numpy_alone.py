"""``build numpy``: numpy without an algebra library, from its source.

The wheel carries OpenBLAS, 28 MB for large matrices; the program only handles pictures and short
rows. Without it numpy uses its own, slower routines for the same results. Needs a C++ compiler;
about five minutes, once. Where it was not built the frozen program holds the wheel's.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Final

from installers.linux import sources

NAME: Final = "numpy"
SETTINGS: Final = (
    "-Csetup-args=-Dblas=none",
    "-Csetup-args=-Dlapack=none",
    "-Csetup-args=-Dallow-noblas=true",
    "-Csetup-args=-Dcpu-dispatch=X86_V3",
    "-Ccompile-args=-j2",
)


def make() -> list[Path]:
    """Build the package, or leave it as it is where that version was built before."""
    target = sources.place_of(NAME)
    if not first():
        with tempfile.TemporaryDirectory() as folder:
            wheel = sources.pip("wheel", NAME, Path(folder), *SETTINGS)
            with zipfile.ZipFile(wheel) as packed:
                packed.extractall(target)
    return [target]


def first() -> list[Path]:
    """Return the folder to look in before the environment's own, none where it was not built."""
    place = sources.place_of(NAME)
    return [place] if (place / NAME / "__init__.py").is_file() else []
