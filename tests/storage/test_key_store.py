"""Secrets: in the keyring, else in files of the owner alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from perpusdesk.storage.key_store import SERVICE, Kept, KeyStore, system_key_store


class Ring:
    """A keyring in memory that can be locked, as a Secret Service is before somebody logs in."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        del self.kept[service, username]

    def _ask(self) -> None:
        if self.locked:
            raise RuntimeError("locked")


def files_of(store: KeyStore) -> list[Path]:
    return sorted(store.files.iterdir()) if store.files.is_dir() else []


def test_with_a_keyring_nothing_is_written_to_disk(tmp_path: Path) -> None:
    ring = Ring()
    store = KeyStore(tmp_path / "library", ring)
    store.put("device/ab", b"\0secret")
    assert store.kept is Kept.KEYRING
    assert store.get("device/ab") == b"\0secret"
    assert files_of(store) == []
    assert list(ring.kept) == [(SERVICE, "device/ab")]
    store.remove("device/ab")
    assert store.get("device/ab") is None
    store.remove("device/ab")


@pytest.mark.skipif(os.name != "posix", reason="rights of files are another thing there")
def test_without_one_files_are_the_owner_s_alone_and_outside_the_library(tmp_path: Path) -> None:
    store = KeyStore(tmp_path / "library")
    store.put("device/ab", b"secret")
    store.put("device/ab", b"other")
    assert store.kept is Kept.FILE
    assert KeyStore(tmp_path / "library").get("device/ab") == b"other"
    assert not (tmp_path / "library").exists()
    assert store.files.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in files_of(store)] == [0o600]
    store.remove("device/ab")
    assert files_of(store) == []


def test_a_keyring_that_fails_gives_way_to_files_and_the_newer_secret_counts(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING perpusdesk.storage.key_store: the keyring did not (keep|read) a secret")
    ring = Ring()
    KeyStore(tmp_path / "library", ring).put("device/ab", b"old")
    ring.locked = True
    store = KeyStore(tmp_path / "library", ring)
    assert store.get("device/ab") is None
    store.put("device/ab", b"new")
    assert store.kept is Kept.FILE
    ring.locked = False
    again = KeyStore(tmp_path / "library", ring)
    assert again.get("device/ab") == b"new"
    again.put("device/ab", b"newest")
    assert again.get("device/ab") == b"newest"
    assert files_of(again) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"not base 64!"])
def test_a_damaged_file_holds_no_secret(tmp_path: Path, content: bytes) -> None:
    store = KeyStore(tmp_path / "library")
    store.put("device/ab", b"secret")
    files_of(store)[0].write_bytes(content)
    assert store.get("device/ab") in (None, b"")


def test_a_machine_without_a_keyring_keeps_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    assert system_key_store(tmp_path / "library").kept is Kept.FILE
