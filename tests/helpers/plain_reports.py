"""Own reports counted again in plain Python: whole tables in memory, one row after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from helpers.library import SmallLibrary
from perpusdesk.domain.class_colours import main_class
from perpusdesk.domain.own_reports.catalogue import Column
from perpusdesk.domain.own_reports.report import Condition, How, Report
from perpusdesk.storage.library import Library

Cells = dict[str, Any]
Record = dict[str, Any]
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def seed(small: SmallLibrary) -> None:
    """Write odd rows of all subjects straight into the tables."""
    with small.library.local_work() as db:
        _seed(small, db)


_START = 1_772_000_000_000  # February 2026


def _seed(small: SmallLibrary, db: Any) -> None:
    seeds = _Seeds(small, db)
    seeds.loans()
    seeds.visits()
    seeds.holds()
    seeds.odd_ones()


class _Seeds:
    def __init__(self, small: SmallLibrary, db: Any) -> None:
        self._small, self._db, self._random = small, db, Random(6)
        self._copies, self._members = list(small.copies.values()), list(small.members.values())
        self._places = [*small.branches.values()]

    def loans(self) -> None:
        for _n in range(40):
            at, end = self._moment(), self._random.randrange(4)
            day = datetime.fromtimestamp(at / 1000, UTC).date()
            self._add(
                "loan",
                copy=self._random.choice(self._copies).bytes,
                member=self._someone(),
                branch=self._random.choice(self._places).bytes,
                lent_at=at,
                lent_zone=self._random.choice((420, 480, 540)),
                due=str(day + timedelta(days=7)),
                renewals=self._random.randrange(3),
                claimed=0,
                end=end,
                ended_at=at + 86_400_000 if end else None,
                ended_zone=420 if end else None,
                days_late=self._random.choice((0, 2)) if end else 0,
            )

    def visits(self) -> None:
        for _n in range(25):
            self._add(
                "visit",
                member=self._someone(),
                people=self._random.choice((1, 1, 30)),
                sex=self._random.choice(("L", "P", None)),
                age=self._random.choice(("7-12", "", None)),
                purpose=self._random.choice(("read", "Lain", None)),
                institution=self._random.choice(("SD Satu", "sd satu", None)),
                branch=self._random.choice(self._places).bytes,
                at=self._moment(),
                zone=self._random.choice((420, 540)),
                voided=int(self._random.random() < 0.2),
            )
            self._add(
                "reading",
                copy=self._random.choice(self._copies).bytes,
                title=self._random.choice((None, self._small.titles[3].bytes)),
                member=self._someone(),
                branch=self._random.choice(self._places).bytes,
                at=self._moment(),
                zone=420,
                voided=int(self._random.random() < 0.2),
            )

    def holds(self) -> None:
        for _n in range(12):
            self._add(
                "hold",
                title=self._random.choice(self._small.titles).bytes,
                member=self._someone(),
                pickup=self._random.choice(self._places).bytes,
                placed_at=self._moment(),
                placed_zone=480,
                state=self._random.choice(("waiting", "ready", "filled")),
                pickup_until=self._random.choice((None, "2026-11-05")),
            )
            self._add(
                "complaint",
                kind=self._random.choice(("complaint", "praise")),
                category=self._random.choice(("Ruang", "ruang", None)),
                text="Panas sekali",
                channel="desk",
                branch=self._random.choice(self._places).bytes,
                received=self._random.choice(("2026-03-05", "2026-10-09T08:00:00+07:00", "entah")),
                answered=self._random.choice((None, "2026-10-12")),
                state="new",
                deleted=int(self._random.random() < 0.2),
            )

    def odd_ones(self) -> None:
        self._db.execute_sql("update member set restricted = '2026-05-01' where card = 'A0002'")
        self._db.execute_sql("update member set deleted = 1, name = null where card = 'A0003'")
        self._db.execute_sql("update member set sex = 'P' where card in ('A0001', 'A0002')")
        self._db.execute_sql(
            "update copy set price = rid * 1000, received = '2026-0' || (1 + rid % 9) || '-02'"
        )
        self._db.execute_sql("update copy set deleted = 1 where rid = 3")

    def _add(self, table: str, **fields: Any) -> None:
        fields |= {"id": self._random.randbytes(16), "clock": 1, "stream": 1, "seq": 1, "mark": 1}
        names = ",".join(f'"{name}"' for name in fields)
        slots = ",".join("?" * len(fields))
        self._db.execute_sql(
            f"insert into {table}({names}) values ({slots})", tuple(fields.values())
        )

    def _moment(self) -> int:
        day = _START + self._random.randrange(280) * 86_400_000
        return day + self._random.randrange(86_400_000)

    def _someone(self) -> Any:
        return self._random.choice([None, *[one.bytes for one in self._members]])


def _day(at: int | None, zone: int | None) -> datetime | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at // 1000, UTC) + timedelta(minutes=zone or 0)


def _text_day(text: str | None) -> str:
    start = (text or "")[:10]
    return start if _ISO.fullmatch(start) else ""


class Tables:
    """All rows of the tables that reports read, by id."""

    def __init__(self, library: Library) -> None:
        self.by_name: dict[str, dict[bytes, Record]] = {}
        for name in (
            *("loan", "copy", "title", "member", "visit", "hold", "reading", "complaint"),
            *("branch", "collection_kind", "member_category", "room", "party", "outsider"),
        ):
            columns = [row[1] for row in library.rows(f'pragma table_info("{name}")')]
            rows = library.rows(f'select * from "{name}"')
            records = [dict(zip(columns, row, strict=True)) for row in rows]
            self.by_name[name] = {bytes(one["id"]): one for one in records}

    def of(self, name: str, id_: Any) -> Record:
        """The record of an id, or an empty one."""
        return self.by_name[name].get(bytes(id_), {}) if id_ else {}

    def all(self, name: str) -> Iterator[Record]:
        """All records of a table in the order of their numbers."""
        yield from sorted(self.by_name[name].values(), key=lambda one: one["rid"])


def _person(member: Record) -> Cells:
    open_ = bool(member) and not member["deleted"] and not member["restricted"]

    def told(name: str) -> str:
        return (member[name] or "") if open_ else ""

    return {
        "card": told("card"),
        "member": told("name"),
        "phone": told("phone"),
        "birth_date": _text_day(told("birth_date")),
        "email": told("email"),
        "address": told("address"),
        "guardian": told("guardian_name"),
    }


def _book(copy: Record, title: Record) -> Cells:
    shelf = copy.get("call_number") or title.get("call_number") or ""
    return {
        "barcode": copy.get("barcode") or "",
        "title": title.get("title") or "",
        "author": title.get("author") or "",
        "call_number": shelf,
        "class": main_class(shelf, title.get("classification") or ""),
        "inventory": copy.get("inventory") or "",
    }


def _dated(key: str, day: str) -> Cells:
    return {key: day, "month": day[:7]}


def _loans(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    for row in tables.all("loan"):
        if row["end"] == 3:
            continue
        copy, member = tables.of("copy", row["copy"]), tables.of("member", row["member"])
        lent, ended = (
            _day(row["lent_at"], row["lent_zone"]),
            _day(row["ended_at"], row["ended_zone"]),
        )
        yield (
            row | {"_branch": row["branch"], "_latest": -row["lent_at"]},
            {
                **_book(copy, tables.of("title", copy.get("title"))),
                **_person(member),
                **_dated("lent", f"{lent:%Y-%m-%d}"),
                "kind": tables.of("collection_kind", copy.get("kind")).get("name") or "",
                "branch": tables.of("branch", row["branch"]).get("name") or "",
                "due": _text_day(row["due"]),
                "returned": f"{ended:%Y-%m-%d}" if row["end"] == 1 and ended else "",
                "days_late": row["days_late"],
                "renewals": row["renewals"],
                "loan_state": ("out", "returned", "lost")[row["end"]],
                "category": tables.of("member_category", member.get("category")).get("name") or "",
                "sex": member.get("sex") or "",
            },
        )


def _copies(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    lent = [one["copy"] for one in tables.all("loan") if one["end"] != 3]
    for row in tables.all("copy"):
        if row["deleted"]:
            continue
        title, came = tables.of("title", row["title"]), _text_day(row["received"])
        yield (
            row | {"_branch": row["branch"], "_latest": came},
            {
                **_book(row, title),
                **_dated("received", came),
                "year": title.get("year") or "",
                "kind": tables.of("collection_kind", row["kind"]).get("name") or "",
                "branch": tables.of("branch", row["branch"]).get("name") or "",
                **{name: row[name] or "" for name in ("location", "condition", "access")},
                **{name: row[name] or "" for name in ("source", "supplier")},
                "price": row["price"],
                "loans": lent.count(row["id"]),
                "withdrawn": _text_day(row["withdrawn_on"]),
            },
        )


def _titles(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    held = [one["title"] for one in tables.all("copy") if not one["deleted"]]
    for row in tables.all("title"):
        if row["deleted"] or row["merged_into"]:
            continue
        names = ("title", "author", "publisher", "place", "year", "language", "isbn", "edition")
        yield (
            row,
            {
                **{name: row[name] or "" for name in (*names, "call_number", "series", "subjects")},
                "class": main_class(row["call_number"] or "", row["classification"] or ""),
                "copies": held.count(row["id"]),
            },
        )


def _members(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    lent = [one["member"] for one in tables.all("loan") if one["end"] != 3]
    for row in tables.all("member"):
        if row["deleted"] or row["merged_into"]:
            continue
        yield (
            row | {"_branch": row["branch"]},
            {
                **_person(row),
                **_dated("registered", _text_day(row["registered"])),
                "expires": _text_day(row["expires"]),
                "category": tables.of("member_category", row["category"]).get("name") or "",
                "branch": tables.of("branch", row["branch"]).get("name") or "",
                "sex": row["sex"] or "",
                "institution": row["institution"] or "",
                "loans": lent.count(row["id"]),
            },
        )


def _visits(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    for row in tables.all("visit"):
        if row["voided"]:
            continue
        member, at = tables.of("member", row["member"]), _day(row["at"], row["zone"])
        assert at is not None
        category = row["category"] or member.get("category")
        profile = ("sex", "age", "occupation", "education", "purpose")
        yield (
            row | {"_branch": row["branch"]},
            {
                **_person(member),
                **_dated("day", f"{at:%Y-%m-%d}"),
                **{name: row[name] or "" for name in profile},
                "hour": at.hour,
                "branch": tables.of("branch", row["branch"]).get("name") or "",
                "room": tables.of("room", row["room"]).get("name") or "",
                "people": row["people"],
                "institution": row["institution"]
                or tables.of("party", row["party"]).get("institution")
                or "",
                "category": tables.of("member_category", category).get("name") or "",
            },
        )


def _holds(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    for row in tables.all("hold"):
        title, member = tables.of("title", row["title"]), tables.of("member", row["member"])
        yield (
            row | {"_branch": row["pickup"]},
            {
                **_person(member),
                **_dated("placed", f"{_day(row['placed_at'], row['placed_zone']):%Y-%m-%d}"),
                **{name: title.get(name) or "" for name in ("title", "author", "call_number")},
                "branch": tables.of("branch", row["pickup"]).get("name") or "",
                "hold_state": row["state"] or "",
                "pickup_until": _text_day(row["pickup_until"]),
                "category": tables.of("member_category", member.get("category")).get("name") or "",
            },
        )


def _readings(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    for row in tables.all("reading"):
        if row["voided"]:
            continue
        copy, member = tables.of("copy", row["copy"]), tables.of("member", row["member"])
        at = _day(row["at"], row["zone"])
        assert at is not None
        yield (
            row | {"_branch": row["branch"]},
            {
                **_book(copy, tables.of("title", row["title"] or copy.get("title"))),
                **_person(member),
                **_dated("day", f"{at:%Y-%m-%d}"),
                "hour": at.hour,
                "branch": tables.of("branch", row["branch"]).get("name") or "",
                "category": tables.of("member_category", member.get("category")).get("name") or "",
            },
        )


def _complaints(tables: Tables) -> Iterator[tuple[Record, Cells]]:
    for row in tables.all("complaint"):
        if row["deleted"]:
            continue
        sender = tables.of("outsider", row["contact"])
        there = sender and not sender["deleted"]
        yield (
            row | {"_branch": row["branch"]},
            {
                **_dated("received", _text_day(row["received"])),
                "complaint_kind": row["kind"] or "",
                "topic": row["category"] or "",
                "complaint_state": row["state"] or "",
                **{name: row[name] or "" for name in ("channel", "ticket", "text", "answer")},
                "branch": tables.of("branch", row["branch"]).get("name") or "",
                "due": _text_day(row["due"]),
                "answered": _text_day(row["answered"]),
                "contact": (sender["name"] or "") if there else "",
                "phone": (sender["phone"] or "") if there else "",
            },
        )


_READS: dict[str, Callable[[Tables], Iterator[tuple[Record, Cells]]]] = {
    "loans": _loans,
    "copies": _copies,
    "titles": _titles,
    "members": _members,
    "visits": _visits,
    "holds": _holds,
    "readings": _readings,
    "complaints": _complaints,
}


def rows_of(tables: Tables, report: Report, today: date) -> list[tuple[Record, Cells]]:
    """Return the rows that a report is of, in the order of their numbers."""
    period, subject = report.months(today), report.of
    found = []
    for row, cells in _READS[report.subject](tables):
        day = cells.get(subject.date, "")
        if period and not str(period.begins) <= day <= str(period.ends):
            continue
        if report.branch and bytes(row["_branch"] or b"") != report.branch.bytes:
            continue
        if all(_holds_for(subject.column(one.column), one, cells) for one in report.conditions):
            found.append((row, cells))
    return found


def _low(text: str) -> str:
    return "".join(chr(ord(one) + 32) if "A" <= one <= "Z" else one for one in text)


def _holds_for(column: Column | None, one: Condition, cells: Cells) -> bool:
    assert column is not None
    value: Any = cells[one.column]
    wanted: Any = one.value
    if value is None or (one.how is How.AT_MOST and value == ""):
        return False
    if isinstance(value, str):
        value, wanted = _low(value), _low(str(wanted))
    if one.how is How.CONTAINS:
        return wanted in value
    if one.how is How.EQUALS:
        return bool(value == wanted)
    return bool(value >= wanted if one.how is How.AT_LEAST else value <= wanted)


def sorting_key(cell: Any) -> tuple[bool, Any]:
    """Return how a cell sorts: nothing first, then numbers, or letters whatever their case."""
    return (cell is not None, _low(cell) if isinstance(cell, str) else cell or 0)
