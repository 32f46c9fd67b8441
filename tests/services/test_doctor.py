"""The examination: damage is found by the check it belongs to, and mended where it can be."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, build
from perpusdesk.services.doctor import disk
from perpusdesk.services.doctor.examine import examine, is_healthy, mend
from perpusdesk.services.doctor.parts import Finding, Patient, StoppedError
from perpusdesk.services.doctor.record import last_salvage
from perpusdesk.services.doctor.salvage_job import repair_library
from perpusdesk.services.wording.doctor import say_finding
from perpusdesk.storage.attached_files import FOLDER, keep_file, place_of
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.vault import COPY_NAME, VAULT_NAME


@pytest.fixture
def small(tmp_path: Path):
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
    library, key = small.library, small.library.key
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
