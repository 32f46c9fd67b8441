"""Who may import whom holds."""

from __future__ import annotations

import subprocess
import sys

from repository import ROOT


def test_the_import_contracts_are_kept() -> None:
    command = "from importlinter.cli import lint_imports_command as it; it(['--no-cache'])"
    told = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
