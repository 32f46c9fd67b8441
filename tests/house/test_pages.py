"""README and docs: their links lead somewhere and their commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from repository import ROOT, files, name

PAGES = [path for path in files() if path.suffix == ".md"]
DEV_COMMANDS = set(
    re.findall(r'"(\w+)": \1', (ROOT / "dev.py").read_text("utf-8").split("commands = ")[1])
)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("index", [*(ROOT / "docs").glob("*/README.md")], ids=name)
def test_every_page_is_in_its_index(index: Path) -> None:
    linked = set(re.findall(r"\]\(([^)/#]+\.md)\)", index.read_text("utf-8")))
    assert {page.name for page in index.parent.glob("*.md")} - linked == {"README.md"}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_set_up_commands_exist(page: Path) -> None:
    used = set(re.findall(r"dev\.py (\w+)", page.read_text("utf-8")))
    assert used - DEV_COMMANDS == set()


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py demo" in readme
    assert "python3 dev.py test" in readme
