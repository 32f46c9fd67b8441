"""The table of threats names tests that exist; so do the other pages for developers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from repository import ROOT, name

PAGES = [*sorted((ROOT / "docs" / "developers").glob("*.md"))]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def names_in(file: Path) -> set[str]:
    """The names of the test functions of a file."""
    tree = ast.parse(file.read_text("utf-8"))
    return {
        one.name
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_")
    }


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    missing = []
    for file, test in NAMED.findall(page.read_text("utf-8")):
        path = ROOT / file
        if not path.is_file() or (test and test not in names_in(path)):
            missing.append(f"{file}::{test}" if test else file)
    assert missing == []


def test_every_threat_has_a_test() -> None:
    page = (ROOT / "docs" / "developers" / "threats.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| **")]
    assert len(rows) >= 8
    assert [row[:40] for row in rows if not NAMED.search(row.split(" | ")[2])] == []
