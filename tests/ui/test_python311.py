"""PySide6 must not use up None on Python 3.11."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import perpusdesk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("x")
print("alive")
"""


def test_a_long_day_of_calls_does_not_end_the_program():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
