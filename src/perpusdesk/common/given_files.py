"""Files and folders that the system hands to the program, as by a double click."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PACKAGES: Final = ".pdx"
"""What a file of packages ends in, as a stick carries them from device to device."""
UPDATE: Final = ".pdupdate"
"""What the manifest of a release of the program ends in."""
STICK_FOLDER: Final = "PerpusDesk"
"""The folder of a stick in which packages and releases lie."""
_SIGNS: Final = tuple(sign for sign in (os.sep, os.altsep) if sign)


def given_files(words: Sequence[str]) -> list[Path]:
    """Return the files and folders that the words of a call name; none if it is a command.

    A file of this program's is known by its ending, others (so that something can be said of
    them) and folders by the path to them: ``demo`` is a command, ``./demo`` a folder.
    """
    return [Path(word).absolute() for word in words] if all(map(_is_given, words)) else []


def _is_given(word: str) -> bool:
    if word.startswith("-"):
        return False
    if word.lower().endswith((PACKAGES, UPDATE)):
        return True
    try:
        return any(sign in word for sign in _SIGNS) and Path(word).exists()
    except (OSError, ValueError):
        return False
