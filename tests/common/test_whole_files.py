"""A file is replaced as a whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk.common.whole_file import Beside


def test_writes_and_makes_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        write_atomically(tmp_path / "taken", b"text")
    assert [one.name for one in tmp_path.iterdir() if one.name != "user"] == ["taken"]


@pytest.mark.skipif(os.name != "posix", reason="needs pipes, links and modes")
def test_what_is_no_plain_file_stays_what_it_is(tmp_path: Path) -> None:
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "file"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs what even root cannot write")
def test_a_place_that_cannot_be_written_is_a_known_error() -> None:
    with pytest.raises(KnownError) as caught:
        write_atomically(Path("/sys/perpusdesk.toml"), b"text")
    assert caught.value.fault is Fault.READ_ONLY


@pytest.mark.parametrize(
    ("number", "fault"),
    [(errno.ENOSPC, Fault.DISK_FULL), (errno.EROFS, Fault.READ_ONLY), (errno.EIO, None)],
)
def test_failures_are_told_apart(number: int, fault: Fault | None) -> None:
    known = as_known(OSError(number, "text"), Path("x"))
    assert (known.fault if known else None) is fault


def test_a_stick_that_knows_no_rights_takes_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT refuses ``chmod``; no such stick can be mounted in a test."""

    def refused(*_args: object, **_words: object) -> None:
        raise PermissionError(errno.EPERM, "chmod")

    (tmp_path / "old.txt").write_bytes(b"old")
    monkeypatch.setattr("os.chmod", refused)
    write_atomically(tmp_path / "old.txt", b"new")
    assert (tmp_path / "old.txt").read_bytes() == b"new"
    with Beside(tmp_path / "list.csv") as beside:
        beside.write_bytes(b"list")
    assert (tmp_path / "list.csv").read_bytes() == b"list"
