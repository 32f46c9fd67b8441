"""An op is there if and only if its rows changed, in the same transaction; nothing else writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import apsw
import pytest

from helpers.desk_day import work
from helpers.library import SmallLibrary
from helpers.op_samples import op
from helpers.watch_rows import RowWatch, everything, may_write, synced_tables
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge import loans
from perpusdesk.domain.merge.facts import ENTRY
from perpusdesk.storage.check import check
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library


def test_no_write_of_a_whole_day_escapes_the_door(small: SmallLibrary) -> None:
    watch = RowWatch(small.library)
    steps = len(list(work(small)))
    ops, rows = watch.counts()
    assert ops > steps
    assert rows > steps
    assert watch.escaped() == []
    assert watch.silent() == []
    assert check(small.library) == []


def test_the_watch_would_see_a_write_past_the_door(small: SmallLibrary) -> None:
    watch = RowWatch(small.library)
    with may_write(small.library):
        small.library.database.execute_sql("update copy set note = 'x' where barcode = 'B0001'")
    assert [row[1:] for row in watch.escaped()] == [("copy", small.copies["B0001"].hex.upper())]


def test_a_session_sees_changes_in_known_tables_alone(tmp_path: Any) -> None:
    """SQLite's own list of changes agrees with the triggers that no table was forgotten."""
    from helpers.library import build

    small = build(tmp_path / "library")
    session = apsw.Session(small.library.database.connection(), "main")
    session.attach()
    before = {row[0] for row in small.library.rows("select entity from op")}
    list(work(small))
    tables = {change.name for change in apsw.Changeset.iter(session.changeset())}
    known = {*synced_tables(small.library), "op", "digest", "meta", "local", "stream"}
    known |= {"chain", "stale_day"}
    searches = {name for name in tables if "_search" in name}
    assert tables - searches <= known
    assert {"loan", "hold", "member", "op", "digest"} <= tables
    assert before < {row[0] for row in small.library.rows("select entity from op")}
    session.close()
    small.library.close()


@pytest.mark.parametrize(
    "statement",
    ["update copy set note = 'x'", "delete from loan", "delete from op", "drop table loan"],
)
def test_reading_cannot_write(small: SmallLibrary, statement: str) -> None:
    with pytest.raises(KnownError) as caught:
        small.library.rows(statement)
    assert caught.value.fault is Fault.READ_ONLY
    assert check(small.library) == []


# -- a crash at every statement -------------------------------------------------------------------


class _CrashError(Exception):
    """Not a failure that the program knows of."""


