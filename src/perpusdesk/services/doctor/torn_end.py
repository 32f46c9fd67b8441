"""The end of a log that a power cut tore: whether it held anything readable."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.library import Library
from perpusdesk.storage.log_look import TORN_NAME
from perpusdesk.storage.salvage.torn import ops_lost_in

NAME: Final = "torn_end"
KEPT: Final = "library.torn-"
"""How the file begins that is kept for a while after its ops were taken in."""


def _look(patient: Patient) -> Iterator[Finding]:
    file = _file(patient.folder)
    if file.is_file():
        ops = ops_lost_in(patient.library, file)
        code = "torn_end" if ops else "torn_nothing"
        severity = Severity.WARNING if ops else Severity.NOTE
        yield Finding(NAME, code, severity, {"count": len(ops)}, mendable=True)


def _mend(library: Library, _finding: Finding) -> bool:
    ops = ops_lost_in(library, _file(library.folder))
    file = _file(library.folder)
    with contextlib.suppress(OSError):
        if ops:
            library.ingest(ops)
            file.replace(file.with_name(f"{KEPT}{library.now_ms()}.db-wal"))
        else:
            file.unlink()
    return True


def _file(folder: Path) -> Path:
    return folder / f"{TORN_NAME}-wal"


CHECK: Final = Check(NAME, _look, _mend, quick=True)
