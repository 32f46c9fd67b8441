"""The same ops come to the same state and the same digest on PostgreSQL as on SQLite."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.desk_day import work
from helpers.library import build
from helpers.op_samples import field_set, op, op_lists, retellings
from helpers.postgres import columns_of_records, stories
from perpusdesk.domain.merge import loans
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.postgres.library import PostgresLibrary


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_on_either_engine_gives_the_same_library(
    tmp_path_factory: Any, make_postgres: Any, data: st.DataObject
) -> None:
    ops = data.draw(op_lists(strange=True))
    with Library.create(tmp_path_factory.mktemp("one")) as one:
        one.ingest(ops)
        two: PostgresLibrary = make_postgres()
        for batch in data.draw(retellings(ops)):
            two.ingest(batch)
        assert two.digest() == one.digest()
        assert two.have() == one.have()
        assert stories(two) == stories(one)
        assert _log(two) == _log(one)
        assert check(two) == []


def _log(library: Library) -> dict[Any, Op]:
    return {one.stamp: one for one in library.all_ops()}


def test_a_day_at_the_desk_comes_to_the_same_rows(tmp_path: Path, library: Any) -> None:
    small = build(tmp_path / "small")
    list(work(small))
    ops = list(small.library.all_ops())
    chance = Random(1)
    told = [*ops, *chance.sample(ops, len(ops) // 3)]
    chance.shuffle(told)
    while told:
        size = chance.randint(1, 40)
        library.ingest(told[:size])
        del told[:size]
    assert library.digest() == small.library.digest()
    assert library.have() == small.library.have()
    assert columns_of_records(library) == columns_of_records(small.library)
    assert stories(library) == stories(small.library)
    assert check(library) == []
    again = library.ingest(ops)
    assert (again.new, again.known) == (0, len(ops))
    small.library.close()


def test_what_a_server_writes_itself_is_read_by_a_desk(tmp_path: Path, library: Any) -> None:
    action = Action("test")
    member = library.new_id()
    action.set("member", member, {"name": "Ani", "note": None}, fresh=True)
    library.write(action)
    later = Action("test")
    later.set("member", member, {"name": "Anni"})
    library.write_many([later])
    assert library.value("select name from member where id = ?", member.bytes) == "Anni"
    assert [told.payload for told in library.ops_of(member)][1]["base"].keys() == {"name"}
    with Library.create(tmp_path / "desk") as desk:
        desk.ingest(library.all_ops())
        assert desk.digest() == library.digest()
        assert stories(desk) == stories(library)


@pytest.mark.parametrize(
    "value", [True, 2**63, 1.5, ["a", 1], {"a": b"b"}, "12", b"x", "A\0B", "\U0010ffff0\0", ""]
)
@pytest.mark.parametrize("field", ["name", "price", "kind", "of_a_newer_program"])
def test_any_value_comes_back_as_it_was_set(shared: Any, field: str, value: Any) -> None:
    id_ = shared.new_id()
    for changes in ({field: value}, {"note": "x"}):
        action = Action("test")
        action.set("copy", id_, changes)
        shared.write(action)
    assert shared.ops_of(id_)[0].payload["fields"][field] == value
    ((state, _),) = shared._door.rows.records.load("copy", [id_.bytes]).values()
    assert state.values[field] == value
    assert check(shared) == []


@pytest.fixture(scope="module")
def shared(postgres_dsn: str) -> Any:
    """One library that several tests write to."""
    with PostgresLibrary.create_in(postgres_dsn) as made:
        yield made


def test_a_zero_in_any_text_of_an_op_comes_back(library: Any) -> None:
    strange = op("made\0", "thing\0", seq=7, clock=7, text="\0")
    opened = op(loans.OPENED, seq=8, clock=8, due="2026\0", copy=b"c" * 3000, member=b"")
    told = Op(**{name: getattr(opened, name) for name in Op.__slots__} | {"verb": "\0lend"})
    library.ingest([strange, told])
    ops = {one.stamp.seq: one for one in library.all_ops()}
    assert (ops[7], ops[8]) == (strange, told)
    assert library.rows("select due, copy, member from loan") == [("2026\0", b"c" * 3000, b"")]
    assert library.value("select count(*) from loan where due = ?", "2026\0") == 1
    assert check(library) == []


def test_long_texts_and_bytes_are_taken_in_also_where_an_index_is(shared: Any) -> None:
    """Nothing that a device may send is refused for its size."""
    chance = Random(3)
    long = "".join(chr(chance.randint(0x4E00, 0x9FFF)) for _ in range(20_000))
    big = chance.randbytes(3_000_000)
    sets = [
        field_set({"name": long, "card": long}, which=50, clock=50, seq=50, device=1),
        _of("copy", 51, barcode=long, inventory=long, rfid=long, title=big[:5000]),
        _of("title", 52, title=long, isbn=long, issn=long, marc=big),
        _of("heading", 53, kind=long, heading=long),
        op(loans.OPENED, "loan", 54, seq=54, clock=54, device=1, due=long, copy=big[:9000]),
    ]
    shared.ingest(sets)
    assert shared.value("select length(marc) from title") == 3_000_000
    assert shared.rows("select count(*) from copy where barcode = ?", long) == [(1,)]
    assert shared.value("select count(*) from member where card in (?, ?)", "x", long) == 1
    assert check(shared) == []


def _of(entity_type: str, which: int, **fields: Any) -> Op:
    made = op(SET, entity_type, which, clock=which, seq=which, device=1)
    payload = {"fields": fields}
    return Op(**{name: getattr(made, name) for name in Op.__slots__} | {"payload": payload})


def test_revived_and_voided_records_come_to_the_same(tmp_path: Path, library: Any) -> None:
    entered = field_set({"name": "Ani"}, which=1)
    stone = op(DELETE, "member", 1, clock=2, seq=2, base={"name": entered.stamp})
    revived = field_set({"note": "kembali"}, which=1, clock=3, seq=1, device=1)
    opened = op(loans.OPENED, "loan", 2, clock=4, seq=3, copy=b"c" * 16, due="2026-11-09")
    void = op(VOID, "loan", 2, clock=5, seq=4, of=[opened.stamp])
    ops = [entered, stone, revived, opened, void]
    for batch in (ops[3:], [ops[1]], [ops[2], ops[0]]):
        library.ingest(batch)
    with Library.create(tmp_path / "desk") as desk:
        desk.ingest(ops)
        assert stories(desk) == stories(library)
        assert desk.digest() == library.digest()
    assert library.rows("select deleted from member") == [(0,)]
    assert library.rows('select "end" from loan') == [(3,)]
    assert [one.stamp for one in library.ops_of_action(ops[0].action)] == [
        one.stamp for one in sorted(ops, key=lambda one: one.stamp)
    ]
    assert library.clocks_of("member", UUID(bytes=entered.entity.bytes)).keys() == {"name", "note"}
