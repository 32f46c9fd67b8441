"""The packages of the program that a data folder keeps: what comes, what is ready, what was before.

``updates/`` holds the newest manifest, its package (``.part`` while it comes), and, once it was
installed, the package of the program that runs, so that one step back has an installer too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, make_folder, sync_folder, write_atomically
from perpusdesk.common.paths import resources
from perpusdesk.protocol.update import (
    Manifest,
    Package,
    UpdateError,
    UpdateFault,
    prove_file,
    read_keys,
    read_manifest,
)

FOLDER: Final = "updates"
_MANIFEST: Final = "manifest"
_STATE: Final = "state.json"
_PART: Final = ".part"
_SPARE_BYTES: Final = 100_000_000


def publisher_keys() -> tuple[bytes, ...]:
    """Return the public keys of whoever publishes this program."""
    return read_keys(resources("publisher.keys").read_text("utf-8"))


class Installed(msgspec.Struct, frozen=True):
    """A program that was installed from here: its version and schema, and its package."""

    version: str
    schema: int
    package: Package | None = None


class State(msgspec.Struct, frozen=True):
    """What a folder remembers: the newest manifest heard of, and the programs of now and before."""

    seen: int = 0
    current: Installed | None = None
    former: Installed | None = None


class UpdateStore:
    """The folder ``updates`` of one data folder. All raise ``KnownError`` when the disk refuses."""

    def __init__(self, data: Path, publishers: tuple[bytes, ...]) -> None:
        """``publishers`` are the public keys that count."""
        self.folder, self.publishers = data / FOLDER, publishers

    # -- what is remembered ---------------------------------------------------------------------

    def state(self) -> State:
        """Return what is remembered; nothing where that cannot be read."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode((self.folder / _STATE).read_bytes(), type=State)
        return State()

    def remember(self, state: State) -> None:
        """Remember it, and drop the packages that nothing speaks of any more."""
        write_atomically(self.folder / _STATE, msgspec.json.encode(state))
        told = self.manifest()
        kept = {package.sha256 for package in told.packages} if told else set()
        for one in (state.current, state.former):
            if one is not None and one.package is not None:
                kept.add(one.package.sha256)
        for file in self.folder.iterdir():
            sum_ = file.name.split(".")[0].split("-")[0]
            if len(sum_) == 64 and sum_ not in kept:
                with contextlib.suppress(OSError):
                    file.unlink()

    def manifest(self) -> Manifest | None:
        """Return the newest release that was told of, if its signature is good."""
        try:
            return read_manifest(self.manifest_bytes(), self.publishers)
        except UpdateError:
            return None

    def keep_manifest(self, data: bytes) -> Manifest:
        """Keep a manifest; raises ``UpdateError`` for one that is older than the one before."""
        manifest, state = read_manifest(data, self.publishers), self.state()
        if manifest.issued < state.seen:
            raise UpdateError(UpdateFault.REPLAYED)
        write_atomically(self.folder / _MANIFEST, data)
        if manifest.issued > state.seen:
            self.remember(msgspec.structs.replace(state, seen=manifest.issued))
        return manifest

    def manifest_bytes(self) -> bytes:
        """Return the newest release as it was signed; nothing where there is none."""
        try:
            return (self.folder / _MANIFEST).read_bytes()
        except OSError:
            return b""

    # -- packages -------------------------------------------------------------------------------

    def file_of(self, package: Package) -> Path:
        """Return where a package lies when it is whole; its own name stays at the end."""
        return self.folder / f"{package.sha256}-{package.name}"

    def has(self, package: Package) -> bool:
        """Whether a package is there, whole and as signed."""
        try:
            prove_file(self.file_of(package), package)
        except UpdateError:
            return False
        return True

    def come(self, package: Package) -> int:
        """Return how many bytes of a package are there."""
        if self.file_of(package).exists():
            return package.size
        with contextlib.suppress(OSError):
            return min(self._part(package).stat().st_size, package.size)
        return 0

    def add(self, package: Package, at: int, piece: bytes) -> None:
        """Add the next piece of a package, at the byte where it belongs."""
        part = self._part(package)
        try:
            make_folder(self.folder)
            if at == 0:
                self._see_room(package)
            with part.open("r+b" if part.exists() else "w+b") as file:
                file.seek(at)
                file.truncate()
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise as_known(error, part) or error from error

    def piece(self, sha256: str, at: int, most: int) -> bytes:
        """Return some bytes of a package of the newest release; nothing where it is not there."""
        told = self.manifest()
        package = (
            next((one for one in told.packages if one.sha256 == sha256), None) if told else None
        )
        if package is None:
            return b""
        try:
            with self.file_of(package).open("rb") as file:
                file.seek(at)
                return file.read(most)
        except OSError:
            return b""

    def finish(self, package: Package) -> Path:
        """Give a package its name, now that it is whole. Raises ``UpdateError`` if it is altered.

        What was altered is thrown away, so that it comes anew.
        """
        part, file = self._part(package), self.file_of(package)
        try:
            prove_file(part, package)
        except UpdateError:
            part.unlink(missing_ok=True)
            raise
        part.replace(file)
        sync_folder(self.folder)
        return file

    def take(self, source: Path, package: Package) -> Path:
        """Copy a package from a stick or a folder, proven here. Raises ``UpdateError``."""
        prove_file(source, package)
        try:
            with source.open("rb") as opened:
                at = 0
                while piece := opened.read(1 << 20):
                    self.add(package, at, piece)
                    at += len(piece)
        except OSError as error:
            raise as_known(error, source) or error from error
        return self.finish(package)

    def _part(self, package: Package) -> Path:
        return self.folder / f"{package.sha256}{_PART}"

    def _see_room(self, package: Package) -> None:
        needed, free = package.size + _SPARE_BYTES, shutil.disk_usage(self.folder).free
        if free < needed:
            raise KnownError(Fault.DISK_FULL, file=str(self.folder), needed=needed, free=free)
