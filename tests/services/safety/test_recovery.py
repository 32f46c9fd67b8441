"""The recovery code of a library: made, followed by devices, and used when a key is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.library import action_of, build, refusal_of, value_of
from perpusdesk.common.errors import KnownError
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.protocol.recovery_code import BadCode, CodeFault
from perpusdesk.services.safety import recovery
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.storage.vault import read_vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def made(folder: Path, code: str = "") -> str:
    code = code or recovery.draw_code()
    with create_library(folder, NewLibrary("Perpustakaan Contoh", "Pusat")) as library:
        recovery.give_recovery(library, code)
    return code


def test_a_lost_key_comes_back_by_the_code_alone(folder: Path) -> None:
    code = made(folder)
    shutil.rmtree(system_key_store(folder).files)
    with pytest.raises(KnownError) as caught:
        Library.open(folder)
    assert caught.value.facts["recoverable"]
    assert recovery.unlock(folder, recovery.draw_code()) is False
    assert recovery.unlock(folder, code[:12]) == BadCode(CodeFault.INCOMPLETE, (3,))
    assert recovery.unlock(folder, code.replace("-", " ").lower()) is True
    with Library.open(folder) as library:
        assert recovery.recovery_since(open_desk(library)) is not None


def test_the_code_is_in_no_file(folder: Path) -> None:
    code = made(folder)
    groups = [group.encode() for group in code.split("-")[:2]]
    for file in folder.parent.rglob("*"):
        if file.is_file():
            assert not all(group in file.read_bytes() for group in groups)


def test_a_new_sheet_makes_the_old_one_void(folder: Path) -> None:
    first = made(folder)
    second = recovery.draw_code()
    with Library.open(folder) as library:
        value_of(recovery.use_code(open_desk(library), second))
    shutil.rmtree(system_key_store(folder).files)
    assert recovery.unlock(folder, first) is False
    assert recovery.unlock(folder, second) is True


def test_another_device_follows_when_it_hears_of_the_code(folder: Path, tmp_path: Path) -> None:
    made(folder)
    with (
        Library.open(folder) as library,
        Library.create(tmp_path / "van", library=library.id, encrypted=True) as van,
    ):
        van.ingest(library.all_ops())
        assert not sealed(van.folder)
        van.keep_recoverable()
        assert sealed(van.folder)


def test_only_an_administrator_makes_a_new_one(tmp_path: Path) -> None:
    small = build(tmp_path / "small")
    desk = small.desk("volunteer")
    before = small.library.digest()
    refused = recovery.use_code(desk, recovery.draw_code())
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.RIGHT_MISSING
    wrong = recovery.use_code(small.desk("head"), "ABCDE")
    assert isinstance(wrong, Refused)
    assert small.library.digest() == before
    assert recovery.recovery_since(desk) is None
    small.library.close()


def test_a_group_typed_back_shows_that_the_sheet_is_at_hand() -> None:
    code = "000GF-40R42-0M309-E2098-185GN-R38E3-1Y8D9"
    assert recovery.is_group(code, 2, " 4or42 ")
    assert not recovery.is_group(code, 3, "40R42")
    assert all(2 <= recovery.group_to_ask(code) <= 7 for _ in range(40))


def sealed(folder: Path) -> bool:
    vault = read_vault(folder)
    return vault is not None and bool(vault.sealed)


def test_a_sheet_that_is_on_paper_is_not_made_worthless_by_undo(folder: Path) -> None:
    made(folder)
    second = recovery.draw_code()
    with Library.open(folder) as library:
        desk = open_desk(library)
        used = action_of(recovery.use_code(desk, second))
        refusal_of(undo(desk, used), Reason.NOTHING_TO_UNDO)
        refusal_of(undo(desk), Reason.NOTHING_TO_UNDO)
    with Library.open(folder):
        pass
    shutil.rmtree(system_key_store(folder).files)
    assert recovery.unlock(folder, second) is True
