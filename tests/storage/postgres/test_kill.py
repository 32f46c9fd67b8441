"""A database server that is killed under load: what was confirmed is there, once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from helpers.op_samples import op
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge import loans
from perpusdesk.domain.merge.ops import Op
from perpusdesk.storage.check import check
from perpusdesk.storage.postgres.embedded import NoServerError, Running, running_server
from perpusdesk.storage.postgres.library import PostgresLibrary

KILLS = 2


def test_what_was_confirmed_survives_the_kill_of_the_database_server(
    expect_log: Callable[[str], None],
) -> None:
    expect_log("WARNING psycopg: error ignored ")  # worded as the cut fell
    try:
        with running_server() as server:
            _killed_under_load(server)
    except NoServerError as error:
        pytest.skip(str(error))


def _killed_under_load(server: Running) -> None:
    confirmed: set[int] = set()
    failures = 0
    with PostgresLibrary.create_in(server.dsn) as library:
        for number in range(1, KILLS + 1):
            killer = threading.Timer(0.05 * number, server.kill)
            killer.start()
            failures += _write_until_it_fails(library, confirmed)
            killer.join()
            server.start()
            there = {seq for (seq,) in library.rows("select seq from op")}
            assert confirmed <= there
            assert len(there - confirmed) <= number, "at most the one that was under way, each time"
            confirmed = there
        again = [_op(seq) for seq in confirmed]
        assert library.ingest(again).new == 0
        assert library.value("select count(*) from loan") == len(confirmed)
        assert check(library) == []
    assert failures == KILLS


def _write_until_it_fails(library: PostgresLibrary, confirmed: set[int]) -> int:
    while True:
        seq = max(confirmed, default=0) + 1
        try:
            library.ingest([_op(seq)])
        except KnownError as error:
            assert error.fault is Fault.UNREACHABLE
            return 1
        confirmed.add(seq)


def _op(seq: int) -> Op:
    return op(loans.RETURNED, "loan", seq, clock=seq, seq=seq)
