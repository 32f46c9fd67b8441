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


def test_a_question_on_a_reading_connection_can_be_called_off(library: Any) -> None:
    with library.beside() as other:
        timer = threading.Timer(0.3, other.call_off)
        timer.start()
        with pytest.raises(CalledOffError):
            other.rows("select pg_sleep(20)")
        timer.join()
        assert other.value("select 1") == 1
    library.call_off()  # never of the one that writes
    assert library.value("select 1") == 1


# -- the commit -----------------------------------------------------------------------------------


@pytest.fixture
def hasty(make_postgres: Any) -> PostgresLibrary:
    """A library that waits for an answer for one second only."""
    made: PostgresLibrary = make_postgres(answer_seconds=1.0)
    return made


@pytest.fixture
def absent_standby(postgres_dsn: str) -> Iterator[str]:
    """Let every commit wait for a standby that never comes, until the test is over."""
    for setting, value in (
        ("synchronous_commit", "on"),
        ("synchronous_standby_names", "nobody"),
    ):
        ask(postgres_dsn, f"alter system set {setting} = '{value}'")
    ask(postgres_dsn, "select pg_reload_conf()")
    time.sleep(0.2)
    yield postgres_dsn
    _standby_is_enough_alone(postgres_dsn)


def _standby_is_enough_alone(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("alter system reset synchronous_standby_names")
        connection.execute("alter system set synchronous_commit = 'off'")
        connection.execute("select pg_reload_conf()")


def _cancel_the_wait(dsn: str) -> None:
    """Do what an impatient administrator does once a commit waits for the standby."""
    query = (
        "select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'"
    )
    while ask(dsn, query) == [(0,)]:
        time.sleep(0.05)


def test_a_commit_that_no_other_machine_has_is_not_confirmed(
    library: Any, absent_standby: str
) -> None:
    """PostgreSQL answers a cancelled wait with success and a warning; we do not believe it."""
    cancel = threading.Thread(target=_cancel_the_wait, args=[absent_standby])
    cancel.start()
    fault = _fault(lambda: library.ingest([op(loans.RETURNED)]))
    cancel.join()
    assert isinstance(fault, UnknownOutcomeError)
    _standby_is_enough_alone(absent_standby)
    again = library.ingest([op(loans.RETURNED)])
    assert (again.new, again.known) == (0, 1), "it was there, and asking again changes nothing"
    _note(library)
    assert check(library) == []


def test_a_commit_without_an_answer_is_cut_and_never_called_off(
    hasty: PostgresLibrary, absent_standby: str
) -> None:
    library, begun = hasty, time.monotonic()
    fault = _fault(lambda: library.ingest([op(loans.RETURNED)]))
    assert isinstance(fault, UnknownOutcomeError)
    assert time.monotonic() - begun < 30
    log = ask(absent_standby, "select count(*) from pg_stat_activity where wait_event = 'SyncRep'")
    assert log == [(1,)], "the commit itself goes on"
    _standby_is_enough_alone(absent_standby)
    again = library.ingest([op(loans.RETURNED)])
    assert (again.new, again.known) == (0, 1)
    assert check(library) == []


def test_an_upgrade_may_take_longer_than_an_answer(hasty: PostgresLibrary) -> None:
    database: Any = hasty.database
    with database.patient(30):
        assert hasty.rows("select 1 from pg_sleep(2)") == [(1,)]
    with hasty.beside() as other:
        assert _fault(lambda: other.rows("select pg_sleep(20)")).fault is Fault.UNREACHABLE
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
    library: Any, postgres_dsn: str
) -> None:
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
    _wait_until_open(postgres_dsn, library.name).close()


def _wait_until_open(dsn: str, name: str) -> PostgresLibrary:
    for _ in range(100):
        try:
            return PostgresLibrary.open_in(dsn, name)
        except KnownError as error:
            assert error.fault is Fault.ALREADY_OPEN
            time.sleep(0.05)
    raise AssertionError("the lock of a killed process stays")


def test_who_lost_the_library_to_another_process_does_not_go_on(
    library: Any, postgres_dsn: str
) -> None:
    """Its memory of streams and clocks is old; a new connection alone must not hide that."""
    _note(library)
    end_connections(postgres_dsn)
    with _other(postgres_dsn, library.name, "write") as other:
        assert other.wait(30) == 0
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
