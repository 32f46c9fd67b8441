"""A whole day of signals must not use up the interpreter's own constants (PySide6 on 3.11)."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import perpusdesk.ui
from PySide6.QtCore import QObject, Signal
class Source(QObject):
    told = Signal(object)
source = Source()
source.told.connect(lambda value: None)
for _ in range(30_000):
    source.told.emit(True)
    source.told.emit(False)
print("alive")
"""


def test_sixty_thousand_signals_leave_the_interpreter_alive() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
