"""Secrets as they are needed while the program runs, read once, beside the desk's work.

A keyring may be slow, or ask its owner something: nobody at the desk waits for that.
"""

from __future__ import annotations

import base64
from pathlib import Path

from perpusdesk.storage.key_store import KeyStore, system_key_store


class _Read:
    """What was read, as a keyring that forgets with the program."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def get_password(self, _service: str, username: str) -> str | None:
        """Return a secret."""
        return self.secrets.get(username)

    def set_password(self, _service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self.secrets[username] = password

    def delete_password(self, _service: str, username: str) -> None:
        """Forget a secret."""
        self.secrets.pop(username, None)


def held_keys(folder: Path, device: bytes) -> KeyStore:
    """Return the device's own secrets of a data folder; call it on no thread that others wait for.

    For reading: what is put into it is forgotten.
    """
    kept, read = system_key_store(folder), _Read()
    for name in (f"device/{device.hex()}", f"secret/{device.hex()}"):
        secret = kept.get(name)
        if secret is not None:
            read.secrets[name] = base64.b64encode(secret).decode("ascii")
    return KeyStore(folder, read)
