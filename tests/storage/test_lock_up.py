"""An unencrypted library is brought over: whole before, whole after, whatever happens between."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.library import build
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol import recovery_code, sealing
from perpusdesk.storage import lock_up
from perpusdesk.storage.database import connect
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import FILE_NAME, RECOVERY_SETTING, Library
from perpusdesk.storage.vault import COPY_NAME, VAULT_NAME, read_vault, recover

NAMES = (b"Siti Misalnya", b"0812-0000-0001", b"Pelaut Kertas")
OLD = Path(__file__).parent.parent / "migrations" / "schema_0004.db.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small = build(tmp_path / "library")
    small.library.close()
    return small.library.folder


def in_the_open(folder: Path) -> list[str]:
    """The files of a folder in which one of the names can be read."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return [
        file.name
        for file in files
        if any(
            word in (data := file.read_bytes()) or word.decode().encode("utf-16-le") in data
            for word in NAMES
        )
    ]


def digest_of(folder: Path) -> str:
    with Library.open(folder) as library:
        return library.digest()


def test_the_first_open_brings_it_over_and_nothing_stays_in_the_open(folder: Path) -> None:
    before = digest_of(folder)
    assert in_the_open(folder) == [FILE_NAME]
    with Library.open(folder, encrypted=True) as library:
        assert library.key is not None
        assert library.digest() == before
    assert in_the_open(folder) == []
    assert lock_up.is_locked(folder / FILE_NAME)
    assert digest_of(folder) == before


def test_without_its_key_it_says_so_and_is_as_it_was(folder: Path) -> None:
    Library.open(folder, encrypted=True).close()
    before = (folder / FILE_NAME).read_bytes()
    shutil.rmtree(system_key_store(folder).files)
    for encrypted in (True, False):
        with pytest.raises(KnownError) as caught:
            Library.open(folder, encrypted=encrypted)
        assert caught.value.fault is Fault.KEY_MISSING
    assert (folder / FILE_NAME).read_bytes() == before


def test_former_schemas_beside_it_are_brought_over_too(
    folder: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING perpusdesk.storage.lock_up: a former schema")
    former = folder / "library.schema-4.db"
    shutil.copy(folder / FILE_NAME, former)
    broken = folder / "library.schema-3.db"
    broken.write_bytes((folder / FILE_NAME).read_bytes()[:9000])
    with Library.open(folder, encrypted=True) as library:
        key = library.key
    assert in_the_open(folder) == []
    assert not broken.exists()
    database = connect(former, key=key)
    assert database.execute_sql("select count(*) from member").fetchall()[0][0] == 6
    database.close()


def test_an_old_schema_is_brought_over_and_then_upgraded(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(gzip.decompress(OLD.read_bytes()))
    with Library.open(folder, encrypted=True) as library:
        assert library.key is not None
    assert not [file for file in folder.glob("library*.db") if lock_up.is_plain(file)]
    assert (folder / "library.schema-4.db").exists()


class CutError(Exception):
    """The power is gone."""


STEPS: list[tuple[object, str]] = [
    (lock_up, "_key_to_be"),
    (lock_up, "write_vault"),
    (lock_up, "_copy"),
    (lock_up, "_proven"),
    (lock_up, "_write_down"),
    (lock_up, "sync_folder"),
    (lock_up, "_lock_former"),
    (KeyStore, "put"),
]


@pytest.mark.parametrize(("place", "step"), STEPS)
@pytest.mark.parametrize("done", [False, True])
def test_a_cut_at_any_step_leaves_a_whole_library(
    folder: Path, place: object, step: str, done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest_of(folder)
    real: Callable[..., object] = getattr(place, step)

    def cut(*values: object, **named: object) -> object:
        if done:
            real(*values, **named)
        raise CutError

    monkeypatch.setattr(place, step, cut)
    with pytest.raises(CutError):
        Library.open(folder, encrypted=True)
    monkeypatch.undo()
    assert digest_of(folder) == before
    with Library.open(folder, encrypted=True) as library:
        assert library.key is not None
        assert library.digest() == before
    assert in_the_open(folder) == []


CHILD = (
    "import sys; from pathlib import Path; from perpusdesk.storage.library import Library;"
    " print('now', flush=True); Library.open(Path(sys.argv[1]), encrypted=True).close()"
)


@pytest.mark.slow
def test_killed_at_any_moment_it_is_whole(folder: Path) -> None:
    before = digest_of(folder)
    for turn in range(40):
        copy = folder.parent / f"turn-{turn}"
        shutil.copytree(folder, copy)
        command = [sys.executable, "-c", CHILD, str(copy)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.001 * turn)
            child.kill()
        assert digest_of(copy) == before


def test_while_somebody_reads_it_stays_as_it_is(folder: Path) -> None:
    with Library.open(folder) as library, library.beside() as reader:
        library.close()
        reader.rows("select count(*) from member")
        with Library.open(folder, encrypted=True) as again:
            assert again.key is None
            assert again.value("select count(*) from member") == 6
    with Library.open(folder, encrypted=True) as later:
        assert later.key is not None


def test_a_full_disk_leaves_it_in_use_and_unencrypted(
    folder: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    def full(*_values: object) -> None:
        raise KnownError(Fault.DISK_FULL)

    monkeypatch.setattr(lock_up, "_copy", full)
    expect_log("WARNING perpusdesk.storage.lock_up: no room")
    with Library.open(folder, encrypted=True) as library:
        assert library.key is None
        assert library.value("select count(*) from member") == 6


@pytest.mark.parametrize("lost", [VAULT_NAME, COPY_NAME])
@pytest.mark.parametrize("damage", [b"", b"{", None])
def test_one_of_two_locks_is_enough(folder: Path, lost: str, damage: bytes | None) -> None:
    Library.open(folder, encrypted=True).close()
    (folder / lost).unlink()
    if damage is not None:
        (folder / lost).write_bytes(damage)
    with Library.open(folder, encrypted=True) as library:
        assert library.value("select count(*) from member") == 6


def test_without_any_lock_the_key_cannot_be_named(folder: Path) -> None:
    Library.open(folder, encrypted=True).close()
    for name in (VAULT_NAME, COPY_NAME):
        (folder / name).unlink()
    with pytest.raises(KnownError) as caught:
        Library.open(folder)
    assert caught.value.fault is Fault.KEY_MISSING
    assert caught.value.facts["lock_lost"]


def test_the_recovery_key_is_followed_and_opens(tmp_path: Path) -> None:
    small = build(tmp_path / "library")
    seed = bytes(16)
    small.setting(RECOVERY_SETTING, recovery_code.public_of(seed).hex())
    small.library.close()
    folder = small.library.folder
    with Library.open(folder, encrypted=True) as library:
        key = library.key
    vault = read_vault(folder)
    assert vault is not None
    assert sealing.unseal(recovery_code.private_of(seed), vault.sealed) == key
    keys = system_key_store(folder)
    shutil.rmtree(keys.files)
    assert not recover(folder, keys, recovery_code.private_of(bytes(range(16))))
    assert recover(folder, keys, recovery_code.private_of(seed))
    Library.open(folder).close()


@pytest.mark.parametrize("value", ["", "zz", "00" * 32, "00", None])
def test_a_recovery_key_that_is_none_changes_nothing(tmp_path: Path, value: str | None) -> None:
    small = build(tmp_path / "library")
    small.setting(RECOVERY_SETTING, value)
    small.library.close()
    with Library.open(small.library.folder, encrypted=True):
        vault = read_vault(small.library.folder)
    assert vault is not None
    assert not vault.sealed
