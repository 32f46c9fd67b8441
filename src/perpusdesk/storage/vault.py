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
COPY_NAME: Final = "library.key.copy"
_NAME_BYTES: Final = 8


class Vault(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """What ``library.key`` says: the name of the key, and the key sealed for its recovery."""

    name: str
    recovery: bytes = b""
    sealed: bytes = b""
    format: int = 1


def read_vault(folder: Path) -> Vault | None:
    """Return the lock of a data folder, ``None`` where the database is not encrypted.

    Raises ``KnownError(DAMAGED)`` when neither the file nor its copy can be understood.
    """
    damaged: KnownError | None = None
    for name in (VAULT_NAME, COPY_NAME):
        try:
            return msgspec.json.decode((folder / name).read_bytes(), type=Vault)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise as_known(error, folder / name) or error from error
        except msgspec.MsgspecError as error:
            damaged = KnownError(Fault.DAMAGED, file=str(folder / name))
            damaged.__cause__ = error
    if damaged is not None:
        raise damaged
    return None


def write_vault(folder: Path, vault: Vault, *names: str) -> None:
    """Put the lock on a data folder, under other names if they are given. Raises ``KnownError``."""
    for name in names or (VAULT_NAME, COPY_NAME):
        write_atomically(folder / name, msgspec.json.encode(vault))


def follow_recovery(folder: Path, key: bytes, recovery: bytes) -> bool:
    """See that the key of a folder is sealed for the library's recovery key of today.

    Returns whether anything had to be written. Raises ``KnownError``.
    """
    vault = read_vault(folder)
    if vault is None or not recovery or vault.recovery == recovery:
        return False
    try:
        write_vault(folder, recoverable(vault, key, recovery))
    except SealError:  # what another device wrote is no key
        return False
    return True


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


def has_key(vault: Vault, keys: KeyStore) -> bool:
    """Whether the key store has the key that a lock names."""
    return keys.get(_stored_as(vault.name)) is not None


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
