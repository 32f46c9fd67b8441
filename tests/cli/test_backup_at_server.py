"""Backups at the library's server from the command line: made, listed, checked, restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.command_line import Call
from perpusdesk.cli import backup_server
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.services.safety.recovery import give_recovery
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import Connection, connections, keep_connections
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import Joined
from perpusdesk.syncing.join import join_with
from perpusdesk_server.device_backups import FOLDER, DeviceBackups
from perpusdesk_server.opening import as_server
from perpusdesk_server.serving import Serving
from server.places import UNHURRIED, code_of, listening


@pytest.fixture
def serving(library: Path, tmp_path: Path) -> Iterator[Serving]:
    """A server that the library has joined."""
    folder = tmp_path / "city"
    served = Library.create(folder)
    member, holder = as_server(served, system_key_store(folder), "Server kota")
    made = Serving(member, holder, "http://127.0.0.1", limits=UNHURRIED)
    made.backups = DeviceBackups(folder)
    with listening(made) as port:
        with Library.open(library) as desk:
            code, keys = code_of(made, port), system_key_store(library)
            assert isinstance(join_with(desk, code, keys, post_enrolment, "Meja"), Joined)
        yield made


def test_a_backup_at_the_server_is_made_listed_checked_and_restored(
    call: Call, serving: Serving, tmp_path: Path
) -> None:
    made = call("backup", "create", "--to", "server")
    assert made.code == 0, made.err
    assert [one["failure"] for one in made.document["places"]] == [None, None]
    assert list((tmp_path / "city" / FOLDER).glob("*/*/*.backup"))
    (listed,) = call("backup", "list", "--from", "server").document["backups"]
    assert listed["where"].startswith("http://127.0.0.1:")
    assert listed["rows"] == made.document["rows"]
    assert call("backup", "verify", "--from", "server").document["whole"]
    done = call("backup", "restore", "--from", "server", "--to", tmp_path / "copy")
    assert done.code == 0, done.err
    assert done.document["digest"]


def test_a_full_server_and_none_at_all_are_told(
    call: Call, serving: Serving, expect_log: object
) -> None:
    assert callable(expect_log)
    expect_log("no backup to a server: server_full")
    assert serving.backups is not None
    serving.backups.most_bytes = 1_000
    full = call("backup", "create", "--to", "server")
    assert full.code != 0
    assert "server_full" in full.out + full.err


def test_a_library_without_a_server_says_so(call: Call) -> None:
    told = call("backup", "create", "--to", "server")
    assert told.code != 0
    assert "not_enrolled" in told.out + told.err


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_server, "_ANSWER_S", 1.0)


def test_a_new_computer_restores_by_a_code_for_the_device(
    call: Call, serving: Serving, library: Path, tmp_path: Path
) -> None:
    recovery = new_code(b"0123456789abcdef")
    with Library.open(library) as lost:
        give_recovery(lost, recovery)
    assert call("backup", "create", "--to", "server").code == 0
    with Library.open(library) as lost:
        device, digest = lost.device.hex(), lost.digest()
        (where,) = connections(lost)
    port = int(where.url.rpartition(":")[2])
    code = enrolment_code.write(code_of(serving, port, device=device))
    new = tmp_path / "new"
    words = ("backup", "restore", "--server", code, "--to", new)
    needed = call(*words)
    assert needed.code != 0
    assert "recovery_code" in needed.out + needed.err
    done = call(*words, "--code", recovery)
    assert done.code == 0, done.err
    assert (done.document["device"], done.document["digest"]) == (device, digest)
    again = call(*words, "--code", recovery)
    assert again.code != 0
    assert "already_open" in again.out + again.err
    thief = call("backup", "restore", "--server", code, "--code", recovery, "--to", tmp_path / "x")
    assert thief.code == 1
    assert thief.document["refused"]["code"] == "code_used"


def test_a_plain_backup_goes_to_the_server_too_where_it_answers(
    call: Call, serving: Serving, library: Path, tmp_path: Path
) -> None:
    made = call("backup", "create")
    assert made.code == 0, made.err
    assert len(made.document["places"]) == 2
    assert made.document["left_out"] == []
    kept = list((tmp_path / "city" / FOLDER).glob("*/*/*.backup"))
    assert [one.name for one in kept] == [made.document["places"][0]["name"]]
    with Library.open(library) as desk:
        gone = "http://127.0.0.1:9"
        keep_connections(desk, [Connection(gone)])
    alone = call("backup", "create")
    assert alone.code == 0, alone.err
    assert len(alone.document["places"]) == 1
    assert alone.document["left_out"] == [gone]
