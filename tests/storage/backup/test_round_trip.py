"""A backup is written beside the work, opened, and restored to the last row and file."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.backups import Kept, add_members, attach
from perpusdesk.storage.backup.packing import PACK
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.store import COPY, LOCK
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library


def test_a_restored_library_has_the_same_digest_rows_and_files(
    library: Library, kept: Kept, tmp_path: Path
) -> None:
    add_members(library, 20)
    attach(library, "ab" * 32 + ".pdf", b"%PDF-1.7" * 1000)
    written = kept.write()
    digest, have = library.digest(), library.have()
    add_members(library, 3)  # after the backup: not in it
    target = tmp_path / "elsewhere"
    restore_folder(kept.open(written.name), target, KeyStore(target))
    with Library.open(target) as restored:
        assert restored.digest() == digest
        assert restored.have().items() >= have.items()
        assert restored.device == library.device
        assert restored.value("select count(*) from member") == 20
    assert (target / "files" / "ab" / ("ab" * 32 + ".pdf")).read_bytes() == b"%PDF-1.7" * 1000
    assert (target / FILE_NAME).read_bytes()[:15] != b"SQLite format 3"


def test_a_backup_is_of_one_moment_while_others_go_on_writing(library: Library, kept: Kept) -> None:
    desk = add_members(library, 5)
    before = library.digest()
    from perpusdesk.storage.backup.moment import Moment

    with Moment(library.folder / FILE_NAME, library.key) as moment:
        add_members(desk.library, 200)
        library.rest()
        pages = [moment.read(page, 1) for page in range(moment.page_count)]
        rows = moment.database.execute_sql("select count(*) from member").fetchall()
    assert rows == [(5,)]
    assert library.value("select count(*) from member") == 205
    assert library.digest() != before
    assert bytes(pages[0][:16]) == b"SQLite format 3\0"


def test_what_did_not_change_is_not_written_again(library: Library, kept: Kept) -> None:
    add_members(library, 100)
    attach(library, "cd" * 32 + ".pdf", os.urandom(3_000_000))
    first = kept.write()
    add_members(library, 1)
    second = kept.write()
    assert second.new_bytes < first.new_bytes / 2
    assert second.bytes >= first.bytes * 0.9
    assert kept.verify(second.name).whole


def test_a_check_reads_all_of_a_backup(library: Library, kept: Kept) -> None:
    add_members(library, 30)
    attach(library, "ef" * 32 + ".pdf", b"x" * 3_000_000)
    written = kept.write()
    assert kept.verify(written.name).whole
    backup = kept.open(written.name)
    with backup.database() as connection:
        ((count,),) = connection.execute("select count(*) from member").fetchall()
    assert count == 30 == written.manifest.rows["member"]
    assert not list(library.folder.glob("library.proof*"))


def test_nothing_of_a_member_can_be_read_in_a_store(library: Library, kept: Kept) -> None:
    add_members(library, 10)
    kept.write()
    words = [b"Melati", b"Kenanga", b"Perpustakaan Uji"]
    for file in kept.place.folder.iterdir():
        found = [word for word in words if word in file.read_bytes()]
        assert not found or (file.name in (LOCK, COPY) and found == words[2:])


def test_names_of_pieces_tell_nothing_of_their_content(library: Library, kept: Kept) -> None:
    from perpusdesk.storage.backup.keys import StoreKeys

    content = b"the same content"
    assert StoreKeys(b"1" * 32).name_of(content) != StoreKeys(b"2" * 32).name_of(content)
    kept.write()
    assert len(kept.place.sizes(PACK)) == 1
