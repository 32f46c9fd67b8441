"""Who may import whom holds, and the contracts know every screen."""

from __future__ import annotations

import subprocess
import sys

from repository import ROOT, pyproject

PARTS_OF_ALL_SCREENS = {"shell", "kit"}


def test_the_import_contracts_are_kept() -> None:
    command = "from importlinter.cli import lint_imports_command as it; it(['--no-cache'])"
    told = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_screen_is_in_the_contract_that_keeps_screens_apart() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    (apart,) = (one for one in contracts if one["type"] == "independence")
    folders = (path.parent for path in (ROOT / "src/perpusdesk/ui").glob("*/__init__.py"))
    screens = {folder.name for folder in folders} - PARTS_OF_ALL_SCREENS
    assert {f"perpusdesk.ui.{screen}" for screen in screens} == set(apart["modules"])
