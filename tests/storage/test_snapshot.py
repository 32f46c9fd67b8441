"""A snapshot carries a whole library to a new device, counted on both ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.certified import Device, device_in, exchange, known_by
from helpers.desk_day import work
from helpers.library import SmallLibrary
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.searching.search import search
from perpusdesk.storage import scratch
from perpusdesk.storage.check import check
from perpusdesk.storage.database import connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.snapshot import make_snapshot, put_in


@pytest.fixture
def filled(small: SmallLibrary) -> SmallLibrary:
    for _ in work(small):
        pass
    return small


def new_device(filled: SmallLibrary, folder: Path) -> Library:
    return Library.create(folder, library=filled.library.id, sources=filled.library.sources)


def test_a_new_device_has_all_of_it(filled: SmallLibrary, tmp_path: Path) -> None:
    facts = make_snapshot(filled.library, tmp_path / "snapshot")
    with new_device(filled, tmp_path / "van") as van:
        put_in(van, tmp_path / "snapshot", facts)
        assert van.digest() == filled.library.digest() == facts.digest
        assert van.have() == filled.library.have()
        assert check(van) == []
        assert van.device != filled.library.device
        action = Action("note")
        action.set("member", filled.members["A0001"], {"note": "dari mobil"})
        van.write(action)
        assert check(van) == []
    with Library.open(tmp_path / "van") as again:
        assert check(again) == []
        assert again.value("select note from member where card = 'A0001'") == "dari mobil"


def test_what_the_device_did_before_is_kept(filled: SmallLibrary, tmp_path: Path) -> None:
    facts = make_snapshot(filled.library, tmp_path / "snapshot")
    with new_device(filled, tmp_path / "van") as van:
        action = Action("note")
        action.set("member", filled.members["A0001"], {"note": "lebih dulu"})
        van.write(action)
        put_in(van, tmp_path / "snapshot", facts)
        assert van.value("select note from member where card = 'A0001'") == "lebih dulu"
        assert van.value("select name from member where card = 'A0001'") == "Siti Misalnya"
        assert check(van) == []


def test_it_goes_on_by_exchange(filled: SmallLibrary, tmp_path: Path) -> None:
    desk = Device(filled.library, 1)
    server = device_in(tmp_path / "server", 9, filled.library, filled.library.sources)
    exchange(desk, server)
    facts = make_snapshot(server.library, tmp_path / "snapshot")
    library = new_device(filled, tmp_path / "van")
    put_in(library, tmp_path / "snapshot", facts)
    van = Device(library, 2)
    told = exchange(van, server)
    assert (told.sent, told.received) == (0, 0)
    action = Action("note")
    action.set("member", filled.members["A0001"], {"note": "kemudian"})
    filled.library.write(action)
    exchange(desk, server)
    assert exchange(van, server).received == 1
    assert len(known_by(desk, server, van)) == 1
    for one in (server, van):
        one.library.close()


def test_it_holds_no_keys_and_nothing_of_the_device(filled: SmallLibrary, tmp_path: Path) -> None:
    filled.library.put_local("secret", b"nothing for others")
    make_snapshot(filled.library, tmp_path / "snapshot")
    plain = b"".join(scratch.read_blocks(tmp_path / "snapshot"))
    assert plain.startswith(b"SQLite format 3")
    assert b"nothing for others" not in plain
    file = connect(tmp_path / "snapshot", vfs=scratch.NAME)
    names = {row[0] for row in file.execute_sql("select name from sqlite_master").fetchall()}
    assert not names & {"local", "peer", "contact", "piece", "enrol_code", "label_queue"}
    file.close()


def test_the_catalogue_can_be_searched(filled: SmallLibrary, tmp_path: Path) -> None:
    facts = make_snapshot(filled.library, tmp_path / "snapshot")
    with new_device(filled, tmp_path / "van") as van:
        put_in(van, tmp_path / "snapshot", facts)
        desk = filled.desk("desk")
        there = type(desk)(van, desk.branch, desk.staff)
        assert search(there, "pelaut").total == search(desk, "pelaut").total == 1


def test_a_changed_snapshot_is_refused_and_harms_nothing(
    filled: SmallLibrary, tmp_path: Path
) -> None:
    facts = make_snapshot(filled.library, tmp_path / "snapshot")
    file = connect(tmp_path / "snapshot", vfs=scratch.NAME)
    file.execute_sql("delete from loan where rid = 1")
    file.close()
    with new_device(filled, tmp_path / "van") as van:
        empty = van.digest()
        with pytest.raises(KnownError) as told:
            put_in(van, tmp_path / "snapshot", facts)
        assert told.value.fault is Fault.DAMAGED
        assert van.digest() == empty
        assert van.value("select count(*) from op") == 0
        with pytest.raises(KnownError):
            put_in(van, tmp_path / "snapshot", replace(facts, library=b"x" * 16))


def test_a_device_that_knows_others_is_not_overwritten(
    filled: SmallLibrary, tmp_path: Path
) -> None:
    facts = make_snapshot(filled.library, tmp_path / "snapshot")
    with new_device(filled, tmp_path / "van") as van:
        van.ingest(list(filled.library.all_ops())[:5])
        with pytest.raises(KnownError):
            put_in(van, tmp_path / "snapshot", facts)
        assert van.value("select count(*) from op") == 5


def test_nobody_reads_what_lies_on_the_disk_meanwhile(filled: SmallLibrary, tmp_path: Path) -> None:
    make_snapshot(filled.library, tmp_path / "snapshot")
    name = filled.library.value("select title from title limit 1").encode()
    assert name in b"".join(scratch.read_blocks(tmp_path / "snapshot"))
    lies = (tmp_path / "snapshot").read_bytes()
    assert name not in lies
    assert b"create table" not in lies.lower()
    blocks = [lies[at : at + scratch.BLOCK] for at in range(0, len(lies), scratch.BLOCK)]
    assert len(set(blocks)) == len(blocks)
