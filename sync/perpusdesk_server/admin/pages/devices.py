"""The list of devices, and one device by itself."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk_server.admin import fleet, words
from perpusdesk_server.admin.door import Visit
from perpusdesk_server.admin.fleet import PAGE, Row
from perpusdesk_server.admin.pages import judge

_SAID = ("at", "waiting", "program", "backup", "clock", "conflicts", "held")
_COLUMNS = ("attention", "seen", "waiting", "program", "backup")


def devices(visit: Visit) -> Response:
    """Show the devices that are asked for."""
    known = fleet.read(visit.house, visit.now_ms)
    found = fleet.narrowed(known.others, visit.query)
    first = _page_start(visit.query.get("from", ""), len(found))
    shown = found[first : first + PAGE]
    counts = {
        state: sum(1 for row in known.others if wanted(row))
        for state, wanted in fleet.STATES.items()
    }
    return visit.page(
        "devices.html",
        rows=shown,
        lines={row.key: _line(row, visit.now_ms, known.zone) for row in shown},
        found=len(found),
        total=len(known.others),
        counts=counts,
        asked=dict(visit.query),
        sort=visit.query.get("sort") or "attention",
        down=visit.query.get("down") == "1",
        sort_links={name: _sort_link(visit, name) for name in ("name", "branch", *_COLUMNS)},
        state_links={state: visit.here(state=state, **{"from": ""}) for state in fleet.STATES},
        branches=sorted(
            ((id_.hex, name) for id_, name in known.branches.items()),
            key=lambda pair: pair[1].casefold(),
        ),
        roles=sorted({(row.kind, row.role) for row in known.others}),
        first=first,
        last=first + len(shown),
        before=visit.here(**{"from": str(max(0, first - PAGE) or "")}) if first else "",
        after=visit.here(**{"from": str(first + PAGE)}) if first + PAGE < len(found) else "",
        now=words.moment(visit.now_ms, known.zone),
        zone=words.zone_name(known.zone),
    )


def device(visit: Visit) -> Response:
    """Show one device."""
    known = fleet.read(visit.house, visit.now_ms)
    row = judge.find(visit, known)
    return visit.page(
        "device.html",
        row=row,
        why=judge.why(visit, row),
        waiting=judge.waiting(visit, row, known.zone),
        facts=list(_facts(row, visit.now_ms, known.zone)),
        done=visit.query.get("done", ""),
        zone=words.zone_name(known.zone),
    )


def _page_start(text: str, count: int) -> int:
    start = int(text) // PAGE * PAGE if text.isascii() and text.isdecimal() else 0
    return start if start < count else 0


def _sort_link(visit: Visit, name: str) -> str:
    is_up = (visit.query.get("sort") or "attention") == name and visit.query.get("down") != "1"
    return visit.here(sort=name, down="1" if is_up else "", **{"from": ""})


def _line(row: Row, now_ms: int, zone: int) -> dict[str, str]:
    """Return the cells of a device in the list."""
    said = row.said
    if said is None:
        seen = "" if row.kind == "server" else _("not yet")
        return {"seen": seen, **dict.fromkeys(_SAID, "")}
    return {
        "seen": words.ago(said.at_ms, now_ms),
        "at": words.moment(said.at_ms, zone),
        "waiting": number(said.waiting),
        "program": said.program,
        "backup": words.ago(said.backup_ms, now_ms) if said.backup_ms else _("never"),
        "clock": _clock(said.offset_ms, suspect=said.clock_suspect),
        "conflicts": number(said.conflicts),
        "held": number(said.held),
    }


def _clock(offset_ms: int, *, suspect: bool) -> str:
    if abs(offset_ms) < 2_000:
        return _("doubtful") if suspect else _("correct")
    text = _("{time} fast") if offset_ms > 0 else _("{time} slow")
    return text.format(time=words.span(offset_ms))


def _facts(row: Row, now_ms: int, zone: int) -> Iterator[tuple[str, str]]:
    device, said = row.seen.device, row.said
    yield _("Kind of device"), row.role
    yield _("Branch"), row.branch or _("none")
    yield _("Device number"), str(device.number)
    if row.seen.admitted_ms:
        yield _("Admitted"), words.moment(row.seen.admitted_ms, zone)
    if said is None:
        return
    yield _("Last exchange"), f"{words.ago(said.at_ms, now_ms)} · {words.moment(said.at_ms, zone)}"
    yield _("Waiting to be sent then"), number(said.waiting)
    yield _("Program"), said.program
    yield _("Clock"), _clock(said.offset_ms, suspect=said.clock_suspect)
    yield _("Last backup"), words.ago(said.backup_ms, now_ms) if said.backup_ms else _("never")
    yield _("Open decisions seen there"), number(said.conflicts)
    yield _("Kinds of records it cannot understand yet"), number(said.held)
