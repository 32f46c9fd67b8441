"""A small library for tests: two branches, rules, staff, ten titles, twenty copies, six members.

It stands still on Monday 2 November 2026, 09:00 WIB, until a test lets time pass. Nobody in it
exists. Titles have no author that lived.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.items import Access, Condition
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.domain.phone import search_key
from perpusdesk.protocol import payload as wire
from perpusdesk.services.desk import HOUSE_SETTING, Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action, plain
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library, Sources

T = TypeVar("T")
WIB = timezone(timedelta(hours=7))
START = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
FINE = 500
TITLES = (
    ("Pelaut Kertas", "Andini Contoh", "899.221 AND p"),
    ("Kebun di Atap", "Bram Contoh", "635 BRA k"),
    ("Ensiklopedia Sungai", "Tim Contoh", "R 551.48 TIM e"),
    ("Menghitung Hujan", "Citra Contoh", "551.57 CIT m"),
    ("Dapur Nenek Pasar", "Dewi Contoh", "641.5 DEW d"),
    ("Kereta Terakhir ke Timur", "Eko Contoh", "899.221 EKO k"),
    ("Burung-Burung Rawa", "Fajar Contoh", "598 FAJ b"),
    ("Anak Bulan", "Gita Contoh", "899.221 GIT a"),
    ("Merakit Radio Sendiri", "Hadi Contoh", "621.384 HAD m"),
    ("Sejarah Sebuah Jembatan", "Intan Contoh", "624.2 INT s"),
)
MEMBERS = (
    ("A0001", "Siti Misalnya", "adult", "0812-0000-0001", date(1990, 5, 1)),
    ("A0002", "Budi Misalnya", "adult", "0812-0000-0002", date(1985, 1, 9)),
    ("A0003", "Rina Umpama Dewi", "adult", "+62 813 0000 0003", date(2001, 7, 7)),
    ("A0004", "Joko Umpama", "adult", "", date(1970, 12, 31)),
    ("C0001", "Tono Andai", "child", "", date(2016, 2, 2)),
    ("S0001", "SD Contoh Satu", "school", "021-5550001", None),
)


@dataclass(slots=True)
class Time:
    """The wall clock and the uptime clock of a test, in step."""

    moment: datetime = START
    passed_ms: int = 0

    def wall_ms(self) -> int:
        return int(self.moment.astimezone(UTC).timestamp() * 1000)

    def uptime_ms(self) -> int:
        return self.passed_ms

    def passes(self, **span: float) -> datetime:
        """Let time pass (``days=``, ``hours=``, ``minutes=``) and return the new moment."""
        step = timedelta(**span)
        self.moment += step
        self.passed_ms += int(step.total_seconds() * 1000)
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@dataclass(slots=True)
class SmallLibrary:
    """What a test needs by name: ``copies`` by barcode, ``members`` by card, the rest by word."""

    library: Library
    time: Time
    branches: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    categories: dict[str, UUID] = field(default_factory=dict)
    kinds: dict[str, UUID] = field(default_factory=dict)
    rules: dict[str, UUID] = field(default_factory=dict)
    titles: list[UUID] = field(default_factory=list)
    copies: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, UUID] = field(default_factory=dict)

    def desk(self, who: str = "desk", branch: str = "pusat") -> Desk:
        """A desk at a branch ("pusat", "van") with somebody ("head", "desk", "volunteer")."""
        return Desk(self.library, self.branches[branch], self.staff[who])

    def house(self, **rules: Any) -> None:
        """Set rules of the whole house (the others fall back to their defaults)."""
        action = Action("set_up")
        fields = {"name": HOUSE_SETTING, "value": json.dumps(rules)}
        action.set("setting", named_id("setting", HOUSE_SETTING), fields)
        self.library.write(action)

    def setting(self, name: str, value: Any) -> None:
        """Set any setting."""
        action = Action("set_up")
        fields = {"name": name, "value": json.dumps(value)}
        action.set("setting", named_id("setting", name), fields)
        self.library.write(action)

    def change(self, entity_type: str, entity: UUID, **fields: Any) -> None:
        """Change fields of a record past the services, as another screen would."""
        action = Action("set_up")
        action.set(entity_type, entity, fields)
        self.library.write(action)

    def rule(self, name: str, **terms: Any) -> UUID:
        """Add a loan rule, or replace the one of this name by a new version."""
        action = Action("set_up")
        id_ = self.library.new_id()
        if name in self.rules:
            action.set("loan_rule", self.rules[name], {"retired": 1})
        packed = wire.encode({key: plain(value) for key, value in terms.items()})
        fields = {"name": name, "lineage": id_, "version": 1, "terms": packed, "retired": 0}
        action.set("loan_rule", id_, fields, fresh=True)
        self.library.write(action)
        self.rules[name] = id_
        return id_


def build(folder: Path, engine: Engine = Engine.APSW, *, encrypted: bool = False) -> SmallLibrary:
    """Give the library in an empty folder; the caller closes ``small.library``.

    Unless encrypted it is a copy, opened anew, of the one that this process made first: the ids
    of all copies are the same. ``build_anew`` makes one that no other resembles.
    """
    if encrypted:
        return build_anew(folder, engine, encrypted=True)
    first, files = _first(engine)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    time = Time()
    opened = Library.open(folder, engine=engine, sources=_sources(time))
    return dataclasses.replace(first, library=opened, time=time, **deepcopy(_names(first)))


def build_anew(
    folder: Path, engine: Engine = Engine.APSW, *, encrypted: bool = False
) -> SmallLibrary:
    """Make the library in an empty folder, with ids of its own; the caller closes it."""
    time = Time()
    created = Library.create(folder, engine=engine, sources=_sources(time), encrypted=encrypted)
    small = SmallLibrary(created, time)
    action = Action("set_up")
    _places(small, action)
    _people(small, action)
    _stock(small, action)
    small.library.write(action)
    _rules(small)
    small.house(hold_pickup_days=3, block_from_debt=20_000, minor_age=17)
    return small


@functools.cache
def _first(engine: Engine) -> tuple[SmallLibrary, dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        small = build_anew(Path(folder) / "library", engine)
        small.library.close()
        files = {file.name: file.read_bytes() for file in small.library.folder.iterdir()}
    return small, files


def _names(small: SmallLibrary) -> dict[str, Any]:
    found = {one.name: getattr(small, one.name) for one in dataclasses.fields(small)}
    return {name: value for name, value in found.items() if isinstance(value, dict | list)}


def _sources(time: Time) -> Sources:
    return Sources(time.wall_ms, time.uptime_ms, os.urandom)


def copy_library(source: Path, target: Path) -> Path:
    """Copy a library's folder with the secrets of its device, as if all had always been there."""
    shutil.copytree(source, target)
    secrets = KeyStore(source).files
    if secrets.is_dir():
        shutil.copytree(secrets, KeyStore(target).files)
    return target


