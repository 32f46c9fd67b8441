"""What a salvage gives back, and that an exchange brings the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from helpers.certified import Device, device_in, exchange
from helpers.library import SmallLibrary, build, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import speaking
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.wording.doctor import say_salvage
from perpusdesk.storage.check import check
from perpusdesk.storage.database import Engine, connect
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.name_card import streams_on_card
from perpusdesk.storage.salvage.making import Aids
from perpusdesk.storage.salvage.salvage import salvage
from perpusdesk.storage.salvage.swapping import FOLDER, finish_swap
from perpusdesk.storage.salvage.writing_anew import VERB


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    made = build(tmp_path / "library")
    yield made
    made.library.close()


def lose(library: Library, what: str, *values: object) -> None:
    """Take something out of the closed file, as a page that is lost takes it."""
    database = connect(library.folder / FILE_NAME, Engine.APSW, library.key)
    try:
        database.execute_sql(what, values)
        database.execute_sql("pragma wal_checkpoint(truncate)").fetchall()
    finally:
        database.close()


def salvaged(small: SmallLibrary, *, card: bool = False) -> Library:
    library = small.library
    told = streams_on_card(library.folder) if card else []
    aids = Aids(streams=told, sources=library.sources)
    salvage(library.folder, library.key, aids)
    return Library(library.folder, Engine.APSW, library.sources, FolderLock(library.folder))


@pytest.mark.parametrize("packages_too", [False, True])
def test_lost_ops_of_this_and_other_devices_come_back_from_the_server(
    small: SmallLibrary, tmp_path: Path, *, packages_too: bool
) -> None:
    desk = Device(small.library, 1, key=bytes(32))
    server = device_in(tmp_path / "server", 9, small.library, small.library.sources)
    van = device_in(tmp_path / "van", 2, small.library, small.library.sources)
    for one in (desk, van):
        exchange(one, server)
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    for one in (desk, van, desk):
        exchange(one, server)
    value_of(lend(small.desk(), small.members["A0002"], small.copies["B0003"]))
    small.library.close()
    lose(small.library, "delete from op where seq between 3 and 9")
    if packages_too:
        lose(small.library, "delete from package where arrival in (1, 2)")
    again = Device(salvaged(small), 1, key=bytes(32))
    loans = "select count(*) from loan"
    assert again.library.value(loans) == 2
    for one in (again, van, again):
        exchange(one, server)
    assert not [one for one in check(again.library) if one.which]
    assert {one.library.digest() for one in (again, server, van)} == {server.library.digest()}
    assert server.library.value(loans) == 2
    reach = again.library.have()
    assert reach == server.library.have()
    for one in (again, server, van):
        one.library.close()


def test_what_only_rows_tell_is_written_down_anew(small: SmallLibrary) -> None:
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    member, loan = small.members["A0003"].bytes, small.library.value("select id from loan")
    rows = "select card, name, phone, category from member where id = ?"
    open_ = 'select copy, member, due, "end" from loan where id = ?'
    before = small.library.row(rows, member), small.library.row(open_, loan)
    small.library.close()
    lose(small.library, "delete from op where entity in (?, ?)", member, loan)
    with salvaged(small) as library:
        assert (library.row(rows, member), library.row(open_, loan)) == before
        entities = [UUID(bytes=one) for one in (member, loan)]
        verbs = {op.verb for one in entities for op in library.ops_of(one)}
        assert verbs == {VERB}
        assert check(library)  # the holes that the lost ops left are told of
        assert all(one.flaw == "gap" for one in check(library))


def test_a_later_word_of_another_device_wins_over_what_was_written_anew(
    small: SmallLibrary, tmp_path: Path
) -> None:
    member = small.members["A0003"]
    desk = Device(small.library, 1, key=bytes(32))
    server = device_in(tmp_path / "server", 9, small.library, small.library.sources)
    exchange(desk, server)
    small.time.passes(hours=1)
    other = SmallLibrary(server.library, small.time)
    other.change("member", member, name="Rina Baru")
    small.time.passes(hours=1)
    small.library.close()
    lose(small.library, "delete from op where entity = ?", member.bytes)
    lose(small.library, "delete from package")
    again = Device(salvaged(small), 1, key=bytes(32))
    exchange(again, server)
    name = "select name from member where id = ?"
    assert again.library.value(name, member.bytes) == "Rina Baru"
    assert again.library.digest() == server.library.digest()
    for one in (again, server):
        one.library.close()


def rows_of(library: Library) -> list[tuple[object, ...]]:
    queries = (
        "select id, title, author from title order by id",
        "select id, barcode, title from copy order by id",
        'select id, copy, member, due, "end" from loan order by id',
    )
    return [row for query in queries for row in library.rows(query)]


def test_the_name_card_tells_whose_streams_these_are(small: SmallLibrary) -> None:
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    library = small.library
    library.close()
    with Library.open(library.folder, sources=library.sources) as again:
        small.library = again
        value_of(lend(small.desk(), small.members["A0002"], small.copies["B0002"]))
        before = {op.stamp: op for op in again.all_ops() if op.entity_type == "loan"}
    lose(library, "delete from stream")
    lose(library, "delete from op where type <> 'loan'")  # nothing but the loans of two runs
    with salvaged(small, card=True) as mended:
        now = {op.stamp: op for op in mended.all_ops() if op.entity_type == "loan"}
        assert now == before
        assert len({stamp.incarnation for stamp in before}) == 2


def test_ops_that_nobody_can_name_are_entered_again_and_claim_nothing(
    small: SmallLibrary,
) -> None:
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    library = small.library
    before = {(op.stamp.device, op.stamp.incarnation) for op in library.all_ops()}
    said = sorted((op.stamp.clock, op.entity, op.kind, op.payload) for op in library.all_ops())
    rows = rows_of(library)
    library.close()
    lose(library, "delete from stream")
    lose(library, "delete from op where hex(payload) like '%62617365%'")  # what speaks of others
    for _turn in range(2):  # entered again, they bear the tag of the run that they are in now
        with salvaged(small) as mended:
            ops = list(mended.all_ops())
            assert {op.verb for op in ops} == {VERB}
            assert not before & {(op.stamp.device, op.stamp.incarnation) for op in ops}
            again = sorted((op.stamp.clock, op.entity, op.kind, op.payload) for op in ops)
            assert [one for one in said if "base" not in one[3]] == again
            assert rows_of(mended) == rows
            assert not [one for one in check(mended) if one.flaw != "gap"]
            names = mended.rows("select device, incarnation from stream")
        lose(library, "delete from stream")
        before |= {(bytes(device), int.from_bytes(run, "big")) for device, run in names}


def test_ops_that_a_device_that_was_shut_out_may_have_written_are_left_out(
    small: SmallLibrary,
) -> None:
    small.change("device", small.library.new_id(), name="Laptop lama", revoked="1:00")
    small.library.close()
    lose(small.library, "delete from stream")
    lose(small.library, "delete from op where hex(payload) like '%62617365%'")
    with pytest.raises(KnownError) as raised:
        salvaged(small)
    assert raised.value.facts["nothing"]


def test_a_swap_that_was_cut_off_is_ended_at_the_next_start(small: SmallLibrary) -> None:
    library = small.library
    digest = library.digest()
    library.close()
    salvage(library.folder, None)
    lock = FolderLock(library.folder)
    (library.folder / FOLDER).mkdir()
    (library.folder / FILE_NAME).rename(library.folder / FOLDER / FILE_NAME)
    (library.folder / FILE_NAME).write_bytes(b"damaged")
    (library.folder / f"{FILE_NAME}-wal").write_bytes(b"log of the damaged one")
    (library.folder / FOLDER / "ready").write_text("library.damaged-1.db")
    lock.release()
    with Library.open(library.folder) as opened:
        assert opened.digest() == digest
    assert (library.folder / "library.damaged-1.db").read_bytes() == b"damaged"
    assert (library.folder / "library.damaged-1.db-wal").exists()
    assert not (library.folder / FOLDER).exists()
    assert not finish_swap(library.folder)


def test_a_file_with_nothing_readable_is_left_alone(small: SmallLibrary) -> None:
    small.library.close()
    file = small.library.folder / FILE_NAME
    file.write_bytes(b"something else" * 1000)
    file.with_name(f"{FILE_NAME}-wal").unlink(missing_ok=True)
    with pytest.raises(KnownError) as raised:
        salvage(small.library.folder, None)
    assert raised.value.fault is Fault.DAMAGED
    assert file.read_bytes() == b"something else" * 1000
    assert not (small.library.folder / FOLDER).exists()


def test_a_log_that_lost_what_was_confirmed_is_not_opened(
    small: SmallLibrary, tmp_path: Path
) -> None:
    for card in ("A0001", "A0002"):
        value_of(lend(small.desk(), small.members[card], small.copies[f"B000{card[-1]}"]))
    folder = tmp_path / "cut"
    folder.mkdir()
    for ending in ("", "-wal"):
        name = f"{FILE_NAME}{ending}"
        (folder / name).write_bytes((small.library.folder / name).read_bytes())
    (folder / "library.lock").write_text("1234 2026-11-02T09:00:00\n")
    log = folder / f"{FILE_NAME}-wal"
    data = bytearray(log.read_bytes())
    data[32 + 24 + 5] ^= 1
    log.write_bytes(data)
    with pytest.raises(KnownError) as raised:
        Library.open(folder)
    assert raised.value.fault is Fault.DAMAGED
    assert raised.value.facts["log"]
    salvage(folder, None)
    with Library.open(folder) as library:
        assert library.value("select count(*) from loan") == 2
        assert check(library) == []


def test_a_changed_value_of_a_plain_file_is_told_where_nobody_knows_what_it_was(
    small: SmallLibrary,
) -> None:
    library, member = small.library, small.members["A0003"].bytes
    payload = bytes(library.value("select payload from op where entity = ?", member))
    other = payload.replace(b"Rina", b"Rita")
    library.close()
    lose(library, "update op set payload = ? where payload = ?", other, payload)
    report = salvage(library.folder, None)
    assert report.changed
    assert not report.whole
    with speaking("en"):
        assert any("not as they were written" in text for text in say_salvage(report))


def test_pages_that_changed_places_in_a_plain_file_are_read_where_they_are(
    small: SmallLibrary,
) -> None:
    library = small.library
    for number in range(60):
        small.change("title", small.titles[0], note=f"Catatan {number} " * 9)
    ops, digest = list(library.all_ops()), library.digest()
    library.rows("pragma wal_checkpoint(truncate)")
    library.close()
    file = library.folder / FILE_NAME
    data = bytearray(file.read_bytes())
    one, two = pages_of(library, "op")[1], pages_of(library, "copy")[0]
    first, second = slice(one * 4096 - 4096, one * 4096), slice(two * 4096 - 4096, two * 4096)
    data[first], data[second] = data[second], data[first]
    file.write_bytes(data)
    salvage(library.folder, None)
    with Library.open(library.folder) as mended:
        assert [op for op in mended.all_ops() if op.verb != VERB] == ops
        assert mended.digest() == digest


def pages_of(library: Library, table: str) -> list[int]:
    """The pages of a closed file that hold the rows of a table, in the order of the tree."""
    database = connect(library.folder / FILE_NAME, Engine.APSW)
    try:
        query = "select pageno from dbstat where name = ? and pagetype = 'leaf' order by path"
        return [row[0] for row in database.execute_sql(query, (table,)).fetchall()]
    finally:
        database.close()
