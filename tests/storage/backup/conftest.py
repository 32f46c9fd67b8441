"""A small encrypted library, a place for its backups, and keys in files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.backups import Kept
from perpusdesk.services.set_up import NewLibrary, furnish
from perpusdesk.storage.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An encrypted library with its first branch, person and rules."""
    made = Library.create(tmp_path / "library", encrypted=True)
    furnish(made, NewLibrary("Perpustakaan Uji", "Pusat"))
    yield made
    made.close()


@pytest.fixture
def kept(library: Library, tmp_path: Path) -> Kept:
    """The backups of that library, in a folder of their own."""
    return Kept(library, tmp_path / "store")


MakeKept = Callable[[Path], Kept]