def value_of(answer: Done[T] | Refused) -> T:
    """The value of a job that has to be done; else the test fails with the refusal."""
    assert isinstance(answer, Done), answer
    return answer.value


def done_of(answer: Done[T] | Refused) -> Done[T]:
    """The answer of a job that has to be done, with action and notices."""
    assert isinstance(answer, Done), answer
    return answer


def action_of(answer: Done[Any] | Refused) -> UUID:
    """The action that a job wrote."""
    action = done_of(answer).action
    assert action is not None
    return action


def notices_of(answer: Done[Any] | Refused) -> dict[str, Any]:
    """The notices of a job that has to be done: their facts by kind."""
    return {notice.kind.value: notice.facts for notice in done_of(answer).notices}


def refusal_of(answer: Any, reason: Reason) -> Refused:
    """The refusal of a job that has to be refused for this reason; else the test fails."""
    assert isinstance(answer, Refused), answer
    assert answer.reason is reason, answer
    return answer


def _new(small: SmallLibrary, action: Action, entity_type: str, **fields: Any) -> UUID:
    id_ = small.library.new_id()
    action.set(entity_type, id_, fields, fresh=True)
    return id_


def _places(small: SmallLibrary, action: Action) -> None:
    for word, name, code, kind in (
        ("pusat", "Pusat", "PST", "building"),
        ("van", "Mobil Keliling", "MK1", "van"),
    ):
        small.branches[word] = _new(
            small, action, "branch", name=name, code=code, kind=kind, zone=420
        )
    for weekday in range(6):
        hours = {"weekday": weekday, "opens": "08:00", "closes": "16:00", "priority": 0}
        _new(small, action, "hours", **hours)
    _new(
        small,
        action,
        "closure",
        first_day="2026-12-25",
        last_day="2026-12-25",
        name="Hari Natal",
        kind="national",
        applies=1,
    )


