"""Ways back: in place with everything entered since, on a new computer, in a second place."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.backups import Kept, add_members, attach
from helpers.certified import Device, exchange, known_by
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.recovery_code import private_of, public_of
from perpusdesk.services.safety.backup_places import BackupPlace, BackupPlan, keep_plan
from perpusdesk.services.safety.backups import Job, Outcome, note, prepare, run
from perpusdesk.services.safety.restore import (
    find_stores,
    known_stores,
    list_backups,
    open_former,
    open_restored,
    rehearse,
    restore_newest,
)
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.backup.difference import difference
from perpusdesk.storage.backup.dumping import DumpPieces, write_dump
from perpusdesk.storage.backup.log import latest_backups, newest_whole
from perpusdesk.storage.backup.manifest import Manifest
from perpusdesk.storage.backup.rotating import rotate, sweep
from perpusdesk.storage.backup.swapping import can_go_back, lay_ready
from perpusdesk.storage.backup.writing import put_manifest
from perpusdesk.storage.check import check
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library

SEED = bytes(range(16))


def _planned(library: Library, *roots: Path) -> Job:
    places = tuple(BackupPlace(root.name, "disk", str(root), root.name) for root in roots)
    keep_plan(library, BackupPlan(places, since_ms=1))
    return prepare(open_desk(library))


def _done(library: Library, *roots: Path) -> Outcome:
    done = run(_planned(library, *roots), KeyStore(library.folder))
    note(library, done)
    return done


def test_one_backup_goes_to_every_place_and_is_kept_in_mind(
    library: Library, tmp_path: Path
) -> None:
    add_members(library, 10)
    done = _done(library, tmp_path / "disk", tmp_path / "stick")
    assert [entry.whole for entry in done.entries] == [True, True]
    assert set(newest_whole(library)) == {"disk", "stick"}
    stores = known_stores(library, KeyStore(library.folder))
    assert [len(store.backups()) for store in stores] == [1, 1]
    assert len(list_backups(stores)) == 1
    again = _done(library, tmp_path / "disk", tmp_path / "stick")
    assert again.entries[1].new_bytes <= again.entries[0].new_bytes


def test_a_place_that_fails_stops_no_other(
    library: Library, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("no backup to a disk: place_gone")
    (tmp_path / "file").write_text("no folder")
    done = _done(library, tmp_path / "file", tmp_path / "stick")
    assert [bool(entry.reason) for entry in done.entries] == [True, False]
    assert done.whole
    assert latest_backups(library, 5)[0].whole


def test_going_back_loses_nothing_and_leads_forth_again(library: Library, kept: Kept) -> None:
    folder = library.folder
    add_members(library, 10)
    name = kept.write().name
    add_members(library, 7)
    digest = library.digest()
    backup = kept.open(name)
    found = difference(library, backup.manifest.have, backup.manifest.rows)
    assert {span.verb: span.actions for span in found.lacks} == {"register_member": 7}
    assert found.rows["member"] == (17, 10)
    lay_ready(backup, folder, library.key)
    library.close()
    with open_restored(folder) as restored:
        assert restored.digest() == digest
        assert check(restored) == []
        assert can_go_back(folder)
        add_members(restored, 2)
        later = restored.digest()
    with open_former(folder) as former:
        assert former.digest() == later
        assert former.value("select count(*) from member") == 19


def test_a_restored_device_never_forks_a_stream(
    library: Library, kept: Kept, tmp_path: Path
) -> None:
    """The old computer and the restored one are both alive, and both exchange."""
    server_library = Library.create(tmp_path / "server", library=library.id, encrypted=True)
    key = bytes(range(64, 96))
    old, server = Device(library, 1, key=key), Device(server_library, 2)
    old.introduce(server)
    add_members(library, 6)
    exchange(old, server)
    add_members(library, 3)  # not sent yet, but in the backup
    from perpusdesk.storage.backup.restoring import restore_folder

    target = tmp_path / "new"
    restore_folder(kept.open(kept.write().name), target, KeyStore(target))
    with Library.open(target) as restored:
        assert restored.device == library.device
        new = Device(restored, 1, key=key)
        new.introduce(server)
        add_members(library, 4)
        add_members(restored, 5)
        for device in (new, old, new, old):
            assert exchange(device, server).standing != "revoked"
        assert known_by(old, new, server) == {library.digest()}
        assert library.value("select count(*) from member") == 18
        assert check(restored) == []
    server_library.close()


def test_a_new_computer_restores_by_the_recovery_code_alone(
    library: Library, tmp_path: Path
) -> None:
    from perpusdesk.services.set_up import put_setting
    from perpusdesk.storage.drafts import Action

    action = Action("recovery_code")
    put_setting(action, "recovery_key", public_of(SEED).hex(), fresh=True)
    library.write(action)
    add_members(library, 4)
    attach(library, "ab" * 32 + ".pdf", os.urandom(1000))
    _done(library, tmp_path / "stick")
    (found,) = find_stores(tmp_path / "stick")
    target = tmp_path / "new" / "library"
    with pytest.raises(KnownError) as caught:
        restore_newest(found, private_of(bytes(16)), target, {})
    assert caught.value.fault is Fault.KEY_MISSING
    with restore_newest(found, private_of(SEED), target, {}) as restored:
        assert restored.digest() == library.digest()
    assert (target / "files" / "ab").is_dir()
    with Library.open(target) as again:  # its key is in the key store now
        assert again.value("select count(*) from member") == 4


def test_a_rehearsal_tells_what_the_backup_lacks_and_leaves_nothing(
    library: Library, kept: Kept
) -> None:
    add_members(library, 3)
    name = kept.write().name
    add_members(library, 2)
    before = sorted(library.folder.iterdir())
    done = rehearse(library, kept.afresh(), name)
    assert done.odd == ()
    assert done.difference.actions == 2
    assert sorted(library.folder.iterdir()) == before


def test_a_backup_of_a_newer_program_is_refused_in_words(
    library: Library, kept: Kept, tmp_path: Path
) -> None:
    from msgspec.structs import replace

    from perpusdesk.storage.backup.restoring import restore_folder

    made: Manifest = kept.write().manifest
    newer = put_manifest(kept.store, replace(made, schema=made.schema + 1), 0)
    with pytest.raises(KnownError) as caught:
        restore_folder(kept.open(newer.name), tmp_path / "new", KeyStore(tmp_path / "new"))
    assert caught.value.fault is Fault.NEWER_LIBRARY
    assert not (tmp_path / "new").exists()


def test_rotation_keeps_what_is_named_and_removes_the_rest(library: Library, kept: Kept) -> None:
    from msgspec.structs import replace

    add_members(library, 5)
    made = kept.write().manifest
    day = 86_400_000
    for days in range(1, 40):
        put_manifest(kept.store, replace(made, at_ms=made.at_ms - days * day), 0)
    kept.place.write("ff" * 16 + ".pack", b"left by a killed program")
    with kept.place.alone():
        gone = rotate(kept.store, 420)
    assert len(kept.store.backups()) + len(gone) == 40
    assert len(kept.store.backups()) <= 7 + 4 + 12
    assert set(kept.place.sizes(".pack")) == set(made.packs)
    assert kept.verify(kept.store.backups()[0]).whole
    kept.place.write("20200101-000000-000-zz.backup", b"damaged")
    kept.place.write("ee" * 16 + ".pack", b"perhaps the damaged one needs it")
    assert sweep(kept.afresh()) == 0, "a manifest that cannot be read may name any pack"


def test_a_dump_is_sealed_as_it_comes_and_comes_back_whole(
    library: Library, kept: Kept, tmp_path: Path
) -> None:
    add_members(library, 3)
    dump = os.urandom(2_500_000)
    with kept.place.alone():
        pieces = DumpPieces(kept.store)
        pieces.take(io.BytesIO(dump))
        written = pieces.finish(kept.source(), library)
    assert kept.verify(written.name).whole
    assert written.manifest.rows["member"] == 3
    assert write_dump(kept.open(written.name), tmp_path / "library.dump") == len(dump)
    assert (tmp_path / "library.dump").read_bytes() == dump
    with pytest.raises(KnownError):
        write_dump(kept.open(kept.write().name), tmp_path / "other.dump")
