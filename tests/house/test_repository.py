"""The repository speaks of the project alone: no machine's paths, no registry's address."""

from __future__ import annotations

import re

import pytest
from repository import files, name

TEXTS = {".py", ".toml", ".md", ".lock", ".txt", ".yaml", ".yml", ".cfg", ".po", ".json", ".sh", ""}
FORBIDDEN = {
    "a registry's address": r"py[p]i\.org|python[h]osted\.org|registry\.npm[j]s|/[s]imple/",
    "a path of one machine": r"(?<![\w.~-])/(?:wor[k]|roo[t]|op[t])/\w",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in files()
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
