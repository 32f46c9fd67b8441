"""The first page: what needs a person, the fleet in figures, the library's totals, the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from starlette.responses import Response

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.fleet import DAY_MS, Press
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.storage.queries import fleet as query
from perpusdesk_server.admin import fleet, words
from perpusdesk_server.admin.door import Visit
from perpusdesk_server.admin.fleet import Row
from perpusdesk_server.admin.ports import Health
from perpusdesk_server.admin.words import Told

_BACKUP_DAYS = 8
_DISK_SHARE = 10
_DISK_BYTES = 2 * 10**9


def overview(visit: Visit) -> Response:
    """Show how everything is."""
    known, health = fleet.read(visit.house, visit.now_ms), visit.house.health()
    conflicts, totals = visit.house.within(
        lambda library: (conflict_count(library), query.totals(library))
    )
    rows = known.others
    return visit.page(
        "overview.html",
        tasks=[
            *((None, [told]) for told in _of_server(health, visit.now_ms)),
            *_of_devices(rows),
        ],
        states=Counter(row.state for row in rows),
        devices=len(rows),
        waiting=sum(row.said.waiting for row in rows if row.said),
        conflicts=conflicts,
        totals=totals,
        health=health,
        health_lines=_health_lines(health, visit.now_ms, known.zone),
        now=words.moment(visit.now_ms, known.zone),
        zone=words.zone_name(known.zone),
    )


def _of_devices(rows: tuple[Row, ...]) -> Iterator[tuple[Row, list[Told]]]:
    """Yield devices with what presses there, worst first; what can wait is in their list."""
    for row in fleet.narrowed(rows, {"state": "attention"}):
        yield row, [one for one in row.concerns if one.press >= Press.SOON]


def _of_server(health: Health, now_ms: int) -> Iterator[Told]:
    if health.clock_suspect:
        what = _("The clock of this server cannot be right.")
        todo = _("Set date and time on the server: devices are judged by it.")
        yield Told(what, "", todo, Press.NOW, "clock")
    low = health.disk_free * _DISK_SHARE < health.disk_total and health.disk_free < _DISK_BYTES
    if low:
        text = _("Only {size} are free on the server's disk.")
        todo = _("Free some space or take a larger disk, soon.")
        size = words.size(health.disk_free)
        yield Told(text.format(size=size), "", todo, Press.NOW, "saved")
    days = (now_ms - health.backup_ms) // DAY_MS
    todo = _("See that the server makes a backup every night.")
    if health.backup_ms and days >= _BACKUP_DAYS:
        text = ngettext(
            "The server's last backup is {count} day old.",
            "The server's last backup is {count} days old.",
            days,
        )
        yield Told(text.format(count=number(days)), "", todo, Press.SOON, "saved")


def _health_lines(health: Health, now_ms: int, zone: int) -> Iterator[tuple[str, str]]:
    yield _("Program"), f"PerpusDesk {health.version}"
    yield _("Database"), _joined(health.database, health.database_bytes)
    if health.disk_total:
        free = _("{free} of {total} free")
        sizes = {"free": words.size(health.disk_free), "total": words.size(health.disk_total)}
        yield _("Disk"), free.format(**sizes)
    if health.started_ms:
        yield _("Running since"), words.moment(health.started_ms, zone)
    if health.backup_ms:
        yield _("Last backup"), words.ago(health.backup_ms, now_ms)
    if health.restored:
        text = ngettext("{count} time", "{count} times", health.restored)
        yield _("Restored from a backup"), text.format(count=health.restored)


def _joined(name: str, bytes_: int) -> str:
    return f"{name} · {words.size(bytes_)}" if bytes_ else name
