"""What a server is told once, in ``server.toml`` of its data folder; the rest is in the library."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk_server.device_backups import USUAL_BYTES

FILE: Final = "server.toml"
DATABASE_VARIABLE: Final = "PERPUSDESK_DATABASE"
"""Overrides ``database``: for those who keep passwords out of files."""


class ServerConfig(msgspec.Struct, frozen=True):
    """``database``: the address of a PostgreSQL, empty for a file in the data folder.

    ``schema``: the library's schema there. ``address``: where devices reach this server.
    ``backup_bytes``: how much of its disk each device may fill with its backups, 0 for nothing.
    """

    database: str = ""
    schema: str = ""
    address: str = ""
    name: str = "Server"
    backup_bytes: Annotated[int, msgspec.Meta(ge=0)] = USUAL_BYTES


def read_config(folder: Path) -> ServerConfig:
    """Return what is set; raises ``KnownError`` for a file that cannot be understood."""
    file = folder / FILE
    try:
        config = msgspec.toml.decode(file.read_bytes(), type=ServerConfig)
    except FileNotFoundError:
        config = ServerConfig()
    except (msgspec.DecodeError, ValueError) as error:
        raise KnownError(Fault.UNUSABLE_INPUT, cause=f"{file}: {error}") from error
    except OSError as error:
        raise as_known(error, file) or error from error
    database = os.environ.get(DATABASE_VARIABLE, "")
    return msgspec.structs.replace(config, database=database) if database else config


def write_config(folder: Path, config: ServerConfig) -> None:
    """Keep it, for the owner's eyes alone: the database's address may hold a password."""
    file = folder / FILE
    write_atomically(file, msgspec.toml.encode(config))
    file.chmod(0o600)