def _people(small: SmallLibrary, action: Action) -> None:
    for word, name, role in (
        ("head", "Kepala Contoh", "head"),
        ("desk", "Petugas Contoh", "desk"),
        ("volunteer", "Relawan Contoh", "volunteer"),
    ):
        fields = {"name": name, "role": role, "rights": wire.encode([]), "active": 1}
        small.staff[word] = _new(small, action, "staff", **fields)
    for position, (word, name, days, kit) in enumerate(
        (("adult", "Umum", 365, 0), ("child", "Anak", 365, 0), ("school", "Sekolah", 730, 50))
    ):
        small.categories[word] = _new(
            small,
            action,
            "member_category",
            name=name,
            code=word[:1].upper(),
            membership_days=days,
            kit_limit=kit,
            position=position,
        )
    for card, name, category, phone, born in MEMBERS:
        small.members[card] = _new(
            small,
            action,
            "member",
            card=card,
            name=name,
            category=small.categories[category],
            branch=small.branches["pusat"],
            registered=date(2026, 1, 5),
            expires=date(2027, 1, 5),
            birth_date=born,
            phone=phone,
            phone_key=search_key(phone),
            guardian_name="Ibu Andai" if category == "child" else "",
            guardian_consent=date(2026, 1, 5) if category == "child" else None,
        )


def _stock(small: SmallLibrary, action: Action) -> None:
    small.kinds["book"] = _new(small, action, "collection_kind", name="Umum", code="U", position=0)
    small.kinds["reference"] = _new(
        small, action, "collection_kind", name="Referensi", code="R", position=1
    )
    for number, (title, author, call_number) in enumerate(TITLES):
        reference = call_number.startswith("R ")
        id_ = _new(small, action, "title", title=title, author=author, call_number=call_number)
        small.titles.append(id_)
        for twin in (1, 2):
            barcode = f"B{2 * number + twin:04}"
            small.copies[barcode] = _new(
                small,
                action,
                "copy",
                barcode=barcode,
                inventory=f"{2 * number + twin:05}/PD/H/2026",
                title=id_,
                branch=small.branches["pusat"],
                kind=small.kinds["reference" if reference else "book"],
                access=Access.READING_ROOM if reference else Access.LOAN,
                condition=Condition.GOOD,
                price=75_000,
            )


def _rules(small: SmallLibrary) -> None:
    common = {"loan_days": 7, "renewals": 1, "fine_per_day": FINE, "hold_limit": 2}
    small.rule("Umum", loan_limit=3, **common)
    small.rule("Anak", category=small.categories["child"], loan_limit=2, loan_days=7)
    small.rule("Sekolah", category=small.categories["school"], loan_limit=2, loan_days=30)


_SEEN = {
    "loan": 'member, copy, due, renewals, claimed, kit, "end", ended_at, days_late',
    "hold": "member, title, copy, state, pickup_until, expires",
    "money": "member, amount, kind, loan, note",
    "reading": "member, copy, at",
    "transfer": "copy, from_branch, to_branch, why, state",
    "sighting": "copy, at",
}
_STANDS = {
    "loan": '"end" <> 3',
    "hold": "state <> 'cancelled'",
    "money": "voided = 0",
    "reading": "voided = 0",
    "transfer": "state <> 'cancelled'",
    "sighting": "voided = 0",
}


def living(library: Library) -> dict[str, list[Any]]:
    """Everything that stands in the library as people see it: no stamps, nothing taken back."""
    found = {}
    for table, fields in FIELD_RECORDS.items():
        columns = ", ".join(f'"{name}"' for name in ("id", *fields))
        found[table] = library.rows(
            f'select {columns} from "{table}" where deleted = 0 order by id'
        )
    for table, columns in _SEEN.items():
        found[table] = library.rows(
            f"select id, {columns} from {table} where {_STANDS[table]} order by id"
        )
    return found
