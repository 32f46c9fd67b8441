"""The disk: room, and whether what is written there can be read again.

A file that vanishes or is locked right after it was written is the mark of a virus scanner.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.folder import free_bytes, is_low

NAME: Final = "disk"
_TRY_NAME: Final = "library.try.tmp"
_TRY_BYTES: Final = 1 << 20
_SEVERITIES: Final = {"disk_lies": Severity.DAMAGE, "disk_refuses": Severity.WARNING}
_VIRUS_CODES: Final = frozenset({5, 32, 33, 225, 226})
"""Windows: access denied, in use, locked, virus found, virus deleted."""


def _look(patient: Patient) -> Iterator[Finding]:
    try:
        if is_low(patient.folder):
            free = free_bytes(patient.folder) // 1_000_000
            yield Finding(NAME, "disk_full_soon", Severity.ADVICE, {"megabytes": free})
    except OSError:
        yield Finding(NAME, "disk_unreadable", Severity.DAMAGE)
    code = try_disk(patient.folder)
    if code:
        severity = _SEVERITIES.get(code, Severity.ADVICE)
        yield Finding(NAME, code, severity)


def try_disk(folder: Path) -> str:
    """Write a file, read it again and remove it; return what was wrong, or nothing."""
    file, content = folder / _TRY_NAME, os.urandom(_TRY_BYTES)
    try:
        with file.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if not file.exists():
            return "file_taken"
        return "" if file.read_bytes() == content else "disk_lies"
    except FileNotFoundError:
        return "file_taken"
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EROFS):
            return "disk_refuses"
        taken = getattr(error, "winerror", None) in _VIRUS_CODES
        return "file_taken" if taken else "disk_refuses"
    finally:
        with contextlib.suppress(OSError):
            file.unlink()


CHECK: Final = Check(NAME, _look, quick=True)
