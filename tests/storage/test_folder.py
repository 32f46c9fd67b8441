"""The data folder: one writing program, a disk of this computer, room to write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage import folder as place
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.folder import LOCK_NAME, FolderLock, Mount
from perpusdesk.storage.library import Library

MOUNTS = [
    Mount("/", "ext4", "rw"),
    Mount("/srv/share", "nfs4", "rw"),
    Mount("/srv/share/local", "ext4", "rw"),
    Mount("/mnt/kantor", "cifs", "rw"),
    Mount("/tmp", "tmpfs", "rw"),
    Mount("Z:\\", "NTFS", "rw,remote"),
    Mount("C:\\", "NTFS", "rw,fixed"),
]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/home/ani/data", ""),
        ("/tmp/x", ""),
        ("/srv/share", "nfs4"),
        ("/srv/share/perpus", "nfs4"),
        ("/srv/share/local/perpus", ""),
        ("/srv/shared/perpus", ""),
        ("/mnt/kantor/perpus", "cifs"),
        ("\\\\server\\bersama\\perpus", "unc"),
        ("//server/bersama/perpus", "unc"),
        ("z:\\perpus", "remote"),
        ("C:\\Users\\ani\\perpus", ""),
    ],
)
def test_network_shares_are_known_by_their_nearest_mount(path: str, found: str) -> None:
    class AsIs:
        """A path of another system than this one."""

        def __str__(self) -> str:
            return path

    assert place.network_of(AsIs(), MOUNTS) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("OneDrive", True),
        ("OneDrive - Dinas Perpustakaan", True),
        ("Dropbox", True),
        ("Dropbox (Pribadi)", True),
        ("Google Drive", True),
        ("Nextcloud", True),
        ("Dropboxer", False),
        ("Perpustakaan", False),
    ],
)
def test_synced_folders_are_known_by_name_anywhere_above(
    tmp_path: Path, name: str, found: bool
) -> None:
    assert bool(place.syncer_of(tmp_path / name / "perpus", {})) is found


def test_synced_folders_are_known_by_their_marks_and_the_systems_word(tmp_path: Path) -> None:
    assert place.syncer_of(tmp_path / "x", {"OneDrive": str(tmp_path)}) == "OneDrive"
    assert place.syncer_of(tmp_path / "x", {"OneDrive": ""}) == ""
    (tmp_path / ".stfolder").mkdir()
    assert place.syncer_of(tmp_path / "a" / "b", {}) == ".stfolder"


def test_a_library_is_neither_made_nor_opened_in_a_synced_folder(tmp_path: Path) -> None:
    synced = tmp_path / "Dropbox" / "perpus"
    with pytest.raises(KnownError) as caught:
        Library.create(synced)
    assert caught.value.fault is Fault.UNSAFE_PLACE
    assert caught.value.facts["what"] == "Dropbox"
    assert not synced.parent.exists()
    Library.create(tmp_path / "perpus").close()
    synced.parent.mkdir()
    (tmp_path / "perpus").rename(synced)
    with pytest.raises(KnownError) as caught:
        Library.open(synced)
    assert caught.value.fault is Fault.UNSAFE_PLACE


def test_a_link_into_a_synced_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "safe").symlink_to(tmp_path / "OneDrive", target_is_directory=True)
    with pytest.raises(KnownError) as caught:
        Library.create(tmp_path / "safe" / "perpus")
    assert caught.value.fault is Fault.UNSAFE_PLACE


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "mounts", lambda: [Mount(str(tmp_path), "cifs", "rw")])
    with pytest.raises(KnownError) as caught:
        Library.create(tmp_path / "perpus")
    assert (caught.value.facts["kind"], caught.value.facts["what"]) == ("network", "cifs")


def test_the_mounts_of_this_computer_are_found() -> None:
    assert any(mount.point for mount in place.mounts())


def test_room_is_counted_where_the_folder_will_be(tmp_path: Path) -> None:
    assert place.free_bytes(tmp_path / "not" / "yet") > 0


def test_low_space_is_told_before_it_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "free_bytes", lambda _: place.LOW_SPACE_BYTES - 1)
    assert place.is_low(tmp_path)
    monkeypatch.setattr(place, "free_bytes", lambda _: place.LOW_SPACE_BYTES)
    assert not place.is_low(tmp_path)


# -- the lock -------------------------------------------------------------------------------------


def _note(library: Library) -> None:
    action = Action("test")
    action.set("member", library.new_id(), {"name": "Ani"}, fresh=True)
    library.write(action)


def test_a_second_program_is_told_who_has_the_library_open(tmp_path: Path, engine: Engine) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        for attempt in (Library.open, Library.create):
            with pytest.raises(KnownError) as caught:
                attempt(tmp_path / "a", engine=engine)
            assert caught.value.fault is Fault.ALREADY_OPEN
            assert caught.value.facts["pid"] == os.getpid()
            assert str(caught.value.facts["since"]).startswith("20")
        _note(library)
    with Library.open(tmp_path / "a", engine=engine) as again:
        assert again.value("select count(*) from member") == 1


def test_reading_is_possible_beside_the_program_that_writes(tmp_path: Path, engine: Engine) -> None:
    with (
        Library.create(tmp_path / "a", engine=engine) as library,
        Library.open(tmp_path / "a", engine=engine, writable=False) as reader,
    ):
        _note(library)
        assert reader.value("select count(*) from member") == 1
        assert [op.kind for op in reader.all_ops()] == ["set"]
        assert reader.digest() == library.digest()
        for write in (_note, lambda it: it.put_local("a", 1), lambda it: it.ingest(it.all_ops())):
            with pytest.raises(KnownError) as caught:
                write(reader)
            assert caught.value.fault is Fault.READ_ONLY
        _note(library)


def test_a_refused_opening_leaves_the_lock_of_the_other_alone(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    text = (tmp_path / LOCK_NAME).read_text()
    with pytest.raises(KnownError):
        FolderLock(tmp_path)
    assert (tmp_path / LOCK_NAME).read_text() == text
    with pytest.raises(KnownError):
        FolderLock(tmp_path)
    lock.release()
    FolderLock(tmp_path).release()


HOLD = """
import sys, time
from pathlib import Path
from perpusdesk.storage.library import Library
library = Library.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def _held_by_another(folder: Path) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"open"
    return child


