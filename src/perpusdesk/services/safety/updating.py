"""Becoming a newer program, and going back: what is offered, proven, handed over and remembered.

Packages come from the server (``syncing.updates``) or from a stick (``from_files``); who starts an
installer is handed in (``services.safety.installing``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.given_files import STICK_FOLDER
from perpusdesk.protocol.update import (
    SUFFIX,
    Manifest,
    Package,
    UpdateError,
    UpdateFault,
    prove_file,
    this_platform,
    wanted_package,
)
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.step_back import step_back
from perpusdesk.storage.update_store import Installed, UpdateStore

_MOST_LOOKED: Final = 200
FIRST_ENCRYPTED_SCHEMA: Final = 5
"""Programs before it cannot open an encrypted library."""


class Progress(StrEnum):
    """How far a newer program is."""

    TOLD = "told"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer program for this computer; ``come`` bytes of its package are there, proven if all."""

    manifest: Manifest
    package: Package
    progress: Progress
    come: int

    def notes(self, language: str) -> str:
        """Return what is new, in a language or in any."""
        notes = self.manifest.notes
        return notes.get(language) or next(iter(notes.values()), "")


Start = Callable[[Path], None]
"""Starts an installer. Raises ``KnownError`` when it does not start."""


def offer(store: UpdateStore, here: str = "", running: str = __version__) -> Offer | None:
    """Return the newer program that is known of; ``None`` when there is none for this computer."""
    manifest = store.manifest()
    if manifest is None:
        return None
    try:
        package = wanted_package(manifest, here or this_platform(), running, store.state().seen)
    except UpdateError:
        return None
    ready = store.has(package)
    come = package.size if ready else store.come(package)
    return Offer(manifest, package, Progress.READY if ready else Progress.TOLD, come)


def from_files(store: UpdateStore, given: Iterable[Path]) -> Manifest | None:
    """Take a release over from files or folders (a stick), proven; ``None``: there is none.

    Of several the newest counts. Packages that are not there may come another time. Raises
    ``UpdateError`` for what is altered or older, ``KnownError`` for the disk.
    """
    files = [file for one in given for file in _files_in(one)]
    manifests = [file for file in files if file.suffix == SUFFIX]
    found: Manifest | None = None
    refused: UpdateError | None = None
    for file in manifests:
        try:
            found = store.keep_manifest(_content(file))
        except UpdateError as error:
            refused = error
    if found is None:
        if refused is not None:
            raise refused
        return None
    newest = store.manifest() or found
    for package in newest.packages:
        source = next((file for file in files if file.name == package.name), None)
        if source is not None and not store.has(package):
            store.take(source, package)
    _keep_own(store, newest)
    return newest


def _keep_own(store: UpdateStore, release: Manifest) -> None:
    """Keep the installer of the running program, so that one can come back to it later."""
    own = next((one for one in release.packages if one.platform == this_platform()), None)
    if release.version == __version__ and own is not None and store.has(own):
        mine = Installed(__version__, release.schema, own)
        store.remember(msgspec.structs.replace(store.state(), current=mine))


def on_stick(store: UpdateStore, place: Path) -> Offer | None:
    """Look on a stick for a newer program and take over what is for this computer.

    Damaged and foreign files there are no news: ``None``.
    """
    try:
        if from_files(store, [place, place / STICK_FOLDER]) is None:
            return None
    except UpdateError:
        return None
    return offer(store)


def from_opened(store: UpdateStore, given: Path) -> Offer | UpdateFault | None:
    """Take a release over from a file that somebody opened, with the packages beside it.

    ``given`` may be a folder too. Returns what is offered then, or why not; ``None``: there is no
    release. Raises ``KnownError`` for the disk.
    """
    try:
        beside = _files_in(given if given.is_dir() else given.parent)
        packages = [file for file in beside if file.suffix != SUFFIX]
        release = from_files(store, [given, *packages])
        if release is None:
            return None
        wanted_package(release, this_platform(), __version__)
    except UpdateError as error:
        return error.fault
    return offer(store)


def install(store: UpdateStore, wanted: Offer, start: Start) -> None:
    """Prove the package once more, remember what runs now, and start the installer.

    The program then ends, for the installer replaces it. Raises ``UpdateError``, ``KnownError``.
    """
    file = store.file_of(wanted.package)
    prove_file(file, wanted.package)
    state = store.state()
    mine = state.current
    if mine is None or mine.version != __version__:
        mine = Installed(__version__, latest_step())
    coming = Installed(wanted.manifest.version, wanted.manifest.schema, wanted.package)
    store.remember(msgspec.structs.replace(state, current=coming, former=mine))
    try:
        start(file)
    except KnownError:
        store.remember(state)
        raise


def former(store: UpdateStore) -> Installed | None:
    """Return the program before this one, if its installer is still here: then one may go back."""
    state = store.state()
    if state.former is None or state.current is None or state.current.version != __version__:
        return None
    package = state.former.package
    return state.former if package is not None and store.has(package) else None


def go_back(
    folder: Path,
    store: UpdateStore,
    start: Start,
    key: bytes | None = None,
    schema: int | None = None,
) -> Installed:
    """Go back to the program before this one; nobody may have the library open.

    The library file becomes one of that program's schema, with everything in it; then its
    installer is started. ``schema`` is this program's, for tests. Raises ``KnownError``
    (NO_FORMER_PROGRAM, STEP_BACK_FAILED: then the library is as it was; INSTALLER: then this
    program may open it again, and upgrades it).
    """
    before = former(store)
    if before is None or before.package is None:
        raise KnownError(Fault.NO_FORMER_PROGRAM)
    if key is not None and before.schema < FIRST_ENCRYPTED_SCHEMA:
        cause = f"programs of schema {before.schema} know no encryption"
        raise KnownError(Fault.STEP_BACK_FAILED, cause=cause)
    file = store.file_of(before.package)
    prove_file(file, before.package)
    if before.schema < (schema or latest_step()):
        step_back(folder, before.schema, key=key)
    start(file)
    state = store.state()
    store.remember(msgspec.structs.replace(state, current=before, former=None))
    return before


def _files_in(place: Path) -> list[Path]:
    try:
        if place.is_dir():
            listed = sorted(place.iterdir(), key=lambda file: file.suffix != SUFFIX)
            return [file for file in listed[:_MOST_LOOKED] if file.is_file()]
        return [place] if place.is_file() else []
    except OSError:
        return []


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UpdateError(UpdateFault.MALFORMED) from error
