"""What disks and files do to a library: each is told by its name, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from helpers.library import START, WIB, Time
from helpers.watch_rows import everything
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.check import Verdict, check, quick_check
from perpusdesk.storage.database import Engine, connect
from perpusdesk.storage.drafts import Action, Written
from perpusdesk.storage.library import FILE_NAME, Library, Sources
from perpusdesk.storage.migrate import latest_step


def _note(library: Library, text: str = "Ani") -> Written:
    action = Action("test")
    action.set("member", library.new_id(), {"name": text}, fresh=True)
    return library.write(action)


def _fault(folder: Path, engine: Engine, **how: Any) -> KnownError:
    with pytest.raises(KnownError) as caught:
        Library.open(folder, engine=engine, **how)
    return caught.value


def _fill(library: Library) -> int:
    """Write until the disk is full, and return how many writes were confirmed."""
    for number in range(10_000):
        try:
            _note(library, "x" * 5000)
        except KnownError as error:
            assert error.fault is Fault.DISK_FULL
            return number
    raise AssertionError("there is no end to this disk")


# -- no room --------------------------------------------------------------------------------------


def test_a_full_file_is_told_and_nothing_is_lost(make: Any) -> None:
    library: Library = make("library")
    _note(library)
    pages = library.value("pragma page_count")
    library.rows(f"pragma max_page_count = {pages + 20}")
    confirmed = _fill(library)
    before = everything(library)
    with pytest.raises(KnownError):
        _note(library, "x" * 500_000)
    assert everything(library) == before
    library.rows("pragma max_page_count = 1000000")
    _note(library)
    assert library.value("select count(*) from member") == confirmed + 2
    assert check(library) == []


@contextmanager
def _mounted(folder: Path, *what: str) -> Iterator[Path]:
    """Mount something for the time of a test, where the system lets us."""
    folder.mkdir(exist_ok=True)
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    if subprocess.run(["mount", *what, folder], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_told_and_works_again_when_there_is_room(
    tmp_path: Path, engine: Engine
) -> None:
    with _mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=4m", "tmpfs") as disk:
        library = Library.create(disk / "library", engine=engine)
        filler = disk / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(disk).free - 400_000))
        confirmed = _fill(library)
        assert confirmed > 0
        for _ in range(3):
            with pytest.raises(KnownError) as caught:
                _note(library, "x" * 50_000)
            assert caught.value.fault is Fault.DISK_FULL
        assert library.value("select count(*) from member") == confirmed
        filler.unlink()
        _note(library)
        assert check(library) == []
        library.close()
        with Library.open(disk / "library", engine=engine) as again:
            assert again.value("select count(*) from member") == confirmed + 1
            assert check(again) == []


def test_a_full_disk_can_still_be_read_and_no_half_library_is_made(
    tmp_path: Path, engine: Engine
) -> None:
    with _mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as disk:
        with Library.create(disk / "library", engine=engine) as library:
            _note(library)
        (disk / "filler").write_bytes(b"x" * (shutil.disk_usage(disk).free - 60_000))
        with pytest.raises(KnownError) as caught:
            Library.create(disk / "second", engine=engine)
        assert caught.value.fault is Fault.DISK_FULL
        assert not (disk / "second" / FILE_NAME).exists()
        (disk / "filler").unlink()
        Library.create(disk / "second", engine=engine).close()
        with Library.open(disk / "library", engine=engine) as library:
            assert library.value("select name from member") == "Ani"


# -- not to be written ----------------------------------------------------------------------------


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    if os.name != "posix" or os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(0o755)
        return
    with _mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are another thing on Windows")
def test_a_read_only_folder_is_told(tmp_path: Path, engine: Engine) -> None:
    Library.create(tmp_path / "a", engine=engine).close()
    before = (tmp_path / "a" / FILE_NAME).read_bytes()
    with _read_only(tmp_path / "a"):
        assert _fault(tmp_path / "a", engine).fault is Fault.READ_ONLY
        with pytest.raises(KnownError) as caught:
            Library.create(tmp_path / "a" / "b", engine=engine)
        assert caught.value.fault is Fault.READ_ONLY
    assert (tmp_path / "a" / FILE_NAME).read_bytes() == before
    with Library.open(tmp_path / "a", engine=engine) as library:
        _note(library)


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are another thing on Windows")
def test_a_folder_that_becomes_read_only_while_open_is_told(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        _note(library)
        library.database.connection().cursor().execute("pragma query_only = on")
        with monkeypatch.context() as patch:
            patch.setattr("perpusdesk.storage.database._OPEN_DOOR", "pragma query_only = on")
            with pytest.raises(KnownError) as caught:
                _note(library)
        assert caught.value.fault is Fault.READ_ONLY
        _note(library)
        assert library.value("select count(*) from member") == 2


# -- not a library, or not ours -------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"Halo, saya bukan basis data.\n" * 400, b"\0" * 5000])
def test_another_file_is_refused_and_left_as_it_is(
    tmp_path: Path, engine: Engine, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert _fault(tmp_path, engine).fault is Fault.NOT_A_LIBRARY
    assert _fault(tmp_path, engine, writable=False).fault is Fault.NOT_A_LIBRARY
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_another_programs_database_is_refused_and_left_as_it_is(
    tmp_path: Path, engine: Engine
) -> None:
    database = connect(tmp_path / FILE_NAME, engine)
    database.execute_sql("create table books(title text)")
    database.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    assert _fault(tmp_path, engine).fault is Fault.NOT_A_LIBRARY
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_no_library_there_is_told(tmp_path: Path, engine: Engine) -> None:
    assert _fault(tmp_path, engine).fault is Fault.NOT_A_LIBRARY
    assert not (tmp_path / FILE_NAME).exists()


def test_a_library_is_not_made_over_another(tmp_path: Path, engine: Engine) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        _note(library)
    with pytest.raises(KnownError) as caught:
        Library.create(tmp_path / "a", engine=engine)
    assert caught.value.facts["exists"]
    with Library.open(tmp_path / "a", engine=engine) as library:
        assert library.value("select count(*) from member") == 1


def test_a_newer_library_is_refused_and_untouched_to_the_byte(
    tmp_path: Path, engine: Engine
) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        _note(library)
    database = connect(tmp_path / "a" / FILE_NAME, engine)
    database.execute_sql(f"pragma user_version = {latest_step() + 1}").fetchall()
    database.close()
    before = (tmp_path / "a" / FILE_NAME).read_bytes()
    for how in ({}, {"writable": False}):
        error = _fault(tmp_path / "a", engine, **how)
        assert error.fault is Fault.NEWER_LIBRARY
        assert error.facts["library"] == latest_step() + 1
    assert (tmp_path / "a" / FILE_NAME).read_bytes() == before


# -- damage ---------------------------------------------------------------------------------------


def test_a_torn_file_is_told_as_damaged(tmp_path: Path, engine: Engine) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        for _ in range(50):
            _note(library, "x" * 3000)
    assert quick_check(tmp_path / "a", engine=engine) is Verdict.WHOLE
    file = tmp_path / "a" / FILE_NAME
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert quick_check(tmp_path / "a", engine=engine) is Verdict.DAMAGED
    with pytest.raises(KnownError) as caught:
        Library.open(tmp_path / "a", engine=engine).rows("select * from member, op")
    assert caught.value.fault is Fault.DAMAGED


def test_a_quick_check_stops_when_told(tmp_path: Path, engine: Engine) -> None:
    with Library.create(tmp_path / "a", engine=engine) as library:
        for _ in range(30):
            _note(library, "x" * 3000)
        folder = tmp_path / "a"
        assert quick_check(folder, engine=engine, stop=lambda: True) is Verdict.UNFINISHED
        assert quick_check(folder, engine=engine, seconds=-1) is Verdict.UNFINISHED
        assert quick_check(folder, engine=engine) is Verdict.WHOLE


# -- the clock ------------------------------------------------------------------------------------


def test_a_clock_of_2010_gives_the_time_of_the_last_record(tmp_path: Path, engine: Engine) -> None:
    time = Time()
    sources = Sources(time.wall_ms, time.uptime_ms)
    with Library.create(tmp_path / "a", engine=engine, sources=sources) as library:
        first = _note(library)
    time.moment = datetime(2010, 1, 1, tzinfo=WIB)
    with Library.open(tmp_path / "a", engine=engine, sources=sources) as library:
        assert library.clock_suspect
        time.passes(hours=2)
        later = _note(library)
        assert later.at == first.at + 2 * 3600 * 1000
        assert later.stamps > first.stamps
        assert int.from_bytes(library.new_id().bytes[:6], "big") == later.at
    with Library.open(tmp_path / "a", engine=engine, sources=sources) as library:
        assert library.now_ms() == later.at, "a restart does not lose the hours since"
        time.passes(days=1)
        time.moment = START + timedelta(days=30)
        assert not library.clock_suspect
        assert library.now_ms() == time.wall_ms()
        assert _note(library).stamps > later.stamps


def test_a_person_can_say_that_the_clock_is_right(tmp_path: Path, engine: Engine) -> None:
    time = Time(moment=datetime(2099, 1, 1, tzinfo=WIB))
    sources = Sources(time.wall_ms, time.uptime_ms)
    with Library.create(tmp_path / "a", engine=engine, sources=sources) as library:
        first = _note(library)
    time.moment = START
    with Library.open(tmp_path / "a", engine=engine, sources=sources) as library:
        assert library.clock_suspect
        library.believe_clock()
        assert not library.clock_suspect
    with Library.open(tmp_path / "a", engine=engine, sources=sources) as library:
        assert not library.clock_suspect
        later = _note(library)
        assert later.at == time.wall_ms()
        assert later.stamps > first.stamps


# -- a file that is taken away, or copied, while it is open ----------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
def test_a_file_that_is_taken_away_while_open_is_put_back_whole(make: Any) -> None:
    library: Library = make("library")
    _note(library, "before")
    for name in (FILE_NAME, f"{FILE_NAME}-wal"):
        (library.folder / name).unlink()
    for _ in range(2):
        with pytest.raises(KnownError) as caught:
            _note(library, "after")
        assert caught.value.fault is Fault.TAKEN_AWAY
    before = everything(library)
    library.close()
    with Library.open(library.folder, engine=library._engine) as again:
        assert everything(again) == before
        assert check(again) == []
        assert again.value("select group_concat(name) from member") == "before"
        _note(again, "after")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
def test_what_stands_in_the_place_of_a_file_taken_away_is_left_alone(make: Any) -> None:
    library: Library = make("library")
    _note(library, "before")
    file = library.folder / FILE_NAME
    file.rename(library.folder / "elsewhere.db")
    file.write_bytes(b"somebody else's")
    with pytest.raises(KnownError) as caught:
        _note(library, "after")
    kept = Path(str(caught.value.facts["kept"]))
    assert file.read_bytes() == b"somebody else's"
    copy = connect(kept, library._engine, library.key)
    assert copy.execute_sql("select name from member").fetchall() == [("before",)]
    copy.close()
    library.close()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open folder cannot be moved")
def test_a_folder_that_is_moved_while_open_keeps_what_was_saved(make: Any) -> None:
    library: Library = make("library")
    _note(library, "before")
    moved = library.folder.rename(library.folder.with_name("moved"))
    with pytest.raises(KnownError) as caught:
        _note(library, "after")
    assert caught.value.facts["kept"] == ""
    library.close()
    with Library.open(moved, engine=library._engine) as again:
        assert again.value("select group_concat(name) from member") == "before"


def test_copies_made_by_hand_while_it_writes_are_whole_or_refused(
    make: Any, tmp_path: Path
) -> None:
    """A copied folder is some earlier state of the library, or is said to be damaged."""
    library: Library = make("library")
    seen, refused = [], 0
    for number in range(40):
        _note(library, f"{number:04}" * 400)
        copy = tmp_path / f"copy-{number}"
        copy.mkdir()
        for name in sorted(path.name for path in library.folder.iterdir()):
            shutil.copy(library.folder / name, copy / name)
            if name == FILE_NAME:  # the desk goes on between two files of the copy
                _note(library, f"{number:04}" * 400)
                library.rest()
        try:
            with Library.open(copy, engine=library._engine) as opened:
                assert check(opened) == []
                seen.append(opened.value("select count(*) from member"))
        except KnownError as error:
            assert error.fault in {Fault.DAMAGED, Fault.NOT_A_LIBRARY, Fault.KEY_MISSING}
            refused += 1
    assert seen == sorted(seen)
    assert len(seen) + refused == 40
    library.close()


def test_a_search_index_of_no_known_format_is_said_to_be_damaged(tmp_path: Path) -> None:
    """Only newer SQLite looks at it in a quick check."""
    with Library.create(tmp_path / "library") as library:
        _note(library, "before")
        with library.filling() as door:
            door.database.execute_sql("update title_words_config set v = 0 where k = 'version'")
    assert quick_check(tmp_path / "library") is Verdict.DAMAGED
