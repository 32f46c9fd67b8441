"""Releases of the program for tests, signed by a key that only tests have."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from perpusdesk.protocol.keys import public_of
from perpusdesk.protocol.update import (
    PRODUCT,
    SUFFIX,
    Manifest,
    Package,
    seal_manifest,
    this_platform,
)

KEY = bytes(range(64, 96))
PUBLISHERS = (public_of(KEY),)


def package(content: bytes, name: str = "PerpusDesk.run", platform: str = "") -> Package:
    """Return what a manifest says of a package."""
    return Package(platform or this_platform(), name, len(content), sha256(content).hexdigest())


def release(*packages: Package, **words: Any) -> Manifest:
    """Return a release; ``words`` are other fields than usual."""
    fields: dict[str, Any] = {
        "product": PRODUCT,
        "version": "9.0.0",
        "issued": 9,
        "schema": 9,
        "wires": (1,),
        "minimum": "0.1.0",
        "notes": {"id": "Lebih cepat.", "en": "Faster."},
        "packages": packages,
    }
    return Manifest(**{**fields, **words})


def laid_out(folder: Path, content: bytes, key: bytes = KEY, **words: Any) -> list[Path]:
    """Write a release with one package into a folder, as a publisher hands it out."""
    folder.mkdir(exist_ok=True)
    one = package(content)
    made = release(one, **words)
    files = [folder / f"perpusdesk-{made.version}{SUFFIX}", folder / one.name]
    files[0].write_bytes(seal_manifest(key, made))
    files[1].write_bytes(content)
    return files
