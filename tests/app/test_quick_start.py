"""The desk does not wait for what it does not need: heavy libraries come when first used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("cv2", "numpy", "pymarc", "reportlab", "PIL", "zxingcpp", "pypdfium2")
LATER = ("perpusdesk.ui.help.panel", "perpusdesk.ui.help.places")


@pytest.mark.parametrize("module", ["perpusdesk.app.entry", "perpusdesk.cli.main"])
def test_nothing_heavy_is_imported_on_the_way_in(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({(*HEAVY, *LATER)!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
