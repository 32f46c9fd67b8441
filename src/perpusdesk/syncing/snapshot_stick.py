"""A snapshot on a stick, to start a new van: sealed for the library's devices like all that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, sync_folder
from perpusdesk.protocol import stick
from perpusdesk.protocol.snapshot import SignedManifest, read_manifest
from perpusdesk.protocol.stick import StickError
from perpusdesk.syncing.snapshots import Gathering, Shelf

SUFFIX: Final = ".pdsnap"
_MOST_PART: Final = 64 * 1024 * 1024


def to_stick(
    shelf: Shelf, folder: Path, library: bytes, secret: bytes, random: Callable[[int], bytes]
) -> Path:
    """Write the snapshot of a shelf to a stick, whole or not at all; raises ``KnownError``."""
    signed = shelf.current()
    manifest = read_manifest(signed.body) if signed else None
    if signed is None or manifest is None:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(folder), missing=True)
    target = folder / f"{stick.tag_of(library).hex()}-{signed.name.hex()[:12]}{SUFFIX}"
    beside = target.with_name(f".{target.name}")
    head = stick.snapshot_head(library, random(stick.NONCE_BYTES))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(head)
            file.write(stick.seal_part(secret, head, 0, msgspec.msgpack.encode(signed)))
            for number in range(len(manifest.chunks)):
                chunk = shelf.chunk(signed.name, number) or b""
                file.write(stick.seal_part(secret, head, number + 1, chunk))
        beside.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise as_known(error, folder) or error from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def on_stick(folder: Path, library: bytes, secret: bytes) -> list[tuple[int, Path]]:
    """Return the library's snapshots on a stick, the newest first: (made at, Unix ms; file)."""
    found = []
    for path in folder.glob(f"*{SUFFIX}") if folder.is_dir() else ():
        try:
            with path.open("rb") as file:
                signed = _manifest(file, library, secret)
        except (OSError, StickError):
            continue
        if (manifest := read_manifest(signed.body)) is not None:
            found.append((manifest.made_ms, path))
    return sorted(found, reverse=True)


def from_stick(
    path: Path,
    folder: Path,
    library: bytes,
    secret: bytes,
    authority: bytes,
    *,
    key: bytes | None,
) -> Iterator[Gathering]:
    """Gather a snapshot from a stick into ``folder``, piece by piece; raises ``KnownError``.

    ``key`` seals it there. Yields after each piece; at the end all of it is there to be put in.
    """
    try:
        with path.open("rb") as file:
            signed = _manifest(file, library, secret)
            file.seek(0)
            head = file.read(stick.SNAPSHOT_HEAD)
            _part(file)
            gathering = Gathering(folder, signed, authority, key)
            yield gathering
            for number in range(len(gathering.manifest.chunks)):
                sealed = _part(file)
                if gathering.next != number:
                    continue
                if not gathering.put(stick.open_part(secret, head, number + 1, sealed)):
                    raise KnownError(Fault.DAMAGED, file=str(path))
                yield gathering
    except StickError as error:
        raise KnownError(Fault.DAMAGED, file=str(path), cause=error.fault.value) from error
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error)) from error


def _manifest(file: BinaryIO, library: bytes, secret: bytes) -> SignedManifest:
    head = file.read(stick.SNAPSHOT_HEAD)
    if not head.startswith(stick.SNAPSHOT_MAGIC) or len(head) < stick.SNAPSHOT_HEAD:
        raise StickError(stick.StickFault.NO_FILE_OF_OURS)
    if head != stick.snapshot_head(library, head[-stick.NONCE_BYTES :]):
        raise StickError(stick.StickFault.OTHER_LIBRARY)
    data = stick.open_part(secret, head, 0, _part(file))
    try:
        return msgspec.msgpack.decode(data, type=SignedManifest)
    except msgspec.DecodeError as error:
        raise StickError(stick.StickFault.HALF) from error


def _part(file: BinaryIO) -> bytes:
    length = int.from_bytes(file.read(4), "big")
    data = file.read(length) if 0 < length <= _MOST_PART else b""
    if len(data) != length or not length:
        raise StickError(stick.StickFault.HALF)
    return data
