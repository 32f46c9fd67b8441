"""Which words of a call are files that were opened, and which are commands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perpusdesk.common.given_files import given_files


@pytest.mark.parametrize(
    "words",
    [["a.pdx"], ["a.PDX", "b.pdupdate"], [f".{os.sep}"], [f"{os.sep}"], ["not there.pdupdate"]],
)
def test_files_of_the_program_and_folders_are_opened(words: list[str]) -> None:
    found = given_files(words)
    assert len(found) == len(words)
    assert all(path.is_absolute() for path in found)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["demo"],
        ["status", "--json"],
        ["export", "a.pdx"],
        ["--data", "/", "status"],
        ["-x.pdx"],
        ["no/such/place"],
        ["a\0b/c"],
    ],
)
def test_commands_stay_commands(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").mkdir()
    monkeypatch.chdir(tmp_path)
    assert given_files(words) == []
