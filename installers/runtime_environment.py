"""Run in a frozen program before everything else: other programs start as if we were not frozen.

PyInstaller's starter points ``LD_LIBRARY_PATH`` at our own libraries; this process has read it by
then. What it starts (an installer, a browser, ``pg_dump``) must find the system's libraries.
"""

from __future__ import annotations

import os

if (_former := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
    os.environ["LD_LIBRARY_PATH"] = _former
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
