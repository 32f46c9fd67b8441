"""One step back: the former schema's file with everything in it, and forward again."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.library import SmallLibrary, build
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.results import Done
from perpusdesk.storage import step_back as module
from perpusdesk.storage.check import check
from perpusdesk.storage.database import connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.step_back import step_back

SINCE_SCHEMA_5 = ("secret", "argon2 of a test")


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> SmallLibrary:
    made = build(tmp_path / "library", encrypted=request.param)
    desk = made.desk()
    assert isinstance(lend(desk, made.members["A0001"], made.copies["B0001"]), Done)
    action = Action("test")
    action.set("staff", made.staff["head"], dict([SINCE_SCHEMA_5]))
    action.set("member", made.members["A0002"], {"restricted": None, "note": "catatan"})
    action.set("consent", made.library.new_id(), {"member": made.members["A0001"]}, fresh=True)
    made.library.write(action)
    made.library.close()
    return made


def schema_in(folder: Path, key: bytes | None) -> int:
    database = connect(folder / FILE_NAME, key=key)
    found: int = database.execute_sql("pragma user_version").fetchall()[0][0]
    database.close()
    return found


@pytest.mark.parametrize("schema", range(1, latest_step()))
def test_back_and_forward_again_nothing_is_lost(small: SmallLibrary, schema: int) -> None:
    folder, key = small.library.folder, small.library.key
    with Library.open(folder) as library:
        digest, have = library.digest(), library.have()
        ops = list(library.all_ops())
    step_back(folder, schema, key=key)
    assert schema_in(folder, key) == schema
    assert schema_in_kept(folder, key) == latest_step()
    with Library.open(folder) as library:
        assert library.digest() == digest
        assert library.have() == have
        assert list(library.all_ops()) == ops
        assert check(library) == []
        assert library.value("select secret from staff where secret is not null") is not None
        action = Action("test")
        action.set("member", library.new_id(), {"name": "Baru"}, fresh=True)
        library.write(action)
        assert check(library) == []


def schema_in_kept(folder: Path, key: bytes | None) -> int:
    database = connect(folder / f"library.schema-{latest_step()}.db", key=key)
    found: int = database.execute_sql("pragma user_version").fetchall()[0][0]
    database.close()
    return found


def test_a_step_back_that_fails_leaves_all_as_it_was(
    small: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key = small.library.folder, small.library.key
    before = (folder / FILE_NAME).read_bytes()
    monkeypatch.setattr(module, "counts_of", lambda database: {"op": id(database)})
    with pytest.raises(KnownError) as caught:
        step_back(folder, latest_step() - 1, key=key)
    assert caught.value.fault is Fault.STEP_BACK_FAILED
    assert (folder / FILE_NAME).read_bytes() == before
    assert not list(folder.glob("library.new*"))


def test_an_open_library_is_not_taken_back(small: SmallLibrary) -> None:
    folder, key = small.library.folder, small.library.key
    with Library.open(folder), pytest.raises(KnownError) as caught:
        step_back(folder, latest_step() - 1, key=key)
    assert caught.value.fault is Fault.ALREADY_OPEN
