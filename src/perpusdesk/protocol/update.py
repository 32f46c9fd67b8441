"""The manifest of a newer program: what it is, its packages, and the publisher's signature.

Bytes: 64 of signature (Ed25519), then JSON. The publisher's public keys come with the program
(``resources/publisher.keys``), so neither a server nor a stick can pass another program off.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final

import msgspec

from perpusdesk.common.given_files import UPDATE
from perpusdesk.common.paths import is_frozen, portable_data
from perpusdesk.domain.versions import is_newer, read_version
from perpusdesk.protocol.keys import KEY_BYTES, SIGNATURE_BYTES, sign, verify

PATH: Final = "/v1/update"
"""Where a server tells its manifest, and gives its packages piece by piece."""
MOST_PIECE: Final = 256 * 1024
MOST_WANTED: Final = 1024
SUFFIX: Final = UPDATE
PRODUCT: Final = "perpusdesk"
MOST_BYTES: Final = 64 * 1024
_MOST_PACKAGE: Final = 2 << 30
_WORDS: Final = b"perpusdesk update 1\0"
_PIECE: Final = 1 << 20
_SYSTEMS_OWN: Final = Path("/usr/lib")

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$")]


class UpdateFault(StrEnum):
    """Why an update is not taken."""

    MALFORMED = "malformed"
    FORGED = "forged"
    OTHER_PRODUCT = "other_product"
    OTHER_PLATFORM = "other_platform"
    NOT_NEWER = "not_newer"
    REPLAYED = "replayed"
    PROGRAM_TOO_OLD = "program_too_old"
    ALTERED = "altered"
    INCOMPLETE = "incomplete"


class UpdateError(Exception):
    """An update was not taken; ``fault`` says why."""

    def __init__(self, fault: UpdateFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Package(msgspec.Struct, frozen=True):
    """The installer for one platform."""

    platform: str
    name: Name
    size: Annotated[int, msgspec.Meta(gt=0, le=_MOST_PACKAGE)]
    sha256: Sha256


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """A release. ``issued`` counts up from release to release; ``notes`` are by language.

    ``minimum`` is the oldest program that may be replaced by it; ``wires`` the wire formats that
    it reads.
    """

    product: str
    version: str
    issued: int
    schema: int
    wires: tuple[int, ...]
    minimum: str
    notes: dict[str, str]
    packages: tuple[Package, ...]


class Wanted(msgspec.Struct, frozen=True):
    """What a device asks a server for: some bytes of a package, or (no sum) the manifest."""

    sha256: str = ""
    at: Annotated[int, msgspec.Meta(ge=0, le=_MOST_PACKAGE)] = 0
    most: Annotated[int, msgspec.Meta(ge=0, le=MOST_PIECE)] = 0


def encode_wanted(wanted: Wanted) -> bytes:
    """Return the bytes that are sent."""
    return msgspec.json.encode(wanted)


def decode_wanted(data: bytes) -> Wanted:
    """Return what is asked for. Raises ``UpdateError`` (MALFORMED)."""
    try:
        return msgspec.json.decode(data, type=Wanted)
    except msgspec.MsgspecError as error:
        raise UpdateError(UpdateFault.MALFORMED) from error


def seal_manifest(private: bytes, manifest: Manifest) -> bytes:
    """Return the signed bytes of a manifest; for whoever publishes."""
    body = msgspec.json.encode(manifest)
    return sign(private, _WORDS + body) + body


def read_manifest(data: bytes, publishers: Iterable[bytes]) -> Manifest:
    """Return what a publisher says. Raises ``UpdateError``."""
    if not SIGNATURE_BYTES < len(data) <= MOST_BYTES:
        raise UpdateError(UpdateFault.MALFORMED)
    signature, body = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
    if not any(verify(key, signature, _WORDS + body) for key in publishers):
        raise UpdateError(UpdateFault.FORGED)
    try:
        manifest = msgspec.json.decode(body, type=Manifest)
    except msgspec.MsgspecError as error:
        raise UpdateError(UpdateFault.MALFORMED) from error
    if manifest.product != PRODUCT:
        raise UpdateError(UpdateFault.OTHER_PRODUCT)
    if read_version(manifest.version) is None:
        raise UpdateError(UpdateFault.MALFORMED)
    return manifest


def wanted_package(manifest: Manifest, here: str, running: str, seen: int = 0) -> Package:
    """Return the package for a platform, if it is an update for a running version.

    ``seen`` is the newest ``issued`` that was heard of: an older manifest is a replay. Raises
    ``UpdateError``.
    """
    if manifest.issued < seen:
        raise UpdateError(UpdateFault.REPLAYED)
    if not is_newer(manifest.version, running):
        raise UpdateError(UpdateFault.NOT_NEWER)
    if is_newer(manifest.minimum, running):
        raise UpdateError(UpdateFault.PROGRAM_TOO_OLD)
    return package_for(manifest.packages, here)


def package_for(packages: Sequence[Package], here: str) -> Package:
    """Return the package for a platform. Raises ``UpdateError`` (OTHER_PLATFORM)."""
    found = next((one for one in packages if one.platform == here), None)
    if found is None:
        raise UpdateError(UpdateFault.OTHER_PLATFORM)
    return found


def prove_file(file: Path, package: Package) -> None:
    """See that a file is the package that was signed. Raises ``UpdateError`` (ALTERED)."""
    total = sha256()
    try:
        if file.stat().st_size != package.size:
            raise UpdateError(UpdateFault.ALTERED)
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                total.update(piece)
    except OSError as error:
        raise UpdateError(UpdateFault.ALTERED) from error
    if total.hexdigest() != package.sha256:
        raise UpdateError(UpdateFault.ALTERED)


def read_keys(text: str) -> tuple[bytes, ...]:
    """Return the public keys of a key file: hex, one in a line, ``#`` begins a remark."""
    words = (line.partition("#")[0].strip() for line in text.splitlines())
    keys = tuple(bytes.fromhex(word) for word in words if word)
    if any(len(key) != KEY_BYTES for key in keys):
        raise ValueError("a key of the wrong length")
    return keys


def this_platform() -> str:
    """Return what manifests call this program's platform: ``windows-x86_64``, ``linux-aarch64``.

    A program that the system's package manager installed is ``linux-x86_64-deb``, one on a stick
    ``windows-x86_64-portable``: another kind of package would only put a second one beside it.
    """
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"{system}-{machine}{_kind(system)}"


def _kind(system: str) -> str:
    if portable_data() is not None:
        return "-portable"
    owned = is_frozen() and Path(sys.executable).resolve().is_relative_to(_SYSTEMS_OWN)
    return "-deb" if system == "linux" and owned else ""
