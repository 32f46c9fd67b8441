"""Damage is noticed wherever it is, a killed or full disk leaves every older backup whole."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.backups import Kept, add_members, attach
from helpers.kill_backup import kill_backups
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.recovery_code import private_of, public_of
from perpusdesk.services.safety.backups import prepare, write_to
from perpusdesk.services.set_up import put_setting
from perpusdesk.storage.backup.places import FolderPlace
from perpusdesk.storage.backup.store import COPY, LOCK, open_store, recover_store
from perpusdesk.storage.backup.verifying import verify_backup
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import RECOVERY_SETTING, Library


def _harm(file: Path, chance: random.Random) -> str:
    """Flip a bit, or cut the file short; return what was done."""
    data = bytearray(file.read_bytes())
    place = chance.randrange(len(data))
    if chance.random() < 0.25:
        file.write_bytes(bytes(data[:place]))
        return f"{file.name} cut at {place}"
    data[place] ^= 1 << chance.randrange(8)
    file.write_bytes(bytes(data))
    return f"{file.name} bit at {place}"


@pytest.mark.parametrize("seed", range(3))
def test_each_damage_to_pieces_and_manifest_is_noticed(
    library: Library, kept: Kept, seed: int
) -> None:
    _damage_campaign(library, kept, 12, seed)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_a_thousand_damages_are_noticed(library: Library, kept: Kept) -> None:
    _damage_campaign(library, kept, 1_000, 99)


def _damage_campaign(library: Library, kept: Kept, times: int, seed: int) -> None:
    chance = random.Random(seed)
    add_members(library, 20)
    attach(library, "ab" * 32 + ".pdf", os.urandom(50_000))
    first = kept.write()
    add_members(library, 5)
    second = kept.write()
    of_first = {first.name, *first.manifest.packs}
    for _turn in range(times):
        name = chance.choice([second.name, *second.manifest.packs])
        file = kept.place.folder / name
        before = file.read_bytes()
        done = _harm(file, chance)
        used = [second.manifest.piece(n) for n in range(second.manifest.pieces)]
        ends = max((s + size for _n, pack, s, size in used if pack == name), default=1 << 40)
        where = int(done.rsplit(" ", 1)[1])
        inside = (
            any(s <= where < s + size for _n, pack, s, size in used if pack == name)
            or name.endswith(".backup")
            or ("cut" in done and where < ends)
        )
        assert kept.verify(second.name).whole is not inside, done
        if name not in of_first:
            assert kept.verify(first.name).whole, f"{done} harmed the older backup"
        file.write_bytes(before)
    assert kept.verify(first.name).whole
    assert kept.verify(second.name).whole


def test_a_manifest_under_another_name_is_no_backup(library: Library, kept: Kept) -> None:
    written = kept.write()
    (kept.place.folder / written.name).rename(kept.place.folder / "20990101-000000-000-ab.backup")
    assert not kept.verify("20990101-000000-000-ab.backup").whole


def test_a_damaged_pack_is_not_built_upon(library: Library, kept: Kept) -> None:
    from perpusdesk.services.set_up import open_desk

    add_members(library, 20)
    desk = open_desk(library)
    root = kept.place.folder.parent / "root"
    before = write_to(prepare(desk), kept.keys, root)
    assert before.written is not None
    assert before.store is not None
    folder = Path(before.store.place.where)
    for pack in before.written.manifest.packs:
        data = bytearray((folder / pack).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / pack).write_bytes(bytes(data))
    after = write_to(prepare(desk), kept.keys, root)
    assert after.whole
    assert after.written is not None
    assert not set(after.written.manifest.packs) & set(before.written.manifest.packs)


@pytest.mark.parametrize("lost", [(LOCK,), (COPY,), (LOCK, COPY)])
@pytest.mark.parametrize("how", ["missing", "changed"])
def test_a_store_outlives_the_damage_of_its_lock(
    library: Library, tmp_path: Path, lost: tuple[str, ...], how: str
) -> None:
    seed, root = bytes(range(16)), tmp_path / "root"
    keys, desk = KeyStore(library.folder), add_members(library, 3)
    action = Action("set_up")
    put_setting(action, RECOVERY_SETTING, public_of(seed).hex(), fresh=True)
    library.write(action)
    first = write_to(prepare(desk), keys, root)
    assert first.store is not None
    place = FolderPlace(Path(first.store.place.where))
    for name in lost:
        data = bytearray(place.read(name))
        data[data.index(b"sealed") + 20] ^= 1
        place.remove(name)
        if how == "changed":
            place.write(name, bytes(data))
    if len(lost) == 1:
        assert recover_store(place, private_of(seed)) is not None
        assert open_store(place, keys) is not None
    second = write_to(prepare(desk), keys, root)
    assert second.whole
    assert second.store is not None
    assert second.store.place.where == place.where
    assert first.written is not None
    for name in (LOCK, COPY):
        other = FolderPlace(tmp_path / f"only {name}")
        for file in place.folder.iterdir():
            if file.name not in {LOCK, COPY} - {name}:
                other.write(file.name, file.read_bytes())
        store = recover_store(other, private_of(seed))
        assert store is not None
        assert verify_backup(store, store.backups()[0], tmp_path).whole


def test_a_key_of_another_device_opens_nothing(
    library: Library, kept: Kept, tmp_path: Path
) -> None:
    from perpusdesk.storage.key_store import KeyStore

    kept.write()
    with pytest.raises(KnownError) as caught:
        open_store(kept.place, KeyStore(tmp_path / "stranger"))
    assert caught.value.fault is Fault.KEY_MISSING


def test_killed_at_any_moment_every_backup_there_is_whole(tmp_path: Path) -> None:
    _kill_campaign(tmp_path, 3, 1)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.timeout(3600)
def test_killed_a_hundred_times_every_backup_there_is_whole(tmp_path: Path) -> None:
    _kill_campaign(tmp_path, 100, 2)


def _kill_campaign(tmp_path: Path, kills: int, seed: int) -> None:
    folder = tmp_path / "library"
    with Library.create(folder, encrypted=True) as library:
        from perpusdesk.services.set_up import NewLibrary, furnish

        furnish(library, NewLibrary("Perpustakaan Uji", "Pusat"))
    told = kill_backups(folder, tmp_path / "store", kills, seed)
    assert told.wrong == []
    assert told.kills == kills


_CHILD = """
import resource, sys
sys.path[:0] = {paths!r}
from pathlib import Path
from helpers.backups import Kept
from perpusdesk.common.errors import KnownError
from perpusdesk.storage.library import Library
with Library.open(Path({folder!r})) as library:
    kept = Kept(library, Path({store!r}))
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    try:
        kept.write()
    except KnownError as error:
        print(error.fault.value)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no such limit here")
def test_a_disk_without_room_is_told_and_older_backups_stay(library: Library, kept: Kept) -> None:
    add_members(library, 10)
    first = kept.write()
    attach(library, "cd" * 32 + ".pdf", os.urandom(400_000))
    add_members(library, 30)
    library.close()
    code = _CHILD.format(
        paths=sys.path,
        folder=str(library.folder),
        store=str(kept.place.folder),
        limit=100_000,
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == Fault.DISK_FULL.value
    assert kept.store.backups() == [first.name]
    assert kept.verify(first.name).whole


def test_a_stick_that_is_pulled_is_told_in_words(library: Library, kept: Kept) -> None:
    written = kept.write()
    kept.place.folder.rename(kept.place.folder.with_name("pulled"))
    with pytest.raises(KnownError) as caught:
        FolderPlace(kept.place.folder).read(written.name)
    assert caught.value.fault is Fault.PLACE_GONE


def test_two_programs_do_not_write_to_one_store_at_once(library: Library, kept: Kept) -> None:
    with kept.place.alone(), pytest.raises(KnownError) as caught:
        kept.write()
    assert caught.value.fault is Fault.BACKUP_BUSY
