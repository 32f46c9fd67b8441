"""The library's server as a place for the backup commands: ``server`` instead of a folder."""

from __future__ import annotations

import platform
import threading
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from perpusdesk.cli.device_commands import NotJoinedError, read_enrolment_code
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.safety.backup_places import SERVER as PLACE
from perpusdesk.services.safety.backup_places import ServerStores, with_server
from perpusdesk.services.safety.backups import Job, Outcome, run, to_server
from perpusdesk.services.safety.restore import BackupLine, list_backups, server_stores
from perpusdesk.services.safety.restore_from_server import recovered, restore_from_server
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing.backup_place import places_at
from perpusdesk.syncing.connections import connections
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import NotJoined
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.identity import member_of
from perpusdesk.syncing.link_faults import LinkError
from perpusdesk.syncing.replacing import keep_replacement, replace_device

SERVER: Final = Path("server")
"""Stands for the server in ``--to`` and ``--from``; a folder of that name is told by its path."""


_ANSWER_S: Final = 20.0


def create_at_server(library: Library, job: Job, keys: KeyStore) -> Outcome:
    """Bring a backup to the server. Raises ``KnownError`` when it did not come there."""
    with ExitStack() as line:
        address, stores = _server_of(library, keys, line)
        done = to_server(job, keys, stores, address)
    entry = next((one for one in done.entries if one.place == PLACE), None)
    if entry is None:
        raise KnownError(Fault.UNREACHABLE, server=address)
    if not entry.whole:
        raise KnownError(Fault(entry.reason), file=entry.where)
    return done


def create_everywhere(library: Library, job: Job, keys: KeyStore) -> tuple[Outcome, list[str]]:
    """Bring a backup to all places of this device, the server too where it answers.

    Returns what came of it, and the address of a server that did not answer.
    """
    chosen = next((one for one in connections(library) if not one.paused), None)
    member = member_of(library, keys) if chosen is not None and job.plan.server else None
    if member is None or chosen is None:
        return run(job, keys), []
    with closing(HttpLink(chosen, member.identity)) as link:
        if not _answers(link):
            return run(job, keys), [chosen.url]
        job = replace(job, plan=with_server(job.plan, chosen.url))
        return run(job, keys, server=places_at(link, library.folder)), []


def _answers(link: HttpLink) -> bool:
    """Whether the server can be talked to now; one that is slow to say so is left out."""
    end = threading.Timer(_ANSWER_S, link.stop)
    end.daemon = True
    end.start()
    try:
        link.greet()
    except LinkError:
        return False
    finally:
        end.cancel()
    return True


def lines_at_server(folder: Path, keys: KeyStore, line: ExitStack) -> list[BackupLine]:
    """Return this device's backups at its server, to be read until ``line`` is closed.

    Raises ``KnownError``: ``NOT_ENROLLED``, ``UNREACHABLE``, ``SHUT_OUT``.
    """
    with Library.open(folder, writable=False) as library:
        _address, stores = _server_of(library, keys, line)
        return list_backups(server_stores(stores, library.id, library.device, keys))


def _server_of(library: Library, keys: KeyStore, line: ExitStack) -> tuple[str, ServerStores]:
    member = member_of(library, keys)
    chosen = [one for one in connections(library) if not one.paused]
    if member is None or not chosen:
        raise KnownError(Fault.NOT_ENROLLED)
    link = HttpLink(chosen[0], member.identity)
    line.callback(link.close)
    return chosen[0].url, places_at(link, library.folder)


def replace_from_server(
    code: str, private: bytes, folder: Path, *, allow_plain: bool = False
) -> dict[str, Any]:
    """Make this computer the device of a code, and restore that device's newest backup.

    Raises ``KnownError``, ``InputError`` for what is no code, ``NotJoinedError`` when the server
    says no; then there is no library in ``folder``.
    """
    if (folder / FILE_NAME).exists():
        raise KnownError(Fault.ALREADY_OPEN, file=str(folder), exists=True)
    keys, post = system_key_store(folder), partial(post_enrolment, allow_plain=allow_plain)
    wanted, name = read_enrolment_code(code), platform.node()
    known = replace_device(wanted, keys, post, name=name, allow_plain=allow_plain)
    if isinstance(known, NotJoined):
        raise NotJoinedError(known)
    with ExitStack() as line:
        link = known.link()
        line.callback(link.close)
        server = known.stores(link, folder)
        stores = recovered(server, known.joined.library, known.device, private)
        with restore_from_server(stores, folder, keys, {}) as library:
            keep_replacement(library, known, keys)
            return {
                "folder": str(folder),
                "device": library.device.hex(),
                "number": known.joined.certificate.number,
                "server": wanted.server,
                "digest": library.digest(),
            }
