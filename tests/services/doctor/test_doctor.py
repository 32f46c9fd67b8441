"""The examination: damage is found by the check it belongs to, and mended where it can be."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from helpers.library import SmallLibrary, build
from perpusdesk.common.errors import KnownError
from perpusdesk.services.doctor import disk, disk_health
from perpusdesk.services.doctor.examine import examine, is_healthy, mend
from perpusdesk.services.doctor.keeping import BEFORE
from perpusdesk.services.doctor.parts import Finding, Patient, StoppedError
from perpusdesk.services.doctor.record import last_salvage
from perpusdesk.services.doctor.salvage_job import backup_roots, repair_library
from perpusdesk.services.safety.backup_places import BackupPlace, add_place, backup_plan, keep_plan
from perpusdesk.services.safety.backups import prepare, run, write_to
from perpusdesk.services.wording.doctor import say_finding
from perpusdesk.storage.attached_files import FOLDER, keep_file, place_of
from perpusdesk.storage.database import connect
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.sealed_files import files_key
from perpusdesk.storage.vault import COPY_NAME, VAULT_NAME


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    made = build(tmp_path / "library", encrypted=True)
    yield made
    made.library.close()


def found(library: Library, *, quick: bool = False) -> dict[str, Finding]:
    with library.beside() as beside:
        patient = Patient(beside, system_key_store(library.folder))
        told = [one for _check, some in examine(patient, quick=quick) for one in some]
    assert all(str(say_finding(one)) for one in told)
    return {one.code: one for one in told}


def test_a_whole_library_is_healthy(small: SmallLibrary) -> None:
    assert is_healthy(found(small.library).values())
    assert found(small.library).keys() <= {"lock_no_recovery", "backup_yellow", "backup_red"}


def test_rows_search_and_digest_are_mended(small: SmallLibrary) -> None:
    digest = small.library.digest()
    with small.library.filling() as door:
        door.database.execute_sql("update copy set barcode = 'B9999' where barcode = 'B0001'")
        door.database.execute_sql("update digest set value = value + 1 where type = 'title'")
        door.database.execute_sql("delete from title_line")
    told = found(small.library)
    assert {"rows_wrong", "search_wrong"} <= told.keys()
    assert all(done for one, done in mend(small.library, told.values()) if one.mendable)
    assert is_healthy(found(small.library).values())
    assert small.library.digest() == digest


def test_a_row_that_no_op_tells_of_is_written_down(small: SmallLibrary) -> None:
    member = small.members["A0003"]
    with small.library.filling() as door:
        door.database.execute_sql("delete from op where entity = ?", (member.bytes,))
    told = found(small.library)
    assert "rows_wrong" in told
    mend(small.library, [told["rows_wrong"]])
    name = "select name from member where id = ?"
    assert small.library.value(name, member.bytes) == "Rina Umpama Dewi"
    assert "rows_wrong" not in found(small.library)


def test_damaged_missing_and_strange_files_are_counted(small: SmallLibrary, tmp_path: Path) -> None:
    library, key = small.library, files_key(small.library)
    for name in ("good", "bad", "gone", "strange"):
        (tmp_path / name).write_text(name * 1000)
        kept = keep_file(library.folder, tmp_path / name, "txt", key)
        place = place_of(library.folder, kept.sha256, "txt")
        assert place is not None
        if name != "strange":
            fields = {"title": small.titles[0], "sha256": kept.sha256, "size": kept.size}
            small.change("attachment", library.new_id(), **fields)
        if name == "bad":
            data = bytearray(place.read_bytes())
            data[-5] ^= 1
            place.write_bytes(data)
        if name == "gone":
            place.unlink()
    told = found(library)
    wanted = {"attached_damaged", "attached_missing", "attached_strange"}
    assert {code: told[code].facts["count"] for code in wanted} == dict.fromkeys(wanted, 1)
    assert (library.folder / FOLDER).is_dir()


def attached(small: SmallLibrary, tmp_path: Path, content: str) -> Path:
    """Attach a file to the first title, as the service does."""
    library = small.library
    (tmp_path / "new").write_text(content)
    kept = keep_file(library.folder, tmp_path / "new", "txt", files_key(library))
    fields = {"title": small.titles[0], "sha256": kept.sha256, "size": kept.size}
    small.change("attachment", library.new_id(), **fields)
    place = place_of(library.folder, kept.sha256, "txt")
    assert place is not None
    return place


def backed_up(small: SmallLibrary) -> None:
    """Make a backup in the usual place."""
    assert run(prepare(small.desk()), system_key_store(small.library.folder)).whole


def test_damaged_and_missing_files_come_back_from_a_backup(
    small: SmallLibrary, tmp_path: Path
) -> None:
    bad, gone = (attached(small, tmp_path, word * 1000) for word in ("bad", "gone"))
    assert is_healthy(found(small.library).values())
    backed_up(small)
    later = attached(small, tmp_path, "later" * 1000)
    before = {file: file.read_bytes() for file in (bad, gone, later)}
    for file in (bad, later):
        file.write_bytes(before[file][:-7] + b"changed")
    gone.unlink()
    told = found(small.library)
    assert told["attached_in_backup"].facts == {"count": 2}
    assert told["attached_damaged"].facts == {"count": 1}
    assert "attached_missing" not in told
    ((_, done),) = mend(small.library, [told["attached_in_backup"]])
    assert done
    assert [file.read_bytes() == before[file] for file in (bad, gone, later)] == [1, 1, 0]
    aside = small.library.folder / "damaged-files" / bad.name
    assert aside.read_bytes().endswith(b"changed")
    assert "attached_in_backup" not in found(small.library)


def test_a_picture_comes_back_from_a_backup(small: SmallLibrary) -> None:
    library, photo = small.library, small.library.new_id()
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    small.change("photo", photo, member=small.members["A0001"], image=out.getvalue())
    backed_up(small)
    small.change("photo", photo, image=out.getvalue()[:40])
    told = found(library)
    assert told["picture_in_backup"].facts == {"count": 1}
    assert "photo_damaged" not in told
    mend(library, [told["picture_in_backup"]])
    assert library.value("select image from photo") == out.getvalue()
    assert is_healthy(found(library).values())


def test_a_repair_of_rows_keeps_the_file_as_it_was(small: SmallLibrary) -> None:
    library = small.library
    with library.filling() as door:
        door.database.execute_sql("update copy set barcode = 'B9999' where barcode = 'B0001'")
    mend(library, [found(library)["rows_wrong"]])
    query = "select count(*) from copy where barcode = 'B9999'"
    assert library.value(query) == 0
    database = connect(library.folder / BEFORE, key=library.key)
    try:
        assert database.execute_sql(query).fetchall() == [(1,)]
    finally:
        database.close()
    old = time.time() - 40 * 86_400
    assert "files_left" not in found(library)
    for file in library.folder.glob(f"{BEFORE}*"):
        os.utime(file, (old, old))
    mend(library, [found(library)["files_left"]])
    assert not list(library.folder.glob(f"{BEFORE}*"))


def test_the_places_of_backups_are_known_without_the_database(
    small: SmallLibrary, tmp_path: Path
) -> None:
    library = small.library
    plan = add_place(backup_plan(library), BackupPlace("x", "disk", str(tmp_path / "elsewhere")))
    keep_plan(library, plan)
    job, keys = prepare(small.desk()), system_key_store(library.folder)
    write_to(job, keys, tmp_path / "elsewhere")
    digest = library.digest()
    library.close()
    (library.folder / FILE_NAME).write_bytes(b"")
    assert tmp_path / "elsewhere" in backup_roots(library.folder)
    (tmp_path / "elsewhere").rename(tmp_path / "unplugged")
    with pytest.raises(KnownError) as raised:
        repair_library(library.folder)
    assert raised.value.facts["nothing"]
    (tmp_path / "unplugged").rename(tmp_path / "elsewhere")
    assert repair_library(library.folder).from_backups
    with Library.open(library.folder) as again:
        assert again.digest() == digest


def test_errors_that_the_system_noted_of_a_disk_are_told(tmp_path: Path) -> None:
    assert list(disk_health.noted_by_linux("sda1", tmp_path)) == []
    ext4, btrfs = tmp_path / "fs/ext4/sda1", tmp_path / "fs/btrfs/1-2"
    for folder in (ext4, btrfs / "devices/sdb1", btrfs / "devinfo/1"):
        folder.mkdir(parents=True)
    (ext4 / "errors_count").write_text("0\n")
    (btrfs / "devinfo/1/error_stats").write_text("write_errs 0\nread_errs 3\nflush_errs 1\n")
    for below in ("dm-0/slaves/md0", "md0/md"):
        (tmp_path / "class/block" / below).mkdir(parents=True)
    (tmp_path / "class/block/md0/md/degraded").write_text("1\n")
    assert list(disk_health.noted_by_linux("sda1", tmp_path)) == []
    (ext4 / "errors_count").write_text("12\n")
    told = [
        one for d in ("sda1", "sdb1", "dm-0") for one in disk_health.noted_by_linux(d, tmp_path)
    ]
    assert [(one.code, dict(one.facts)) for one in told] == [
        ("disk_errors", {"count": 12}),
        ("disk_errors", {"count": 4}),
        ("disk_degraded", {}),
    ]
    assert all(str(say_finding(one)) for one in told)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ('{"FriendlyName":"SanDisk SSD PLUS","HealthStatus":"Healthy"}', []),
        ('{"FriendlyName":"WDC WD5000","HealthStatus":"Warning"}', ["WDC WD5000"]),
        (
            '[{"FriendlyName":"A","HealthStatus":0},{"FriendlyName":"B ","HealthStatus":2},'
            '{"FriendlyName":"C","HealthStatus":"Unhealthy"}]',
            ["B", "C"],
        ),
        ('{"FriendlyName":"USB","HealthStatus":"Unknown"}', []),
        ("", []),
        ("Get-Partition : Access denied", []),
        ("3", []),
    ],
)
def test_what_windows_says_of_disks_is_understood(said: str, names: list[str]) -> None:
    assert disk_health.failing_disks(said) == names


def test_pictures_that_cannot_be_shown_are_counted(small: SmallLibrary) -> None:
    fields = {"member": small.members["A0001"], "image": b"no picture"}
    small.change("photo", small.library.new_id(), **fields)
    assert found(small.library)["photo_damaged"].facts == {"count": 1}


def test_a_lock_file_that_is_gone_is_written_again(small: SmallLibrary) -> None:
    (small.library.folder / VAULT_NAME).unlink()
    told = found(small.library, quick=True)
    mend(small.library, [told["lock_copy_missing"]])
    for name in (VAULT_NAME, COPY_NAME):
        assert (small.library.folder / name).is_file()
    assert "lock_copy_missing" not in found(small.library, quick=True)


def test_old_left_over_files_are_removed_and_young_ones_are_not(small: SmallLibrary) -> None:
    old, young = (small.library.folder / name for name in ("library.new.db", ".library.x"))
    for file in (old, young):
        file.write_text("half")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    told = found(small.library)
    assert told["files_left"].facts["count"] == 1
    mend(small.library, [told["files_left"]])
    assert not old.exists()
    assert young.exists()


def test_a_scanner_that_takes_files_away_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert disk.try_disk(tmp_path) == ""
    real = os.fsync

    def taken(handle: int) -> None:
        real(handle)
        (tmp_path / "library.try.tmp").unlink()

    monkeypatch.setattr(disk.os, "fsync", taken)
    assert disk.try_disk(tmp_path) == "file_taken"


def test_an_examination_can_be_stopped(small: SmallLibrary) -> None:
    with small.library.beside() as beside, pytest.raises(StoppedError):
        list(examine(Patient(beside, system_key_store(small.library.folder), lambda: True)))


def test_a_bad_page_is_found_and_the_library_is_salvaged(small: SmallLibrary) -> None:
    library = small.library
    digest, device = library.digest(), UUID(bytes=library.device)
    library.rows("pragma wal_checkpoint(truncate)")
    with (library.folder / FILE_NAME).open("r+b") as file:
        file.seek(6 * 4096 + 77)
        file.write(b"x")
    assert found(library, quick=True)["file_damaged"].facts["bad"] == 1
    library.close()
    report = repair_library(library.folder)
    assert report.bad_pages == 1
    with Library.open(library.folder) as again:
        assert again.digest() == digest
        assert UUID(bytes=again.device) == device
        told = last_salvage(again)
        assert told is not None
        assert told.kept_as == report.kept_as
    assert (library.folder / report.kept_as).is_file()
