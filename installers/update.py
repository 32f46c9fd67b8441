"""The signed manifest of a release: ``python3 dev.py build update`` makes it from the packages.

It names every package in ``out/packages`` that a program can update itself by, with size and
SHA-256. Beside it ``SHA256SUMS`` is written for people. The key comes from the environment
(``publisher_key``), and nothing is signed that running programs would not believe.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from installers.freezing import BuildError
from installers.publisher_key import KEYS, private_key, real_keys
from installers.version import moment, packages, version
from perpusdesk.protocol.update import (
    MOST_BYTES,
    PRODUCT,
    SUFFIX,
    Manifest,
    Package,
    read_manifest,
    seal_manifest,
)
from perpusdesk.protocol.wire.header import FORMAT
from perpusdesk.storage.migrate import latest_step

NOTES: Final = Path(__file__).parent / "release-notes.toml"
SUMS: Final = "SHA256SUMS"
ENDINGS: Final = {
    "-windows-x86_64-setup.exe": "windows-x86_64",
    "-windows-x86_64-portable.zip": "windows-x86_64-portable",
    "-linux-x86_64.run": "linux-x86_64",
    "_amd64.deb": "linux-x86_64-deb",
}
"""How the file of a package ends, and which programs it is for (``protocol.update``)."""
_DESKTOP: Final = ("PerpusDesk-", "perpusdesk_")


class ReleaseError(BuildError):
    """No manifest can be made; the text says why."""


def make() -> list[Path]:
    """Sign the packages that are there and return the manifest and the sums."""
    publishers = real_keys(KEYS)
    key = private_key(os.environ, publishers)
    return sign_release(packages(), key, publishers)


def sign_release(folder: Path, key: bytes, publishers: tuple[bytes, ...]) -> list[Path]:
    """Write the manifest of the packages in ``folder``, proven as programs prove it, and the sums.

    Raises ``ReleaseError``: no package, or no notes for this version.
    """
    manifest = manifest_of(folder, NOTES.read_text("utf-8"))
    sealed = seal_manifest(key, manifest)
    if len(sealed) > MOST_BYTES:
        raise ReleaseError("the notes are too long")
    read_manifest(sealed, publishers)
    file = folder / f"{PRODUCT}-{version()}{SUFFIX}"
    file.write_bytes(sealed)
    return [file, sums(folder)]


def manifest_of(folder: Path, notes: str) -> Manifest:
    """Return what is said of the packages of this version in ``folder``; ``notes`` is TOML."""
    told = tomllib.loads(notes)
    mine = told.get(version())
    if not isinstance(mine, dict) or not {"id", "en", "minimum"} <= mine.keys():
        raise ReleaseError(f"{NOTES.name} has no id, en and minimum for {version()}")
    found = tuple(_packages(folder))
    if not found:
        raise ReleaseError(f"no package of {version()} in {folder}")
    return Manifest(
        product=PRODUCT,
        version=version(),
        issued=moment(),
        schema=latest_step(),
        wires=(FORMAT,),
        minimum=str(mine["minimum"]),
        notes={language: str(mine[language]) for language in ("id", "en")},
        packages=found,
    )


def _packages(folder: Path) -> Iterable[Package]:
    for ending, platform in ENDINGS.items():
        for start in _DESKTOP:
            file = folder / f"{start}{version()}{ending}"
            if file.is_file():
                yield Package(platform, file.name, file.stat().st_size, _sum(file))


def sums(folder: Path) -> Path:
    """Write the SHA-256 of all files there as ``sha256sum --check`` reads them."""
    file = folder / SUMS
    listed = sorted(one for one in folder.iterdir() if one.is_file() and one.name != SUMS)
    lines = (f"{_sum(one)}  {one.name}\n" for one in listed)
    file.write_text("".join(lines), "ascii", newline="\n")
    return file


def _sum(file: Path) -> str:
    total = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            total.update(piece)
    return total.hexdigest()
