"""Connections that die, servers that do not answer, libraries that are served already."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from helpers.op_samples import field_set, op
from helpers.postgres import ask, backends, end_connections
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge import loans
from perpusdesk.storage import intake
from perpusdesk.storage.check import check
from perpusdesk.storage.database import CalledOffError
from perpusdesk.storage.drafts import Action, Written
from perpusdesk.storage.library import Library
from perpusdesk.storage.postgres.faults import UnknownOutcomeError
from perpusdesk.storage.postgres.library import PostgresLibrary
from perpusdesk.storage.postgres.schema import libraries

SOURCE = Path(__file__).parents[3] / "src"


def _note(library: Library, text: str = "Ani") -> Written:
    action = Action("test")
    action.set("member", library.new_id(), {"name": text}, fresh=True)
    return library.write(action)


def _fault(work: Callable[[], Any]) -> KnownError:
    with pytest.raises(KnownError) as caught:
        work()
    return caught.value


# -- connections ----------------------------------------------------------------------------------


def test_a_connection_lost_between_two_writes_comes_back(library: Any, postgres_dsn: str) -> None:
    _note(library)
    assert end_connections(postgres_dsn) >= 1
    assert library.value("select count(*) from member") == 1
    assert end_connections(postgres_dsn) >= 1
    _note(library)
    assert library.value("select count(*) from member") == 2
    assert check(library) == []


def test_a_connection_lost_in_a_write_leaves_nothing_of_it(library: Any, postgres_dsn: str) -> None:
    foreign = [op(loans.RETURNED), field_set({"name": "Budi"}, clock=2, seq=2)]

    def take_in() -> None:
        with library._door.transaction():
            intake.take_in(library._door, foreign)
            end_connections(postgres_dsn)
            library.database.execute_sql("select 1")

    fault = _fault(take_in)
    assert fault.fault is Fault.UNREACHABLE
    assert not isinstance(fault, UnknownOutcomeError)
    assert library.value("select count(*) from op") == 0
    assert library.value("select count(*) from stream") == 0
    assert library.ingest(foreign).new == 2
    assert check(library) == []


def test_a_connection_lost_before_the_commit_is_told_as_unknown(
    library: Any, postgres_dsn: str
) -> None:
    def write() -> None:
        with library._door.transaction():
            library.keep_local("x", 1)
            end_connections(postgres_dsn)

    assert isinstance(_fault(write), UnknownOutcomeError)
    assert library.local("x") is None


def test_an_error_that_somebody_swallows_does_not_commit_half(library: Any) -> None:
    def write() -> None:
        with library.local_work() as database:
            library.keep_local("x", 1)
            with pytest.raises(Exception, match="no_such"):
                database.execute_sql("select no_such_thing")

    fault = _fault(write)
    assert fault.fault is Fault.UNREACHABLE
    assert not isinstance(fault, UnknownOutcomeError), "that nothing was committed is certain"
    assert library.local("x") is None
    _note(library)


def test_what_cannot_be_reached_is_told(postgres_dsn: str) -> None:
    fault = _fault(lambda: PostgresLibrary.create_in("host=127.0.0.1 port=1 password=secret"))
    assert fault.fault is Fault.UNREACHABLE
    assert "secret" not in str(fault.facts)
    missing = _fault(lambda: PostgresLibrary.open_in(postgres_dsn, "no_such_library"))
    assert missing.fault is Fault.NOT_A_LIBRARY
    with pytest.raises(ValueError, match="not a name"):
        PostgresLibrary.open_in(postgres_dsn, 'x"; drop schema public')


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("53100", Fault.DISK_FULL),
        ("25006", Fault.READ_ONLY),
        ("42501", Fault.READ_ONLY),
        ("XX001", Fault.DAMAGED),
        ("53300", Fault.UNREACHABLE),
        ("57014", Fault.UNREACHABLE),
    ],
)
def test_what_the_server_says_is_told_by_its_name(library: Any, code: str, fault: Fault) -> None:
    said = f"do $$ begin raise exception 'as said' using errcode = '{code}'; end $$"

    def write() -> None:
        with library.local_work() as database:
            library.keep_local("x", 1)
            database.execute_sql(said)

    told = _fault(write)
    assert (told.fault, told.facts["detail"].splitlines()[0]) == (fault, "as said")
    assert library.local("x") is None
    _note(library)
    assert check(library) == []


def test_reading_cannot_write(library: Any) -> None:
    _note(library)
    for statement in ("update member set note = 'x'", "delete from op", "drop table loan"):
        assert _fault(lambda said=statement: library.rows(said)).fault is Fault.READ_ONLY
    with library.beside() as other:
        assert other.value("select count(*) from member") == 1
        assert _fault(lambda: _note(other)).fault is Fault.READ_ONLY
    assert check(library) == []


def test_a_question_on_a_reading_connection_can_be_called_off(
    library: Any, postgres_dsn: str
) -> None:
    asleep = "select 1 from pg_stat_activity where pid = %s and wait_event = 'PgSleep'"

    def call_off() -> None:
        _wait_until(lambda: ask(postgres_dsn, asleep, pid) != [])
        other.call_off()

    with library.beside() as other:
        pid = other.value("select pg_backend_pid()")
        caller = threading.Thread(target=call_off)
        caller.start()
        with pytest.raises(CalledOffError):
            other.rows("select pg_sleep(120)")
        caller.join()
        assert other.value("select 1") == 1
    library.call_off()  # never of the one that writes
    assert library.value("select 1") == 1


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


# -- the commit -----------------------------------------------------------------------------------

WAITING = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'"


@pytest.fixture
def absent_standby(library: Any, postgres_dsn: str) -> Iterator[str]:
    """Let every commit wait for a standby that never comes, until the test is over."""
    for setting, value in (
        ("synchronous_commit", "on"),
        ("synchronous_standby_names", "nobody"),
    ):
        ask(postgres_dsn, f"alter system set {setting} = '{value}'")
    ask(postgres_dsn, "select pg_reload_conf()")
    _wait_until(lambda: library.value("show synchronous_commit") == "on")
    _wait_until(lambda: _a_commit_waits(postgres_dsn))
    yield postgres_dsn
    _standby_is_enough_alone(postgres_dsn)


def _a_commit_waits(dsn: str) -> bool:
    """Whether every process of the server has heard of the standby: commit, and call that off."""
    warnings: list[str] = []
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.add_notice_handler(lambda said: warnings.append(str(said.message_primary)))
        committed = threading.Event()
        cancel = threading.Thread(target=_cancel_the_wait, args=[dsn, committed])
        cancel.start()
        connection.execute("select pg_logical_emit_message(true, 'test', '')")
        committed.set()
        cancel.join()
    return warnings != []


def _standby_is_enough_alone(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("alter system reset synchronous_standby_names")
        connection.execute("alter system set synchronous_commit = 'off'")
        connection.execute("select pg_reload_conf()")


def _cancel_the_wait(dsn: str, committed: threading.Event) -> None:
    """Do what an impatient administrator does once a commit waits for the standby."""
    query = WAITING.replace("count(*)", "count(pg_cancel_backend(pid))")
    while ask(dsn, query) == [(0,)] and not committed.is_set():
        time.sleep(0.05)


def test_a_commit_that_no_other_machine_has_is_not_confirmed(
    library: Any, absent_standby: str
) -> None:
    """PostgreSQL answers a cancelled wait with success and a warning; we do not believe it."""
    committed = threading.Event()
    cancel = threading.Thread(target=_cancel_the_wait, args=[absent_standby, committed])
    cancel.start()
    try:
        fault = _fault(lambda: library.ingest([op(loans.RETURNED)]))
    finally:
        committed.set()
        cancel.join()
    assert isinstance(fault, UnknownOutcomeError)
    _standby_is_enough_alone(absent_standby)
    again = library.ingest([op(loans.RETURNED)])
    assert (again.new, again.known) == (0, 1), "it was there, and asking again changes nothing"
    _note(library)
    assert check(library) == []


def test_a_commit_without_an_answer_is_cut_and_never_called_off(
    library: Any, absent_standby: str
) -> None:
    with library.database.patient(2):
        fault = _fault(lambda: library.ingest([op(loans.RETURNED)]))
    assert isinstance(fault, UnknownOutcomeError)
    assert ask(absent_standby, WAITING) == [(1,)], "the commit itself goes on"
    _standby_is_enough_alone(absent_standby)
    again = library.ingest([op(loans.RETURNED)])
    assert (again.new, again.known) == (0, 1)
    assert check(library) == []


def test_an_upgrade_may_take_longer_than_an_answer(make_postgres: Any) -> None:
    hasty = make_postgres(answer_seconds=1.0)
    with hasty.database.patient(60):
        assert hasty.rows("select 1 from pg_sleep(2)") == [(1,)]
    with hasty.beside() as other:
        assert _fault(lambda: other.rows("select pg_sleep(120)")).fault is Fault.UNREACHABLE
        assert other.value("select 1") == 1


# -- one process serves a library -----------------------------------------------------------------

HOLD = """
import sys
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.postgres.library import PostgresLibrary
library = PostgresLibrary.open_in(sys.argv[1], sys.argv[2])
action = Action("test")
action.set("member", library.new_id(), {"name": "Other"}, fresh=True)
library.write(action)
if sys.argv[3] == "hold":
    print("ready", flush=True)
    sys.stdin.read()
