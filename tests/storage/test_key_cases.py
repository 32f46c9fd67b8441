"""What people meet: no keyring, a locked one, one that throws, another computer, a lost sign-in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage import key_store
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library


class Ring:
    """A keyring of the system that can be locked, broken and emptied."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.broken: Exception | None = None

    def get_password(self, _service: str, username: str) -> str | None:
        if self.broken:
            raise self.broken
        return self.kept.get(username)

    def set_password(self, _service: str, username: str, password: str) -> None:
        if self.broken:
            raise self.broken
        self.kept[username] = password

    def delete_password(self, _service: str, username: str) -> None:
        del self.kept[username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(key_store, "_system_keyring", lambda: made)
    return made


@pytest.fixture
def folder(ring: Ring, tmp_path: Path) -> Path:
    Library.create(tmp_path / "library", encrypted=True).close()
    return tmp_path / "library"


def refused(folder: Path) -> KnownError:
    before = (folder / "library.db").read_bytes()
    with pytest.raises(KnownError) as caught:
        Library.open(folder, encrypted=True)
    assert caught.value.fault is Fault.KEY_MISSING
    assert (folder / "library.db").read_bytes() == before
    return caught.value


def test_with_a_keyring_no_file_holds_the_key(folder: Path, ring: Ring) -> None:
    assert not KeyStore(folder).files.exists()
    assert len(ring.kept) == 1
    Library.open(folder).close()


def test_a_lost_sign_in_locks_it(folder: Path, ring: Ring) -> None:
    ring.kept.clear()  # as Windows does when an administrator resets the password
    refused(folder)


@pytest.mark.parametrize("error", [RuntimeError("locked"), OSError("no bus")])
def test_a_keyring_that_throws_locks_it_until_it_answers(
    folder: Path, ring: Ring, error: Exception, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING perpusdesk.storage.key_store: the keyring did not")
    ring.broken = error
    refused(folder)
    ring.broken = None
    Library.open(folder).close()


def test_where_the_keyring_throws_at_the_start_the_key_is_in_a_file_of_the_owner(
    ring: Ring, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING perpusdesk.storage.key_store: the keyring did not")
    ring.broken = RuntimeError("locked")
    Library.create(tmp_path / "one", encrypted=True).close()
    files = KeyStore(tmp_path / "one").files
    (file,) = files.iterdir()
    assert (files.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    Library.open(tmp_path / "one").close()


def test_a_copy_of_the_folder_on_another_computer_is_closed(
    folder: Path, ring: Ring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder, tmp_path / "stick" / "library")
    monkeypatch.setattr(key_store, "_system_keyring", Ring)
    refused(tmp_path / "stick" / "library")
