"""Rows of a stock-take's lists, fetched by id as they are painted, and who counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.stock_take import Outcome
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.stock_counts import CALL_NUMBER
from perpusdesk.storage.queries.values import as_day, as_moment, sure_id

_CHUNK: Final = 400
_COPY: Final = (
    "c.id, c.barcode, t.title, t.author, trim(coalesce(c.location, '')),"
    f" {CALL_NUMBER}, b.name, coalesce(c.\"condition\", 'good')"
)


@dataclass(frozen=True, slots=True)
class StockLine:
    """One line: a scan with what it came to, or (without ``at``) a copy that is missing.

    ``settled``: what was odd about it is so no more (taken back, found again, received). ``member``
    and ``due`` tell of a loan that is still open.
    """

    id: UUID
    outcome: Outcome
    copy: UUID | None
    code: str
    title: str = ""
    author: str = ""
    location: str = ""
    call_number: str = ""
    branch: str = ""
    condition: str = "good"
    settled: bool = False
    at: datetime | None = None
    place: str = ""
    device: str = ""
    staff: str = ""
    member: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """A device that counts: how many scans, and when the last one was."""

    device: str
    own: bool
    scans: int
    last: datetime


def lines_of_scans(
    library: Library, scans: Sequence[tuple[UUID, Outcome]]
) -> dict[tuple[UUID, Outcome], StockLine]:
    """Return the rows of scans whose outcomes are known."""
    came = {scan.bytes: outcome for scan, outcome in scans}
    found = {}
    for part in in_parts(came, _CHUNK):
        marks = ",".join("?" * len(part))
        rows = library.rows(
            f"select s.id, s.code, s.at, s.zone, s.place, d.name, p.name, l.due, m.name,"
            " exists (select 1 from transfer r where r.copy = c.id and r.state = 'on_the_way'),"
            f" {_COPY} from stock_scan s join stream n on n.number = s.stream"
            " left join device d on d.id = n.device left join staff p on p.id = s.staff"
            " left join copy c on c.id = coalesce(s.copy, (select min(o.id) from copy o"
            "  where o.deleted = 0 and o.barcode in (s.code, upper(s.code)))) and c.deleted = 0"
            " left join branch b on b.id = c.branch left join title t on t.id = c.title"
            ' left join loan l on l.copy = c.id and l."end" = 0'
            f" left join member m on m.id = l.member where s.id in ({marks})",
            *part,
        )
        for row in rows:
            line = _scan_line(came[bytes(row[0])], row)
            found[line.id, line.outcome] = line
    return found


def _scan_line(outcome: Outcome, row: tuple[Any, ...]) -> StockLine:
    id_, code, at, zone, place, device, staff, due, member, on_its_way = row[:10]
    known = _known(row[10:])
    gone = known.get("condition") in ("lost", "missing")
    open_still = {
        Outcome.ON_LOAN: due is not None,
        Outcome.ON_ITS_WAY: bool(on_its_way),
        Outcome.LOST: gone,
    }
    on_loan = outcome is Outcome.ON_LOAN
    return StockLine(
        id=sure_id(id_),
        outcome=outcome,
        code=known.pop("barcode", "") or code or "",
        settled=outcome in open_still and not open_still[outcome],
        at=as_moment(at, zone),
        place=place or "",
        device=device or "",
        staff=staff or "",
        member=(member or "") if on_loan else "",
        due=as_day(due) if on_loan else None,
        **{"copy": None, **known},
    )


def _known(row: tuple[Any, ...]) -> dict[str, Any]:
    copy, barcode, title, author, location, call_number, branch, condition = row
    if copy is None:
        return {}
    return {
        "copy": sure_id(copy),
        "barcode": barcode or "",
        "title": title or "",
        "author": author or "",
        "location": location,
        "call_number": call_number,
        "branch": branch or "",
        "condition": condition,
    }


def lines_of_missing(
    library: Library, copies: Sequence[UUID], *, ended: bool = False
) -> dict[UUID, StockLine]:
    """Return the rows of missing copies; those of an ended count may have turned up since."""
    found = {}
    for part in in_parts([copy.bytes for copy in copies], _CHUNK):
        marks = ",".join("?" * len(part))
        rows = library.rows(
            f"select {_COPY} from copy c left join title t on t.id = c.title"
            " left join branch b on b.id = c.branch"
            f" where c.id in ({marks})",
            *part,
        )
        for row in rows:
            known = _known(row)
            code, copy = known.pop("barcode"), known["copy"]
            settled = ended and known["condition"] in ("good", "damaged")
            found[copy] = StockLine(
                id=copy, outcome=Outcome.MISSING, code=code, settled=settled, **known
            )
    return found


def counters(library: Library, count: UUID) -> list[Counter]:
    """Return the devices that counted, the busiest first."""
    rows = library.rows(
        "select n.device, d.name, count(*), max(s.at), s.zone from stock_scan s"
        " join stream n on n.number = s.stream left join device d on d.id = n.device"
        " where s.stock_count = ? and s.voided = 0 group by n.device order by count(*) desc",
        count.bytes,
    )
    return [
        Counter(name or "", bytes(device) == library.device, scans, as_moment(last, zone))
        for device, name, scans, last, zone in rows
    ]


def people(library: Library, count: UUID) -> list[str]:
    """Return who counted, the busiest first."""
    rows = library.rows(
        "select p.name from stock_scan s join staff p on p.id = s.staff"
        " where s.stock_count = ? and s.voided = 0 group by p.id order by count(*) desc, p.name",
        count.bytes,
    )
    return [row[0] or "" for row in rows]
