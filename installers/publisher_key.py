"""The key that signs releases: made once by whoever publishes, and never kept in the repository.

    .venv/bin/python -m installers.publisher_key FILE       make a key pair
    .venv/bin/python -m installers.publisher_key --check    is there a real one?

The private half goes to FILE, which must be new and outside the repository; the public half is
added to ``resources/publisher.keys``. Until then a place holder stands there, whose private half
nobody has: with it no release is made.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from secrets import token_bytes
from typing import Final

from installers.freezing import BuildError
from installers.version import ROOT
from perpusdesk.protocol.keys import KEY_BYTES, make_key, public_of
from perpusdesk.protocol.update import read_keys

KEYS: Final = ROOT / "resources" / "publisher.keys"
PLACE_HOLDER: Final = "place holder"
"""A key whose line carries this remark belongs to nobody."""
VARIABLE: Final = "PERPUSDESK_PUBLISHER_KEY"
FILE_VARIABLE: Final = "PERPUSDESK_PUBLISHER_KEY_FILE"


class PublisherKeyError(BuildError):
    """The key cannot be made or used; the text says why."""


def main(words: list[str]) -> int:
    """Make a pair in the file that is named, or check; return the exit code."""
    if len(words) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        if words[0] == "--check":
            sys.stdout.writelines(f"{key.hex()}\n" for key in real_keys(KEYS))
        else:
            make_pair(Path(words[0]), KEYS)
            sys.stdout.write(f"private: {words[0]}\npublic, to be committed: {KEYS}\n")
    except PublisherKeyError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    return 0


def make_pair(private: Path, public: Path, random: bytes | None = None) -> None:
    """Write a new private key to a file for its owner alone, and add its public half to ``public``.

    Place holders go. Raises ``PublisherKeyError``; then nothing was written.
    """
    place = private.resolve()
    if place.is_relative_to(public.resolve().parent.parent):
        raise PublisherKeyError(f"{private} is inside the repository: choose another place")
    key = make_key(random or token_bytes(KEY_BYTES))
    try:
        opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise PublisherKeyError(f"{private}: {error.strerror}") from error
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(f"{key.hex()}\n")
    lines = public.read_text("utf-8").splitlines()
    kept = [line for line in lines if not _holds_place(line)]
    public.write_text("\n".join([*kept, public_of(key).hex()]) + "\n", "utf-8")


def real_keys(public: Path) -> tuple[bytes, ...]:
    """Return the publisher's public keys. Raises ``PublisherKeyError`` for a place holder."""
    text = public.read_text("utf-8")
    if any(_holds_place(line) for line in text.splitlines()):
        raise PublisherKeyError(
            f"{public.name} has a place holder: make the publisher's key first"
            " (docs/developers/releasing.md)"
        )
    return read_keys(text)


def private_key(told: Mapping[str, str], publishers: tuple[bytes, ...]) -> bytes:
    """Return the key that the environment ``told`` holds or names.

    Raises ``PublisherKeyError`` for none, for what is no key, and for one that programs would not
    believe, since its public half is not among ``publishers``.
    """
    text = told.get(VARIABLE, "")
    if not text and (named := told.get(FILE_VARIABLE, "")):
        text = Path(named).read_text("ascii")
    if not text:
        raise PublisherKeyError(f"neither {VARIABLE} nor {FILE_VARIABLE} is set")
    try:
        key = make_key(bytes.fromhex(text.strip()))
    except ValueError as error:
        raise PublisherKeyError("this is no key: 64 digits 0-9 a-f are") from error
    if public_of(key) not in publishers:
        raise PublisherKeyError("this key is not in publisher.keys: no program would believe it")
    return key


def _holds_place(line: str) -> bool:
    return not line.startswith("#") and PLACE_HOLDER in line.partition("#")[2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