library.close()
"""


def _other(dsn: str, name: str, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, dsn, name, how]
    return subprocess.Popen(
        command,
        env={"PYTHONPATH": str(SOURCE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_process_is_refused_until_the_first_is_gone(
    library: Any, postgres_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perpusdesk.storage.postgres.library._FIRST_LOCK_SECONDS", 0.0)
    library.close()
    with _other(postgres_dsn, library.name, "hold") as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        fault = _fault(lambda: PostgresLibrary.open_in(postgres_dsn, library.name))
        assert fault.fault is Fault.ALREADY_OPEN
        assert fault.facts["pid"] in backends(postgres_dsn)
        with PostgresLibrary.open_in(postgres_dsn, library.name, writable=False) as reading:
            assert reading.value("select count(*) from member") == 1
        other.kill()
    _wait_until(lambda: _opens(postgres_dsn, library.name))


def _opens(dsn: str, name: str) -> bool:
    try:
        PostgresLibrary.open_in(dsn, name).close()
    except KnownError as error:
        assert error.fault is Fault.ALREADY_OPEN
        return False
    return True


def test_who_lost_the_library_to_another_process_does_not_go_on(
    library: Any, postgres_dsn: str
) -> None:
    """Its memory of streams and clocks is old; a new connection alone must not hide that."""
    _note(library)
    end_connections(postgres_dsn)
    with _other(postgres_dsn, library.name, "write") as other:
        assert other.wait(120) == 0
    assert _fault(lambda: _note(library)).fault is Fault.ALREADY_OPEN
    library.close()
    with PostgresLibrary.open_in(postgres_dsn, library.name) as again:
        assert again.value("select count(*) from member") == 2
        assert check(again) == []


def test_libraries_of_one_server_do_not_see_each_other(
    make_postgres: Any, postgres_dsn: str
) -> None:
    one, two = make_postgres(), make_postgres(name="library_two")
    _note(one)
    assert two.value("select count(*) from member") == 0
    assert {one.name, "library_two"} <= set(libraries(postgres_dsn))
    assert one.id != two.id
    assert _fault(lambda: make_postgres(name="library_two")).facts["exists"] is True
