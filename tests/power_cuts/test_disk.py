"""The model of the disk itself: what must last lasts, and what may be lost is lost at times."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random

import pytest

from perpusdesk.common.files import make_folder, sync_folder, write_atomically
from perpusdesk.storage.database import connect, guard, transaction
from power_cuts.disk import Disk
from power_cuts.layer import under

_TRIES = 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def outcomes(disk: Disk, tmp_path: Path) -> list[dict[str, bytes]]:
    """Return the files of many legal disks."""
    found = []
    for seed in range(_TRIES):
        target = Path(tempfile.mkdtemp(dir=tmp_path)) / "outcome"
        disk.outcome(target, Random(seed))
        files = (path for path in target.rglob("*") if path.is_file())
        found.append({str(path.relative_to(target)): path.read_bytes() for path in files})
    return found


def test_what_nobody_synced_is_there_or_lost_or_torn(root: Path, tmp_path: Path) -> None:
    disk = Disk(root, lambda _: None)
    with under(disk):
        (root / "a").write_bytes(b"1" * 5000)
        found = outcomes(disk, tmp_path)
    assert {} in found
    assert {"a": b"1" * 5000} in found
    assert any("a" in one and 0 < one["a"].count(b"1") < 5000 for one in found)


def test_a_file_that_was_replaced_as_it_should_be_is_old_or_new(root: Path, tmp_path: Path) -> None:
    disk = Disk(root, lambda _: None)
    with under(disk):
        write_atomically(root / "a", b"old")
        assert outcomes(disk, tmp_path) == [{"a": b"old"}] * _TRIES
    seen: set[bytes] = set()
    chance = Random(1)

    def cut(number: int) -> None:
        target = Path(tempfile.mkdtemp(dir=tmp_path)) / "outcome"
        now.outcome(target, chance)
        seen.add((target / "a").read_bytes())

    for _ in range(20):
        (root / "a").write_bytes(b"old")
        now = Disk(root, cut)
        with under(now):
            write_atomically(root / "a", b"new")
        assert now.calls == ["fsync", "replace", "fsync"]
    assert seen == {b"old", b"new"}


def test_a_new_name_lasts_once_its_folder_is_synced(root: Path, tmp_path: Path) -> None:
    disk = Disk(root, lambda _: None)
    with under(disk):
        handle = os.open(root / "a", os.O_CREAT | os.O_WRONLY)
        os.write(handle, b"content")
        os.fsync(handle)
        os.close(handle)
        assert {} in outcomes(disk, tmp_path)
        sync_folder(root)
        assert outcomes(disk, tmp_path) == [{"a": b"content"}] * _TRIES


def test_a_folder_made_to_last_is_there(root: Path, tmp_path: Path) -> None:
    disk = Disk(root, lambda _: None)
    with under(disk):
        make_folder(root / "a" / "b")
        (root / "c").mkdir()
        disk.outcome(tmp_path / "outcome", Random(0))
        assert disk.durable.keys() >= {str(root / "a"), str(root / "a" / "b")}
        assert str(root / "c") not in disk.durable


@pytest.mark.parametrize("key", [None, bytes(range(32))], ids=["plain", "encrypted"])
def test_what_sqlite_committed_lasts(root: Path, tmp_path: Path, key: bytes | None) -> None:
    disk = Disk(root, lambda _: None)
    with under(disk):
        database = connect(root / "x.db", key=key)
        guard(database)
        with transaction(database):
            database.execute_sql("create table t(x)")
            database.execute_sql("insert into t values (1)")
        sync_folder(root)
        with transaction(database):
            database.execute_sql("insert into t values (2)")
        for seed in range(20):
            disk.outcome(tmp_path / f"{seed}", Random(seed))
        database.close()
    assert "sync" in disk.calls
    for seed in range(20):
        left = connect(tmp_path / f"{seed}" / "x.db", key=key)
        assert left.execute_sql("select x from t order by x").fetchall() == [(1,), (2,)]
        left.close()