class _Breaking:
    """A cursor that raises instead of running the n-th statement of all cursors."""

    def __init__(self, cursor: Any, count: Callable[[], None]) -> None:
        self._cursor = cursor
        self._count = count

    def execute(self, *args: Any) -> Any:
        self._count()
        return self._cursor.execute(*args)

    def executemany(self, *args: Any) -> Any:
        self._count()
        return self._cursor.executemany(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def _break_at(library: Library, patch: pytest.MonkeyPatch, number: int, error: Exception) -> None:
    real = library.database.cursor
    left = iter(range(number - 1))

    def count() -> None:
        if next(left, None) is None:
            raise error

    patch.setattr(library.database, "cursor", lambda *_: _Breaking(real(), count))


def _lend_and_charge(small: SmallLibrary) -> Action:
    """An action that touches events, fields and money."""
    action = Action("test", small.staff["desk"], small.branches["pusat"])
    member, copy = small.members["A0001"], small.copies["B0001"]
    loan, entry = small.library.new_id(), small.library.new_id()
    action.event(loans.OPENED, "loan", loan, fresh=True, copy=copy, member=member, due="2026-11-09")
    action.event(ENTRY, "money", entry, fresh=True, member=member, amount=500, kind="charge")
    action.set("member", member, {"note": "baru", "from_a_newer_program": 1})
    return action


def _attempts(
    small: SmallLibrary, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> tuple[int, list[type[Exception]]]:
    """Write, broken at the first statement, at the second ..., until a write goes through."""
    before = everything(small.library)
    raised: list[type[Exception]] = []
    for number in range(1, 100):
        with monkeypatch.context() as patch:
            _break_at(small.library, patch, number, error)
            try:
                small.library.write(_lend_and_charge(small))
            except Exception as caught:
                raised.append(type(caught))
            else:
                return number - 1, raised
        assert everything(small.library) == before
    raise AssertionError("the write has no end")


def test_a_crash_at_any_statement_leaves_neither_op_nor_row(
    small: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements, raised = _attempts(small, monkeypatch, _CrashError("here"))
    assert statements > 8, "begin, stream, ops, rows, digest, clock and commit at least"
    assert set(raised) == {_CrashError}
    assert check(small.library) == []
    small.library.write(_lend_and_charge(small))
    assert check(small.library) == []


def test_a_full_disk_at_any_statement_is_told_and_leaves_neither_op_nor_row(
    small: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = apsw.FullError("FullError: database or disk is full")
    _, raised = _attempts(small, monkeypatch, error)
    assert set(raised) == {KnownError}


def test_streams_have_no_gap_after_failures(
    small: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (3, 6, 9):
        with monkeypatch.context() as patch:
            _break_at(small.library, patch, number, _CrashError("here"))
            with pytest.raises(_CrashError):
                small.library.write(_lend_and_charge(small))
        small.library.write(_lend_and_charge(small))
    for (stream,) in small.library.rows("select number from stream"):
        seqs = [row[0] for row in small.library.rows("select seq from op where stream = ?", stream)]
        assert sorted(seqs) == list(range(1, len(seqs) + 1))


def test_a_stream_first_heard_of_in_vain_is_written_down_the_next_time(
    make: Callable[[str], Library], monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    library, foreign = make("library"), [op(loans.RETURNED)]
    with monkeypatch.context() as patch:
        _break_at(library, patch, 12, _CrashError("here"))
        with pytest.raises(_CrashError):
            library.ingest(foreign)
    library.ingest(foreign)
    library.close()
    with Library.open(library.folder, engine=engine) as again:
        assert list(again.all_ops()) == foreign
        assert check(again) == []


# -- what may be written --------------------------------------------------------------------------


def test_an_event_that_no_fold_knows_is_a_bug_and_writes_nothing(small: SmallLibrary) -> None:
    before = everything(small.library)
    action = Action("test")
    action.event("loan.misspelt", "loan", small.library.new_id(), fresh=True)
    with pytest.raises(ValueError, match=r"loan\.misspelt"):
        small.library.write(action)
    with pytest.raises(ValueError, match="does nothing"):
        small.library.write(Action("empty"))
    assert everything(small.library) == before


def test_what_one_transaction_sets_and_deletes_again_is_deleted(small: SmallLibrary) -> None:
    """The deletion knows of the field set before it, though neither is in the file yet."""
    id_ = small.library.new_id()
    action = Action("test")
    action.set("member", id_, {"name": "Ani"}, fresh=True)
    action.set("member", id_, {"note": "x"})
    action.delete("member", id_)
    small.library.write(action)
    assert small.library.value("select deleted from member where id = ?", id_.bytes) == 1
    assert check(small.library) == []


def test_many_actions_are_one_transaction(small: SmallLibrary) -> None:
    def actions() -> Any:
        yield _lend_and_charge(small)
        raise _CrashError("in the second")

    before = everything(small.library)
    with pytest.raises(_CrashError):
        small.library.write_many(actions())
    assert everything(small.library) == before


@pytest.mark.parametrize("value", [True, 2**63, 1.5, ["a", 1], {"a": b"b"}, "12", b"x", "A\0B"])
@pytest.mark.parametrize("field", ["name", "price", "kind", "of_a_newer_program"])
def test_any_value_comes_back_as_it_was_set(make: Any, field: str, value: Any) -> None:
    """A column that would change a value (text of digits, a list) does not get it."""
    library: Library = make("library")
    id_ = UUID(int=5)
    action = Action("test")
    action.set("copy", id_, {field: value}, fresh=True)
    library.write(action)
    later = Action("test")
    later.set("copy", id_, {"note": "x"})
    library.write(later)
    (told, _) = library.ops_of(id_)
    assert told.payload["fields"][field] == value
    assert check(library) == []


def test_resting_moves_the_log_into_the_file_and_tidying_changes_no_row(
    small: SmallLibrary,
) -> None:
    small.library.write(_lend_and_charge(small))
    before = everything(small.library)
    file = small.library.folder / "library.db"
    content = file.read_bytes()
    small.library.rest()
    assert file.read_bytes() != content
    small.library.tidy()
    after = everything(small.library)
    assert {name: after[name] for name in before} == before
    assert check(small.library) == []
