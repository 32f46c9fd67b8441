"""Devices keep their backups at the server: whole after a cut line, bounded, each its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from helpers.backups import add_members
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.backup_age import DAY_MS
from perpusdesk.protocol import backup_store
from perpusdesk.protocol.backup_store import ListWanted, ReadWanted, WriteWanted
from perpusdesk.services.safety.backup_places import BackupPlace, BackupPlan, keep_plan
from perpusdesk.services.safety.backups import Outcome, note, prepare, to_server
from perpusdesk.services.safety.restore import (
    find_stores,
    known_stores,
    list_backups,
    rehearse,
    unlock,
)
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.backup.manifest import ENDING
from perpusdesk.storage.backup.packing import PACK
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.backup_place import ServerPlace
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.link_faults import LinkError, LinkFault
from perpusdesk_server import jobs
from perpusdesk_server.device_backups import FOLDER, DeviceBackups
from perpusdesk_server.serving import Serving
from server.places import Branch, city, code_of, joined, listening

STORE = "0123456789abcdef"
NAME = "0" * 32 + PACK


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    made = city(tmp_path / "server")
    made.backups = DeviceBackups(tmp_path / "server")
    return made


@pytest.fixture
def port(serving: Serving) -> Iterator[int]:
    with listening(serving) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, serving: Serving, port: int) -> Iterator[Branch]:
    with joined(tmp_path / "desk", code_of(serving, port)) as found:
        yield found


def stores(desk: Branch) -> Callable[[str], ServerPlace]:
    return lambda store: ServerPlace(desk.link, store, desk.library.folder)


def back_up(desk: Branch, days_ago: int = 0) -> Outcome:
    library = desk.library
    disk = BackupPlace("disk", "disk", str(library.folder.with_name("disk")))
    server = BackupPlace("server", "server", desk.link.connection.url)
    keep_plan(library, BackupPlan((disk, server)))
    job = prepare(open_desk(library))
    at_ms = job.source.at_ms - days_ago * DAY_MS
    job = replace(job, source=replace(job.source, at_ms=at_ms))
    done = to_server(job, KeyStore(library.folder), stores(desk), server.where)
    note(library, done)
    return done


def files(tmp_path: Path) -> list[Path]:
    return sorted(one for one in (tmp_path / "server" / FOLDER).rglob("*") if one.is_file())


def test_a_backup_goes_there_is_proven_and_comes_back(desk: Branch, tmp_path: Path) -> None:
    add_members(desk.library, 40)
    done = back_up(desk)
    assert [(one.place, one.reason) for one in done.entries] == [("disk", ""), ("server", "")]
    keys = KeyStore(desk.library.folder)
    at_server = [one for one in known_stores(desk.library, keys, stores(desk)) if one.place.proves]
    assert len(at_server) == 1
    (line,) = list_backups(at_server)
    assert line.where == desk.link.connection.url
    assert rehearse(desk.library, line.store, line.name).odd == ()
    again = tmp_path / "again"
    restore_folder(OpenBackup(line.store, line.name), again, KeyStore(again), device_files={})
    with Library.open(again) as restored:
        assert restored.digest() == desk.library.digest()
    again_done = back_up(desk)
    assert again_done.entries[1].new_bytes < done.entries[1].new_bytes


def test_rotation_there_reads_no_manifest_over_the_line(
    desk: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days_ago in (3, 2, 1):
        add_members(desk.library, 2)
        back_up(desk, days_ago=days_ago)
    fetch, asked = desk.link.fetch, list[backup_store.Wanted]()

    def noted(path: str, data: bytes) -> bytes:
        asked.append(backup_store.decode_wanted(data))
        return fetch(path, data)

    monkeypatch.setattr(desk.link, "fetch", noted)
    add_members(desk.library, 2)
    back_up(desk)
    read = {one.name for one in asked if isinstance(one, ReadWanted)}
    assert read
    assert not any(name.endswith((ENDING, PACK)) for name in read)


def test_who_has_the_servers_folder_makes_a_stick_of_it(desk: Branch, tmp_path: Path) -> None:
    add_members(desk.library, 4)
    done = back_up(desk)
    kept = tmp_path / "server" / FOLDER / desk.library.device.hex()
    shutil.copytree(kept, tmp_path / "stick" / "PerpusDesk-backup")
    (found,) = find_stores(tmp_path / "stick")
    store = unlock(found, KeyStore(desk.library.folder), None)
    assert done.written is not None
    assert store.backups() == [done.written.name]
    assert rehearse(desk.library, store, done.written.name).odd == ()


def test_packs_that_a_full_server_has_of_a_backup_are_swept(
    desk: Branch, serving: Serving, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("no backup to a server: server_full")
    assert serving.backups is not None
    add_members(desk.library, 4)
    back_up(desk)
    before = {one.name for one in files(tmp_path)}
    serving.backups.most_bytes = sum(one.stat().st_size for one in files(tmp_path)) + 100
    add_members(desk.library, 4)
    done = back_up(desk)
    assert [one.reason for one in done.entries] == ["", Fault.SERVER_FULL.value]
    assert {one.name for one in files(tmp_path)} == before
    serving.backups.most_bytes *= 10
    assert [one.reason for one in back_up(desk).entries] == ["", ""]


def test_the_server_learns_nothing(desk: Branch, tmp_path: Path) -> None:
    add_members(desk.library, 4)
    back_up(desk)
    kept = files(tmp_path)
    assert kept
    for file in kept:
        assert b"Melati" not in file.read_bytes()
        assert b"SQLite format" not in file.read_bytes()


def test_a_line_cut_in_the_middle_of_a_pack_is_gone_on_with(desk: Branch, tmp_path: Path) -> None:
    content = b"\0sealed\xff" * 100_000
    place = stores(desk)(STORE)
    link, sent = desk.link, list[int]()
    fetch = link.fetch

    class Cut(HttpLink):
        def fetch(self, path: str, data: bytes) -> bytes:
            sent.append(len(data))
            if len(sent) == 4:
                raise LinkError(LinkFault.CUT)
            return fetch(path, data)

    link.__class__ = Cut
    with pytest.raises(KnownError) as caught:
        place.write(NAME, content)
    assert caught.value.fault is Fault.UNREACHABLE
    assert place.sizes("") == {}  # half a file has no name
    halves = [one.stat().st_size for one in files(tmp_path)]
    assert len(halves) == 1 and 0 < halves[0] < len(content)
    before = sum(sent)
    place.write(NAME, content)
    assert sum(sent) - before < len(content) - halves[0] + 10_000
    assert place.read(NAME) == content
    assert place.read(NAME, 5, 300_000) == content[5:300_005]
    place.remove(NAME)
    assert files(tmp_path) == []


def test_a_full_space_is_refused_and_nothing_more_is_stored(
    desk: Branch, serving: Serving, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("no backup to a server: server_full")
    assert serving.backups is not None
    place = stores(desk)(STORE)
    place.write(NAME, b"x" * 50_000)
    serving.backups.most_bytes = 60_000
    with pytest.raises(KnownError) as caught:
        place.write("1" * 32 + PACK, b"y" * 20_000)
    assert caught.value.fault is Fault.SERVER_FULL
    assert (caught.value.facts["used"], caught.value.facts["limit"]) == (50_000, 60_000)
    assert sum(one.stat().st_size for one in files(tmp_path)) == 50_000
    place.write("1" * 32 + PACK, b"y" * 10_000)
    done = back_up(desk)
    assert [one.reason for one in done.entries] == ["", Fault.SERVER_FULL.value]


def test_another_device_sees_and_changes_nothing_of_it(
    desk: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    mine = stores(desk)(STORE)
    mine.write(NAME, b"mine")
    with joined(tmp_path / "other", code_of(serving, port), "Lain") as other:
        theirs = stores(other)(STORE)
        assert theirs.sizes("") == {}
        with pytest.raises(KnownError):
            theirs.read(NAME)
        theirs.write(NAME, b"theirs")
        theirs.remove(NAME)
    assert mine.read(NAME) == b"mine"


def test_a_device_that_was_shut_out_gets_nothing(desk: Branch, serving: Serving) -> None:
    place = stores(desk)(STORE)
    place.write(NAME, b"mine")
    desk.exchange()
    words = {"device": desk.library.device.hex(), "reason": "dicuri"}
    serving.store(lambda: jobs.revoke(serving, words))
    for attempt in (
        lambda: place.read(NAME),
        lambda: place.sizes(""),
        lambda: place.write(NAME, b"other"),
    ):
        with pytest.raises(KnownError) as caught:
            attempt()
        assert caught.value.fault is Fault.SHUT_OUT


HOSTILE = [
    "../../library.db",
    "..",
    "",
    ".x.part",
    "/etc/passwd",
    "C:\\x" + PACK,
    NAME + "\n",
    NAME + "/..",
    "store.json\0",
    "a/" + NAME,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_lead_elsewhere_are_refused(name: str, desk: Branch, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*.db"))
    told = backup_store.sum_of(b"x")
    for wanted in (
        WriteWanted(STORE, name, told, 1, 0, b"x"),
        WriteWanted(name, NAME, told, 1, 0, b"x"),
        WriteWanted(STORE, NAME, name, 1, 0, b"x"),
        ReadWanted(STORE, name, 0, 10),
        ListWanted(name),
    ):
        with pytest.raises(LinkError):
            desk.link.fetch(backup_store.PATH, msgspec.msgpack.encode(wanted))
    assert files(tmp_path) == []
    assert sorted(tmp_path.rglob("*.db")) == before


def test_what_is_not_what_was_announced_is_thrown_away(desk: Branch, tmp_path: Path) -> None:
    wanted = WriteWanted(STORE, NAME, "0" * 32, 3, 0, b"abc")
    answer = desk.link.fetch(backup_store.PATH, backup_store.encode(wanted))
    assert backup_store.decode_answer(answer).reason == backup_store.ALTERED
    assert files(tmp_path) == []


def test_a_server_that_offers_no_space_says_so(
    desk: Branch, serving: Serving, expect_log: Callable[[str], None]
) -> None:
    expect_log("no backup to a server: unreachable")
    serving.backups = None
    with pytest.raises(KnownError) as caught:
        stores(desk)(STORE).sizes("")
    assert caught.value.facts["reason"] == backup_store.NOT_OFFERED
    assert [one.reason for one in back_up(desk).entries] == [""]
