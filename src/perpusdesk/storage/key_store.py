"""Where a device keeps its secrets: the keyring of the system, else files for the owner alone.

They are never in the library's folder, so no backup, snapshot or copied folder carries them. Files
lie in ``<data folder>.keys`` beside it, of mode 0700 and 0600 (those of a portable program in the
user's folder of this computer); on Windows the Credential Manager is always there, and the folder
of the user's data is closed to others.
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, TypeVar

from perpusdesk.common.files import as_known, make_folder, write_atomically
from perpusdesk.common.paths import keys_folder

SERVICE: Final = "PerpusDesk"
_LOG: Final = logging.getLogger(__name__)

T = TypeVar("T")


class Kept(StrEnum):
    """Where secrets are kept."""

    KEYRING = "keyring"
    FILE = "file"


class Keyring(Protocol):
    """What is used of a keyring of the system (``keyring.backend.KeyringBackend``)."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


class KeyStore:
    """The secrets of one data folder, by name; values are bytes."""

    def __init__(self, folder: Path, keyring: Keyring | None = None) -> None:
        """Keep the secrets of the library in ``folder``, in ``keyring`` or in files.

        ``system_key_store`` takes the keyring of the system where there is one.
        """
        self.files = keys_folder(folder)
        self._keyring = keyring

    @property
    def kept(self) -> Kept:
        """Where a secret goes that is put now."""
        return Kept.FILE if self._keyring is None else Kept.KEYRING

    def get(self, name: str) -> bytes | None:
        """Return a secret, wherever it was put, or ``None``.

        A keyring that is locked, and a file that cannot be read, have none: the device is then
        enrolled anew. A file is newer than the keyring: it is there only when that failed.
        """
        found = self._from_file(name)
        return self._from_keyring(name) if found is None else found

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises ``KnownError`` when neither keyring nor disk takes it."""
        ring = self._keyring
        if ring is not None:
            _attempt("keep", lambda: ring.set_password(SERVICE, name, _text(secret)))
            if self._from_keyring(name) == secret:
                self._file(name).unlink(missing_ok=True)
                return
            self._keyring = None
        self._to_file(name, secret)

    def remove(self, name: str) -> None:
        """Forget a secret, if it is there."""
        ring = self._keyring
        if ring is not None and self._from_keyring(name) is not None:
            _attempt("forget", lambda: ring.delete_password(SERVICE, name))
        self._file(name).unlink(missing_ok=True)

    def _from_keyring(self, name: str) -> bytes | None:
        ring = self._keyring
        if ring is None:
            return None
        return _bytes(_attempt("read", lambda: ring.get_password(SERVICE, name)))

    def _from_file(self, name: str) -> bytes | None:
        try:
            return _bytes(self._file(name).read_text("ascii"))
        except (OSError, UnicodeDecodeError):
            return None

    def _to_file(self, name: str, secret: bytes) -> None:
        try:
            make_folder(self.files, 0o700)
            self.files.chmod(0o700)
        except OSError as error:
            raise (as_known(error, self.files) or error) from error
        write_atomically(self._file(name), _text(secret).encode("ascii"))
        self._file(name).chmod(0o600)

    def _file(self, name: str) -> Path:
        return self.files / name.replace("/", "-")


def system_key_store(folder: Path) -> KeyStore:
    """Return the key store of a data folder, with the keyring of this system if there is one."""
    return KeyStore(folder, _attempt("find", _system_keyring))


def _system_keyring() -> Keyring | None:
    """Return the system's keyring; a server, a container and CI have none."""
    import keyring

    found: Keyring = keyring.get_keyring()
    return found if getattr(found, "priority", 0) > 0 else None


def _attempt(what: str, call: Callable[[], T]) -> T | None:
    """Go on without the keyring when it fails, whatever way it does; the log says that it did."""
    try:
        return call()
    except Exception as error:  # each keyring has its own, among them bare RuntimeError and OSError
        _LOG.warning("the keyring did not %s a secret: %s", what, type(error).__name__)
        return None


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _bytes(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
