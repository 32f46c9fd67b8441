"""The same ops come to the same rows and the same digest, whatever way they came."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.desk_day import work
from helpers.library import SmallLibrary
from helpers.op_samples import DEVICES, field_set, op, op_lists, retellings
from helpers.shelf import Shelf
from helpers.watch_rows import everything, meaning
from perpusdesk.domain.merge import kinds, loans
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.ops import Op
from perpusdesk.storage.check import check, rebuild
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library

slow_setup = settings(max_examples=20, suppress_health_check=list(HealthCheck))


@pytest.fixture
def other(make: Any) -> Library:
    library: Library = make("other")
    return library


@slow_setup
@given(data=st.data())
def test_any_order_repetition_and_split_gives_the_same_file(
    shelf: Shelf, data: st.DataObject
) -> None:
    ops = data.draw(op_lists(strange=True))
    with shelf.take() as one, shelf.take() as two:
        one.ingest(ops)
        for batch in data.draw(retellings(ops)):
            two.ingest(batch)
        assert two.digest() == one.digest()
        assert meaning(two) == meaning(one)
        assert two.have() == one.have()
        assert check(one) == check(two) == []


def _batches(ops: list[Op], chance: Random) -> Iterator[list[Op]]:
    told = [*ops, *chance.sample(ops, len(ops) // 3)]
    chance.shuffle(told)
    while told:
        size = chance.randint(1, 40)
        yield told[:size]
        del told[:size]


@pytest.mark.parametrize("seed", range(3))
def test_a_day_at_the_desk_comes_to_the_same_on_another_device(
    small: SmallLibrary, other: Library, seed: int
) -> None:
    list(work(small))
    ops = list(small.library.all_ops())
    for batch in _batches(ops, Random(seed)):
        other.ingest(batch)
    assert other.digest() == small.library.digest()
    assert other.have() == small.library.have()
    assert meaning(other) == meaning(small.library)
    assert check(other) == []


def test_taking_in_what_is_known_changes_nothing(small: SmallLibrary) -> None:
    list(work(small))
    before = everything(small.library) | {"meta": []}
    ops = list(small.library.all_ops())
    result = small.library.ingest(ops)
    assert (result.new, result.known, result.held) == (0, len(ops), 0)
    assert everything(small.library) | {"meta": []} == before


def test_nothing_to_take_in_is_nothing(other: Library) -> None:
    assert other.ingest([]).new == 0


def test_a_batch_is_taken_in_whole_or_not_at_all(other: Library) -> None:
    before = everything(other)
    with pytest.raises(ValueError, match="no such stamp"):
        other.ingest([op(loans.RETURNED), op(loans.LOST, seq=0)])
    assert everything(other) == before


def test_the_have_map_tells_only_what_has_no_gap(other: Library) -> None:
    ops = [op(loans.RETURNED, clock=n, seq=n) for n in range(1, 8)]
    stream = f"{DEVICES[0].hex()}/{10:016x}"
    other.ingest([ops[1], ops[4]])
    assert other.have() == {stream: 0}
    other.ingest([ops[0]])
    assert other.have() == {stream: 2}
    other.ingest([ops[5], ops[3]])
    assert other.have() == {stream: 2}
    other.ingest([ops[2]])
    assert other.have() == {stream: 6}


def test_what_is_written_after_an_exchange_comes_after_it(other: Library) -> None:
    far = (other.now_ms() + 60_000) << 16
    other.ingest([field_set({"name": "Ani"}, clock=far, at=0)])
    action = Action("test")
    action.set("member", field_set({}).entity, {"name": "Anni"})
    written = other.write(action)
    assert written.stamps[0].clock > far
    assert other.value("select name from member") == "Anni"
    assert other.ops_of(field_set({}).entity)[1].payload["base"]["name"][0] == far


# -- ops that this program does not understand ----------------------------------------------------


def test_strange_ops_are_kept_word_for_word_and_passed_on(other: Library, make: Any) -> None:
    strange = [
        op("loan.of_a_newer_program", payload_of_a_newer_program={"a": [1, b"b"]}),
        op("made", "thing_of_a_newer_program", seq=2, x="y"),
        op(loans.RENEWED, seq=3, due=7),
    ]
    result = other.ingest(strange)
    assert (result.new, result.held) == (3, 3)
    assert other.value("select count(*) from loan") == 0
    assert check(other) == []
    assert [kept.payload for kept in other.all_ops()] == [made.payload for made in strange]
    third: Library = make("third")
    third.ingest(other.all_ops())
    assert third.have() == other.have()


def test_strange_ops_do_not_disturb_those_beside_them(other: Library) -> None:
    opened = op(loans.OPENED, copy=b"c" * 16, member=b"m" * 16, due="2026-11-09", seq=2, clock=2)
    other.ingest([op("loan.of_a_newer_program"), opened])
    assert other.rows("select due, lent_at from loan") == [("2026-11-09", 2000)]
    assert check(other) == []


def test_held_ops_are_folded_once_the_program_understands_them(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ops = [
        op(loans.OPENED, copy=b"c" * 16, member=b"m" * 16, due="2026-11-09"),
        op(loans.RETURNED, clock=2, seq=2),
        field_set({"name": "Ani", "nickname": 7}, clock=3, seq=3),
    ]
    with Library.create(tmp_path / "new", engine=engine) as newer:
        newer.ingest(ops)
    older_events = {**kinds.EVENTS, "loan": {loans.OPENED: {}}}
    with monkeypatch.context() as patch:
        patch.setitem(kinds.EVENTS, "loan", older_events["loan"])
        assert not understood(ops[1])
        with Library.create(tmp_path / "old", engine=engine) as older:
            assert older.ingest(ops).held == 1
            assert older.value('select "end" from loan') == loans.OPEN
    with (
        Library.open(tmp_path / "old", engine=engine) as upgraded,
        Library.open(tmp_path / "new", engine=engine) as newer,
    ):
        assert upgraded.value('select "end" from loan') == loans.ENDED_RETURNED
        assert upgraded.digest() == newer.digest()
        assert check(upgraded) == []


def test_a_library_can_be_folded_anew_into_another_file(
    small: SmallLibrary, tmp_path: Path, engine: Engine
) -> None:
    list(work(small))
    with rebuild(small.library, tmp_path / "anew", engine) as anew:
        assert anew.digest() == small.library.digest()
        assert (anew.id, anew.have()) == (small.library.id, small.library.have())
        assert anew.device != small.library.device
        assert check(anew) == []


# -- one file twice -------------------------------------------------------------------------------


def _note(library: Library, text: str) -> None:
    action = Action("test")
    action.set("member", UUID(int=1), {"name": text})
    library.write(action)


def test_a_copied_folder_never_gives_a_seq_of_the_original_to_another_op(
    tmp_path: Path, engine: Engine
) -> None:
    original = Library.create(tmp_path / "original", engine=engine)
    _note(original, "before the copy")
    shutil.copytree(tmp_path / "original", tmp_path / "copy")
    copy = Library.open(tmp_path / "copy", engine=engine)
    for number in range(3):
        _note(original, f"original {number}")
        _note(copy, f"copy {number}")
    told = {tuple(made.stamp)[1:]: made.payload for made in original.all_ops()}
    for made in copy.all_ops():
        assert told.setdefault(tuple(made.stamp)[1:], made.payload) == made.payload
    assert len(told) == 7
    original.ingest(copy.all_ops())
    copy.ingest(original.all_ops())
    assert original.digest() == copy.digest()
    assert copy.device == original.device
    original.close()
    copy.close()


def test_a_restored_backup_begins_another_stream(tmp_path: Path, engine: Engine) -> None:
    with Library.create(tmp_path / "desk", engine=engine) as library:
        _note(library, "kept")
    shutil.copytree(tmp_path / "desk", tmp_path / "backup")
    with Library.open(tmp_path / "desk", engine=engine) as library:
        _note(library, "lost with the disk, but sent before")
        sent = list(library.all_ops())
    with Library.open(tmp_path / "backup", engine=engine) as restored:
        _note(restored, "after the restore")
        restored.ingest(sent)
        assert len(list(restored.all_ops())) == 3
        assert len(restored.have()) == 3
        assert check(restored) == []
