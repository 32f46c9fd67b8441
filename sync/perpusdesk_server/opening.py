"""From a data folder to a library that can be served: the server's own, or a hub's."""

from __future__ import annotations

from pathlib import Path
from secrets import token_bytes

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage import device_book
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing import admission
from perpusdesk.syncing import membership as own
from perpusdesk.syncing.authority import Authority, authority_of
from perpusdesk.syncing.book import LibraryBook
from perpusdesk.syncing.identity import Member, as_member, member_of, own_data
from perpusdesk_server.config import ServerConfig, read_config, write_config


def key_store_of(folder: Path) -> KeyStore:
    """Return where the secrets of the server in a data folder are."""
    return system_key_store(folder)


def make_empty(folder: Path, config: ServerConfig) -> Library:
    """Make the library of a new server, with nothing in it; raises ``KnownError``.

    Until something is written to it, it takes over the library of the first device that joins.
    """
    if not config.database:
        library = Library.create(folder, encrypted=True)
        folder.chmod(0o700)
        write_config(folder, config)
        return library
    from perpusdesk.storage.postgres.library import PostgresLibrary

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = PostgresLibrary.create_in(config.database, name=config.schema)
    write_config(folder, msgspec.structs.replace(config, schema=made.name))
    return made


def is_there(folder: Path) -> bool:
    """Whether a server was set up in a data folder."""
    return (folder / FILE_NAME).is_file() or bool(read_config(folder).schema)


def open_library(folder: Path, *, writable: bool = True) -> Library:
    """Open the library of the server in a data folder; raises ``KnownError``."""
    config = read_config(folder)
    if not config.database:
        return Library.open(folder, writable=writable, encrypted=True)
    if not config.schema:
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(folder), missing=True)
    from perpusdesk.storage.postgres.library import PostgresLibrary

    return PostgresLibrary.open_in(config.database, config.schema, writable=writable)


def as_server(library: Library, store: KeyStore, name: str) -> tuple[Member, Authority]:
    """Return the library as its own server holds it, with the authority that admits devices.

    Raises ``KnownError``: KEYS_LOST when the secrets are not here.
    """
    holder = authority_of(store, library, name, token_bytes)
    if device_book.claimed(library):
        book = LibraryBook(library, holder.public)
        number = device_book.highest_number(library)
        admission.certified_server(library.id, book, holder, library.now_ms(), number)
    private = own.device_key(store, library.device)
    if private is None:
        raise KnownError(Fault.KEYS_LOST, file=str(store.files), kept=store.kept.value)
    return as_member(library, private, holder.public, own_data(library)), holder


def as_hub(library: Library, store: KeyStore) -> Member:
    """Return the library as a hub holds it: a device of its city. Raises ``KnownError``."""
    member = member_of(library, store)
    if member is None:
        raise KnownError(Fault.KEYS_LOST, file=str(store.files), kept=store.kept.value)
    return member


def is_hub(library: Library) -> bool:
    """Whether the library in a data folder is a hub's: it was admitted by another server."""
    return own.membership(library) is not None