def test_the_lock_of_a_killed_program_is_free_at_once(tmp_path: Path) -> None:
    Library.create(tmp_path / "a").close()
    with _held_by_another(tmp_path / "a") as child:
        with pytest.raises(KnownError) as caught:
            Library.open(tmp_path / "a")
        assert caught.value.facts["pid"] == child.pid
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        child.wait()
    with Library.open(tmp_path / "a") as library:
        _note(library)


# -- how it ended ---------------------------------------------------------------------------------


def test_after_an_unclean_end_the_file_is_unchecked_until_it_was_checked(tmp_path: Path) -> None:
    with Library.create(tmp_path / "a") as library:
        assert not library.unchecked
    with Library.open(tmp_path / "a") as library:
        assert not library.unchecked
    with _held_by_another(tmp_path / "a") as child:
        child.kill()
    with Library.open(tmp_path / "a") as library:
        assert library.unchecked
    with Library.open(tmp_path / "a") as library:
        assert library.unchecked, "ending well is not the same as having looked"
        library.note_checked()
        assert not library.unchecked
    with Library.open(tmp_path / "a") as library:
        assert not library.unchecked


def test_opening_in_vain_neither_checks_nor_forgets(tmp_path: Path) -> None:
    Library.create(tmp_path / "a").close()
    (tmp_path / "a" / LOCK_NAME).write_text("4711 2026-11-02T09:00:00+00:00\n")
    kept = (tmp_path / "a" / "library.db").read_bytes()
    (tmp_path / "a" / "library.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(KnownError):
        Library.open(tmp_path / "a")
    (tmp_path / "a" / "library.db").write_bytes(kept)
    with Library.open(tmp_path / "a") as library:
        assert library.unchecked


def test_closing_twice_is_closing_once(make: Any) -> None:
    library: Library = make("library")
    library.close()
    library.close()
