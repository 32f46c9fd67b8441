"""A desk that keeps backups at its server and is lost then; its recovery sheet is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from helpers.backups import add_members
from perpusdesk.domain.backup_age import DAY_MS
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.services.safety.backup_places import BackupPlace, BackupPlan, keep_plan
from perpusdesk.services.safety.backups import prepare, to_server
from perpusdesk.services.safety.recovery import give_recovery
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.syncing.backup_place import ServerPlace
from perpusdesk_server.device_backups import DeviceBackups
from perpusdesk_server.serving import Serving
from server.places import Branch, city, code_of, joined

RECOVERY = new_code(b"0123456789abcdef")


def keeping_city(folder: Path) -> Serving:
    """Make a server that keeps its devices' backups."""
    made = city(folder)
    made.backups = DeviceBackups(folder)
    return made


@contextmanager
def lost_desk(folder: Path, serving: Serving, port: int) -> Iterator[Branch]:
    """Give a desk with a recovery sheet, thirty members and a backup of yesterday."""
    with joined(folder, code_of(serving, port), "Meja depan") as found:
        assert found.exchange().done
        give_recovery(found.library, RECOVERY)
        add_members(found.library, 30)
        back_up(found, days_ago=1)
        yield found


def back_up(desk: Branch, days_ago: int = 0) -> str:
    """Bring a backup to the server by way of a disk; return its name."""
    library = desk.library
    disk = BackupPlace("disk", "disk", str(library.folder.with_name("old-disk")))
    keep_plan(library, BackupPlan((disk,)))
    job = prepare(open_desk(library))
    at_ms = job.source.at_ms - days_ago * DAY_MS
    job = replace(job, source=replace(job.source, at_ms=at_ms))
    done = to_server(
        job,
        KeyStore(library.folder),
        lambda store: ServerPlace(desk.link, store, library.folder),
        desk.link.connection.url,
    )
    assert done.written is not None
    assert [one.reason for one in done.entries] == ["", ""]
    return done.written.name


def for_device(serving: Serving, port: int, desk: Branch) -> EnrolmentCode:
    """Let the server make a code for exactly this desk."""
    return code_of(serving, port, device=desk.library.device.hex())
