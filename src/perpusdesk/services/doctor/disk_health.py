"""What the system itself says of the disk, without special rights: errors, a failing disk.

Linux tells it in ``/sys``: ext4 counts the errors that it noted
(https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-fs-ext4), btrfs those of each device, an
array whether a disk is missing in it. Windows is asked through PowerShell (``Get-PhysicalDisk``).
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psutil

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity

NAME: Final = "disk_health"
_SYS: Final = Path("/sys")
_WAIT_S: Final = 30
_ASK: Final = (
    "Get-Partition -DriveLetter {letter} | Get-Disk | Get-PhysicalDisk"
    " | Select-Object FriendlyName, HealthStatus | ConvertTo-Json -Compress"
)
_HEALTHY: Final = frozenset({"healthy", "0", "unknown", "5", "none", ""})


def _look(patient: Patient) -> Iterator[Finding]:
    folder = patient.folder.resolve()
    if sys.platform == "win32":
        yield from _on_windows(folder)
    elif sys.platform == "linux":
        yield from noted_by_linux(device_of(folder))


def device_of(place: Path) -> str:
    """Return the name of the block device that holds a folder, nothing where there is none."""
    with contextlib.suppress(OSError, RuntimeError):
        above = {str(one) for one in (place, *place.parents)}
        parts = [one for one in psutil.disk_partitions(all=False) if one.mountpoint in above]
        nearest = max(parts, key=lambda one: len(one.mountpoint), default=None)
        if nearest is not None and nearest.device.startswith("/dev/"):
            return Path(nearest.device).resolve().name
    return ""


def noted_by_linux(device: str, root: Path = _SYS) -> Iterator[Finding]:
    """Yield what the kernel noted of a block device; ``root`` is where ``/sys`` is."""
    if not device:
        return
    errors = _number(root / "fs/ext4" / device / "errors_count")
    for entry in (root / "fs/btrfs").glob(f"*/devices/{device}"):
        for told in entry.parent.parent.glob("devinfo/*/error_stats"):
            errors += sum(int(word) for word in _text(told).split() if word.isdigit())
    if errors:
        yield Finding(NAME, "disk_errors", Severity.WARNING, {"count": errors})
    if any(_number(one / "md/degraded") for one in _with_slaves(root / "class/block" / device)):
        yield Finding(NAME, "disk_degraded", Severity.WARNING)


def _with_slaves(block: Path) -> Iterator[Path]:
    """Yield a block device and those that it is made of."""
    yield block
    for below in block.glob("slaves/*"):
        yield from _with_slaves(block.parent / below.name)


def _number(file: Path) -> int:
    word = _text(file).strip()
    return int(word) if word.isdigit() else 0


def _text(file: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return file.read_text("ascii")
    return ""


def _on_windows(folder: Path) -> Iterator[Finding]:
    letter = folder.drive[:1]
    if not letter.isalpha():
        return
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(  # noqa: S603 (fixed words and the letter of a drive)
            [*command, _ASK.format(letter=letter)],
            capture_output=True,
            text=True,
            timeout=_WAIT_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        for disk in failing_disks(done.stdout):
            yield Finding(NAME, "disk_failing", Severity.WARNING, {"what": disk})


def failing_disks(said: str) -> list[str]:
    """Return the names of the disks that Windows does not call healthy.

    ``said`` is what PowerShell answered, one object or a list of them; health is a word, or the
    number that stands for it (0: healthy, 1: warning, 2: unhealthy, 5: unknown).
    """
    try:
        told: Any = json.loads(said)
    except ValueError:
        return []
    disks = told if isinstance(told, list) else [told]
    return [
        str(disk.get("FriendlyName") or "?").strip()
        for disk in disks
        if isinstance(disk, dict)
        and str(disk.get("HealthStatus", "")).strip().lower() not in _HEALTHY
    ]


CHECK: Final = Check(NAME, _look)
