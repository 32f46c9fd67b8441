"""Keeps a snapshot at hand, so that a new device starts from files and not from all history."""

from __future__ import annotations

import logging
import threading
from typing import Final

from perpusdesk import __version__
from perpusdesk.common.errors import KnownError
from perpusdesk.protocol.snapshot import read_manifest
from perpusdesk.storage.library import Library
from perpusdesk.storage.migrate import latest_step
from perpusdesk.syncing.snapshots import Shelf
from perpusdesk_server.serving import Serving

LEAST_OPS: Final = 5_000
"""A smaller library goes over as fast op by op."""
_MORE: Final = 1.2
_OLD_MS: Final = 7 * 24 * 3600 * 1000
_PAUSE_S: Final = 600.0
_FIRST_S: Final = 5.0
log = logging.getLogger(__name__)


class SnapshotKeeper:
    """Makes a new snapshot when there is none of use, on a thread of its own."""

    def __init__(self, serving: Serving, shelf: Shelf) -> None:
        self._serving, self._shelf = serving, shelf
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snapshot", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; a snapshot under way is finished first, it takes seconds."""
        self._ended.set()
        self._thread.join(60)

    def _run(self) -> None:
        pause = _FIRST_S
        while not self._ended.wait(pause):
            pause = _PAUSE_S
            try:
                self.look()
            except KnownError as error:
                log.error("no snapshot could be made", exc_info=error)

    def look(self) -> bool:
        """Make a snapshot if one is needed; return whether it was."""
        if not self._serving.within(self._is_needed):
            return False
        library, sign = self._serving.member.library, self._serving.member.library.exchange.sign
        certificate = self._serving.identity.certificate
        if sign is None or not certificate:
            return False
        signed = self._shelf.make(library, sign, certificate, __version__)
        manifest = read_manifest(signed.body)
        log.info("made a snapshot of %d ops", manifest.ops if manifest else 0)
        return True

    def _is_needed(self, library: Library) -> bool:
        ops = int(library.value("select count(*) from op"))
        if ops < LEAST_OPS:
            return False
        signed = self._shelf.current()
        manifest = read_manifest(signed.body) if signed else None
        if manifest is None or manifest.library != library.id:
            return True
        if manifest.schema != latest_step() or ops > manifest.ops * _MORE:
            return True
        return library.now_ms() - manifest.made_ms > _OLD_MS and ops > manifest.ops
