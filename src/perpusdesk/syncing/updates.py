"""Asking the library's server for a newer program, and letting its package come piece by piece.

Each call does a little and returns, so that an exchange can go before the next piece. Nothing here
touches the library.
"""

from __future__ import annotations

from typing import Final

from perpusdesk.protocol.update import (
    MOST_PIECE,
    PATH,
    Manifest,
    Package,
    UpdateError,
    UpdateFault,
    Wanted,
    encode_wanted,
    wanted_package,
)
from perpusdesk.storage.update_store import UpdateStore
from perpusdesk.syncing.http_link import HttpLink

_FRAMES: Final = 8
"""How many frames of an exchange one piece is: some seconds of whatever the line carries."""


def ask_server(link: HttpLink, store: UpdateStore) -> Manifest | None:
    """Ask for the newest release and keep what is told; ``None``: the server has none.

    Raises ``LinkError``, ``UpdateError``, ``KnownError``.
    """
    data = link.fetch(PATH, encode_wanted(Wanted()))
    return store.keep_manifest(data) if data else None


def fetch_piece(link: HttpLink, store: UpdateStore, package: Package) -> bool:
    """Let the next piece come; return whether the package is whole and proven now.

    Raises ``LinkError``, ``UpdateError`` (altered: it begins anew), ``KnownError``.
    """
    if store.has(package):
        return True
    at = store.come(package)
    if at < package.size:
        most = min(link.pace.frame * _FRAMES, MOST_PIECE, package.size - at)
        piece = link.fetch(PATH, encode_wanted(Wanted(package.sha256, at, most)))
        if not piece or len(piece) > most:
            raise UpdateError(UpdateFault.INCOMPLETE)
        store.add(package, at, piece)
        at += len(piece)
    if at < package.size:
        return False
    store.finish(package)
    return True


def update_for(manifest: Manifest, store: UpdateStore, here: str, running: str) -> Package | None:
    """Return the package of a release that this program should become, or ``None``."""
    try:
        return wanted_package(manifest, here, running, store.state().seen)
    except UpdateError:
        return None
