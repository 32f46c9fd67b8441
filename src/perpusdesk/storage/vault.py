"""The lock of a data folder: where its key is found, and how a lost one is recovered.

The database is encrypted by 32 random bytes that never leave this device in the open. They are in
the key store of the system; and sealed for the library's recovery key, whose private half is only
on the sheet of paper that was printed when the library was made. ``library.key`` beside the
database holds nothing secret.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk.protocol.sealing import KEY_BYTES, SealError, seal, unseal
from perpusdesk.storage.key_store import KeyStore

VAULT_NAME: Final = "library.key"
_NAME_BYTES: Final = 8


class Vault(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """What ``library.key`` says: the name of the key, and the key sealed for its recovery."""

    name: str
    recovery: bytes = b""
    sealed: bytes = b""
    format: int = 1


def read_vault(folder: Path) -> Vault | None:
    """Return the lock of a data folder, ``None`` where the database is not encrypted.

    Raises ``KnownError(DAMAGED)`` when the file is there and cannot be understood.
    """
    file = folder / VAULT_NAME
    try:
        return msgspec.json.decode(file.read_bytes(), type=Vault)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise as_known(error, file) or error from error
    except msgspec.MsgspecError as error:
        raise KnownError(Fault.DAMAGED, file=str(file)) from error


def write_vault(folder: Path, vault: Vault) -> None:
    """Put the lock on a data folder; raises ``KnownError``."""
    write_atomically(folder / VAULT_NAME, msgspec.json.encode(vault))


def new_vault(keys: KeyStore, recovery: bytes = b"") -> tuple[Vault, bytes]:
    """Draw a key, keep it in the key store, and return the lock to be written, and the key.

    ``recovery`` is the library's public recovery key, where it is known already.
    """
    name, key = os.urandom(_NAME_BYTES).hex(), os.urandom(KEY_BYTES)
    keys.put(_stored_as(name), key)
    return recoverable(Vault(name), key, recovery), key


def recoverable(vault: Vault, key: bytes, recovery: bytes) -> Vault:
    """Return the lock with its key sealed for the owner of a recovery key."""
    if not recovery:
        return vault
    sealed = seal(recovery, key, os.urandom(KEY_BYTES))
    return msgspec.structs.replace(vault, recovery=recovery, sealed=sealed)


def key_of(folder: Path, keys: KeyStore) -> bytes | None:
    """Return the key of a data folder, ``None`` where the database is not encrypted.

    Raises ``KnownError(KEY_MISSING)``, with ``recoverable``, when the key store has it not.
    """
    vault = read_vault(folder)
    if vault is None:
        return None
    key = keys.get(_stored_as(vault.name))
    if key is None or len(key) != KEY_BYTES:
        raise KnownError(Fault.KEY_MISSING, file=str(folder), recoverable=bool(vault.sealed))
    return key


def recover(folder: Path, keys: KeyStore, private: bytes) -> bool:
    """Put the key of a data folder back into the key store by the private recovery key.

    Returns whether it was the right one; nothing changed if not.
    """
    vault = read_vault(folder)
    if vault is None or not vault.sealed:
        return False
    try:
        key = unseal(private, vault.sealed)
    except (SealError, ValueError):
        return False
    keys.put(_stored_as(vault.name), key)
    return True


def _stored_as(name: str) -> str:
    return f"database/{name}"
