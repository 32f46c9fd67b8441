"""Printers that take raw bytes: finding them, and sending to one of them."""

from __future__ import annotations

import errno
import os
import select
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing import devices_windows

SECONDS: Final = 20
_POSIX: Final[bool] = os.name == "posix"
_A4: Final = (210.0, 297.0)
_LINUX_PORTS: Final = ("usb/lp*", "lp[0-9]*", "rfcomm*")


class TargetKind(StrEnum):
    """The way to a printer."""

    FILE = "file"
    CUPS = "cups"
    SPOOLER = "spooler"


@dataclass(frozen=True, slots=True)
class Target:
    """A place for raw bytes: a device file, a port or a plain file, or a queue by its name."""

    kind: TargetKind
    address: str

    def setting(self) -> str:
        """Return the target as one text for the settings."""
        return f"{self.kind}:{self.address}"


def target_from(setting: str) -> Target | None:
    """Return the target that ``Target.setting`` wrote, ``None`` for any other text."""
    kind, colon, address = setting.partition(":")
    if not (colon and address) or kind not in set(TargetKind):
        return None
    return Target(TargetKind(kind), address)


def targets(devices: Path = Path("/dev")) -> list[Target]:
    """Return the raw printers of this machine, those that are plugged in first."""
    if not _POSIX:
        queues = [Target(TargetKind.SPOOLER, name) for name in devices_windows.queues()]
        ports = [Target(TargetKind.FILE, port) for port in devices_windows.serial_ports()]
        return [*queues, *ports]
    plugged = [Target(TargetKind.FILE, str(path)) for path in _device_files(devices)]
    return [*plugged, *(Target(TargetKind.CUPS, name) for name in _cups_queues())]


def _device_files(devices: Path) -> Iterator[Path]:
    for pattern in _LINUX_PORTS:
        yield from sorted(devices.glob(pattern))


def _cups_queues() -> list[str]:
    lister = shutil.which("lpstat")
    if lister is None:
        return []
    try:
        done = subprocess.run(  # noqa: S603 - CUPS' own program, no shell
            [lister, "-e"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def send(data: bytes, target: Target, seconds: float = SECONDS) -> None:
    """Send ``data`` to the printer as it is; waits at most ``seconds`` at a time.

    Raises ``KnownError(PRINTER, target, cause)`` when it cannot be handed over; ``cause`` is the
    system's own sentence. That the paper came out is nowhere promised: raw printers do not say.
    """
    try:
        if target.kind is TargetKind.FILE:
            _to_file(data, target.address, seconds)
        elif target.kind is TargetKind.CUPS:
            _to_cups(data, target.address, seconds)
        else:
            devices_windows.to_spooler(data, target.address)
    except OSError as error:
        cause = error.strerror or str(error)
        raise KnownError(Fault.PRINTER, target=target.address, cause=cause) from error
    except subprocess.TimeoutExpired as error:
        cause = f"{seconds:g} s"
        raise KnownError(Fault.PRINTER, target=target.address, cause=cause) from error


def _to_file(data: bytes, address: str, seconds: float) -> None:
    port = os.open(address, _open_flags(address), 0o644)
    try:
        rest = memoryview(data)
        while rest:
            if _POSIX and not select.select([], [port], [], seconds)[1]:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
            rest = rest[os.write(port, rest) :]
    finally:
        os.close(port)


def _open_flags(address: str) -> int:
    flags = os.O_WRONLY
    for name in ("O_BINARY", "O_NONBLOCK", "O_NOCTTY"):
        flags |= getattr(os, name, 0)
    # An unplugged printer must not become a plain file in its place; shared memory has plain files.
    is_port = address.startswith(("/dev/", "\\\\.\\")) and Path(address).parts[2:3] != ("shm",)
    return flags if is_port else flags | os.O_CREAT | os.O_TRUNC


def send_pdf(pdf: bytes, queue: str, page: tuple[float, float], seconds: float = SECONDS) -> None:
    """Print a PDF at its own size on a CUPS queue; ``page`` is its width and height in mm.

    Raises ``KnownError(PRINTER, target, cause)`` when it is not taken. That the paper came out is
    nowhere promised.
    """
    size = "A4" if page == _A4 else f"Custom.{page[0]:g}x{page[1]:g}mm"
    options = ("-t", "PerpusDesk", "-o", "print-scaling=none", "-o", f"media={size}")
    try:
        _lp(pdf, queue, options, seconds)
    except (OSError, subprocess.TimeoutExpired) as error:
        cause = str(error) if isinstance(error, OSError) else f"{seconds:g} s"
        raise KnownError(Fault.PRINTER, target=queue, cause=cause) from error


def _to_cups(data: bytes, queue: str, seconds: float) -> None:
    _lp(data, queue, ("-o", "raw"), seconds)


def _lp(data: bytes, queue: str, options: Sequence[str], seconds: float) -> None:
    printer = shutil.which("lp")
    if printer is None:
        raise FileNotFoundError("lp")
    done = subprocess.run(  # noqa: S603 - CUPS' own program, no shell
        [printer, "-d", queue, *options],
        input=data,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    if done.returncode:
        raise OSError(done.stderr.decode(errors="replace").strip() or queue)
