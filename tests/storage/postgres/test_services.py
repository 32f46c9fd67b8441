"""What a server asks of its library works on PostgreSQL as on SQLite, with the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from helpers.desk_day import work
from helpers.library import SmallLibrary, Time, build
from helpers.op_samples import field_set, op
from helpers.postgres import stories
from perpusdesk.domain.merge import holds, loans
from perpusdesk.protocol.messages import Facts
from perpusdesk.services.conflicts.conflict_list import every_conflict
from perpusdesk.services.set_up import NewLibrary, furnish, open_desk
from perpusdesk.storage import device_book
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library, Sources
from perpusdesk.storage.postgres.library import PostgresLibrary
from perpusdesk.storage.queries import policy
from perpusdesk.storage.queries.fleet import fleet, totals
from perpusdesk.storage.queries.staff import people
from perpusdesk.storage.snapshot import make_snapshot, put_in


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    made = build(tmp_path / "small")
    list(work(made))
    yield made
    made.library.close()


@pytest.fixture
def twin(make_postgres: Any, small: SmallLibrary) -> PostgresLibrary:
    """The small library once more, on PostgreSQL, at the same time of day."""
    made: PostgresLibrary = make_postgres(library=small.library.id, sources=small.library.sources)
    made.ingest(small.library.all_ops())
    return made


def _contradict(small: SmallLibrary) -> list[Any]:
    """Return ops of two other devices that nobody agreed upon."""
    copy, other = small.copies["B0001"].bytes, small.copies["B0003"].bytes
    one, two = (small.members[card].bytes for card in ("A0001", "A0002"))
    clock = small.library.now_ms() << 16
    now, due = {"clock": clock, "at": small.library.now_ms()}, "2026-11-09"
    return [
        op(loans.OPENED, "loan", 1, **now, copy=copy, member=one, due=due),
        op(loans.OPENED, "loan", 2, **now, device=1, copy=copy, member=two, due=due),
        op(loans.OPENED, "loan", 3, **now, seq=2, copy=b"?" * 16, member=two, due="x"),
        op(loans.RETURNED, "loan", 4, **now, seq=3),
        op(holds.READY, "hold", 5, **now, seq=4, copy=other),
        op(holds.READY, "hold", 6, **now, device=1, seq=2, copy=other),
        field_set({"name": "Siti Misalnya", "card": "A0001"}, which=7, **now, device=2),
        field_set({"name": "Rina", "card": "N1"}, which=8, **now, device=2, seq=2),
        field_set({"name": "Rini", "card": "N1"}, which=8, **now, device=1, seq=3),
    ]


def test_both_engines_show_the_same_conflicts(small: SmallLibrary, twin: PostgresLibrary) -> None:
    told = _contradict(small)
    Random(1).shuffle(told)
    for library in (small.library, twin):
        library.ingest(told)
    ours, theirs = every_conflict(small.library), every_conflict(twin)
    assert theirs == ours
    assert len({found.kind for found in ours.values()}) >= 5
    assert stories(twin) == stories(small.library)


def test_the_fleet_and_the_rules_are_told_alike(small: SmallLibrary, twin: PostgresLibrary) -> None:
    assert totals(twin) == totals(small.library)
    assert fleet(twin) == fleet(small.library)
    for ask in (policy.branches, policy.settings, policy.loan_rules, policy.hours, people):
        assert ask(twin) == ask(small.library)
    twin.exchange.note_contact(b"d" * 16, Facts(program="1"))
    assert b"d" * 16 in twin.exchange.contacts()


def test_a_new_server_is_furnished_and_claimed(make_postgres: Any) -> None:
    time = Time()
    library = make_postgres(sources=Sources(time.wall_ms, time.uptime_ms))
    assert not device_book.claimed(library)
    device_book.claim(library, b"L" * 16)
    assert device_book.claimed(library)
    assert library.id == b"L" * 16
    furnish(library, NewLibrary("Perpustakaan Kota Contoh", "Pusat"))
    assert open_desk(library).branch is not None
    library.close()


def test_a_snapshot_of_it_starts_a_desk(
    tmp_path: Path, small: SmallLibrary, twin: PostgresLibrary
) -> None:
    facts = make_snapshot(twin, tmp_path / "snapshot.db")
    assert facts.digest == twin.digest()
    with Library.create(tmp_path / "van", library=small.library.id) as van:
        put_in(van, tmp_path / "snapshot.db", facts)
        assert van.digest() == small.library.digest()
        assert van.have() == small.library.have()
        assert check(van) == []
