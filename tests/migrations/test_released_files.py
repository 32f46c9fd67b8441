"""Every library that was ever released opens in this program, and says what it said then."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.records import EVENT_RECORDS, FIELD_RECORDS
from perpusdesk.storage.check import Verdict, check, quick_check
from perpusdesk.storage.database import Engine, connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.migrate import STEPS, latest_step, migrate, schema_of
from perpusdesk.storage.upgrade import drop_former, upgrade_file

HERE = Path(__file__).parent
DIGESTS = dict.fromkeys(
    ("schema_0001", "schema_0002", "schema_0003"), "36fa55389a67eec0a99755b58af6d8a5"
)
NEWEST = f"schema_{latest_step():04}"
DIGESTS["schema_0004"] = "14ed9d6a8073ca6854c20d4122389499"
DIGESTS["schema_0005"] = "14ed9d6a8073ca6854c20d4122389499"
DIGESTS["schema_0006"] = "14ed9d6a8073ca6854c20d4122389499"
_FOREIGN = {"01010101010101010101010101010101/000000000000000a": 7}
_OWN = {"01a199fc210070008000000000000002/0000000000000003": 43}
HAVE = {name: {**_OWN, **_FOREIGN} for name in DIGESTS}
HAVE["schema_0004"] = HAVE["schema_0005"] = HAVE[
    "schema_0006"
] = {  # since then a run writes two streams
    "01a199fc210070008000000000000002/0000000000000002": 32,
    "01a199fc210070008000000000000002/0000000000000003": 11,
    **_FOREIGN,
}


@pytest.fixture(params=list(Engine), ids=str)
def engine(request: pytest.FixtureRequest) -> Engine:
    made: Engine = request.param
    return made


def _laid_out(name: str, folder: Path) -> Path:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(gzip.decompress((HERE / f"{name}.db.gz").read_bytes()))
    return folder


def test_every_released_schema_has_its_file() -> None:
    kept = {path.name for path in HERE.glob("*.db.gz")}
    assert kept == {f"schema_{number:04}.db.gz" for number in range(1, latest_step() + 1)}
    assert {f"{name}.db.gz" for name in DIGESTS} == kept


@pytest.mark.parametrize("name", list(DIGESTS))
def test_an_older_library_opens_and_says_the_same(
    tmp_path: Path, engine: Engine, name: str
) -> None:
    folder = _laid_out(name, tmp_path / name)
    with Library.open(folder, engine=engine) as library:
        assert library.digest() == DIGESTS[name]
        assert library.value("select count(*) from op") == 51
        assert library.have() == HAVE[name]
        assert check(library) == []
        assert library.local("branch") is not None
        (member,) = library.rows("select id, name from member where card = 'A1'")
        assert member[1] == "Anggota Ke-1"
        action = Action("test")
        action.set("member", library.new_id(), {"name": "Baru"}, fresh=True)
        library.write(action)
        assert check(library) == []
    assert quick_check(folder, engine=engine) is Verdict.WHOLE


# -- the schema and the words of the domain -------------------------------------------------------


@pytest.fixture
def columns(tmp_path: Path) -> Any:
    with Library.create(tmp_path / "fresh") as library:
        yield lambda table: [row[1] for row in library.rows(f'pragma table_info("{table}")')]


@pytest.mark.parametrize("table", list(FIELD_RECORDS))
def test_the_columns_of_a_record_are_its_fields(columns: Any, table: str) -> None:
    tail = ["clock", "stream", "seq", "clocks", "tombstone", "extra", "deleted", "mark"]
    assert sorted(columns(table)) == sorted(["rid", "id", *FIELD_RECORDS[table], *tail])


@pytest.mark.parametrize("table", EVENT_RECORDS)
def test_the_columns_of_what_events_tell_are_what_is_derived(columns: Any, table: str) -> None:
    derived = [name.strip().strip('"') for name in KINDS[table].columns.split(",")]
    assert sorted(columns(table)) == sorted(
        ["rid", "id", *derived, "clock", "stream", "seq", "mark"]
    )


# -- upgrading ------------------------------------------------------------------------------------

ADD = 'def up(migrator, db):\n    db.execute_sql("alter table member add column nickname text")\n'
FAIL = ADD + '    db.execute_sql("select no_such_thing")\n'


def _steps(folder: Path, second: str) -> Path:
    folder.mkdir()
    for step in STEPS.glob("[0-9]*.py"):
        (folder / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / f"{latest_step() + 1:04}_next.py").write_text(second, encoding="utf-8")
    return folder


def test_an_upgrade_takes_the_place_of_the_file_and_leaves_the_former_beside_it(
    tmp_path: Path, engine: Engine
) -> None:
    folder = _laid_out(NEWEST, tmp_path / "a")
    with Library.open(folder, engine=engine) as library:
        before = library.digest()
    upgrade_file(folder, engine, _steps(tmp_path / "steps", ADD))
    assert {path.name for path in folder.iterdir()} == {
        FILE_NAME,
        f"library.schema-{latest_step()}.db",
        "library.lock",
        "library.id",
    }
    database = connect(folder / FILE_NAME, engine)
    assert schema_of(database, tmp_path / "steps") == latest_step() + 1
    assert database.execute_sql("select count(nickname) from member").fetchall() == [(0,)]
    database.close()
    (folder / f"library.schema-{latest_step()}.db").replace(folder / FILE_NAME)
    with Library.open(folder, engine=engine) as former:
        assert former.digest() == before


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path, engine: Engine) -> None:
    folder = _laid_out("schema_0001", tmp_path / "a")
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(Exception, match="no_such_thing"):
        upgrade_file(folder, engine, _steps(tmp_path / "steps", FAIL))
    assert (folder / FILE_NAME).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_a_file_that_somebody_has_open_is_not_upgraded(tmp_path: Path, engine: Engine) -> None:
    folder = _laid_out("schema_0001", tmp_path / "a")
    with Library.open(folder, engine=engine), pytest.raises(KnownError):
        upgrade_file(folder, engine, _steps(tmp_path / "steps", ADD))


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this program be one step further than it is."""
    steps, newest = _steps(tmp_path / "steps", ADD), latest_step() + 1
    monkeypatch.setattr("perpusdesk.storage.library.latest_step", lambda: newest)
    monkeypatch.setattr("perpusdesk.storage.migrate.latest_step", lambda *_: newest)
    monkeypatch.setattr(
        "perpusdesk.storage.library.upgrade_file",
        lambda folder, engine, key, told: upgrade_file(folder, engine, steps, key, told),
    )


@pytest.mark.usefixtures("later_program")
@pytest.mark.parametrize("writable", [True, False])
def test_opening_brings_an_older_file_to_the_newest_schema(
    tmp_path: Path, engine: Engine, writable: bool
) -> None:
    folder = _laid_out("schema_0001", tmp_path / "a")
    for _ in range(2):
        with Library.open(folder, engine=engine, writable=writable) as library:
            assert library.digest() == DIGESTS["schema_0001"]
            assert library.value("select count(nickname) from member") == 0
    assert (folder / "library.schema-1.db").exists()


@pytest.mark.usefixtures("later_program")
def test_reading_does_not_upgrade_a_file_under_the_program_that_writes(
    tmp_path: Path, engine: Engine
) -> None:
    folder = _laid_out("schema_0001", tmp_path / "a")
    before = (folder / FILE_NAME).read_bytes()
    lock = FolderLock(folder)
    with pytest.raises(KnownError) as caught:
        Library.open(folder, engine=engine, writable=False)
    assert caught.value.fault is Fault.ALREADY_OPEN
    assert (folder / FILE_NAME).read_bytes() == before
    lock.release()


def test_a_column_that_a_later_program_brings_takes_what_was_kept_for_it(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field from a newer program waits in ``extra`` and is not mistaken for nothing."""
    folder = _laid_out("schema_0001", tmp_path / "a")
    steps = _steps(tmp_path / "steps", ADD.replace("nickname text", "of_a_newer_program blob"))
    database = connect(folder / FILE_NAME, engine)
    before = database.execute_sql("select id, mark from member order by id").fetchall()
    migrate(database, steps)
    database.close()
    fields = {**FIELD_RECORDS, "member": (*FIELD_RECORDS["member"], "of_a_newer_program")}
    monkeypatch.setitem(FIELD_RECORDS, "member", fields["member"])
    monkeypatch.setattr("perpusdesk.storage.library.latest_step", lambda: latest_step() + 1)
    monkeypatch.setattr("perpusdesk.storage.migrate.latest_step", lambda *_: latest_step() + 1)
    with Library.open(folder, engine=engine) as library:
        assert check(library) == []
        assert library.rows("select id, mark from member order by id") == before
        moved = library.rows("select of_a_newer_program from member order by card")
        assert [value for (value,) in moved if value is not None] == ["0", "2", "4", "6"]


# -- what an upgrade proves -----------------------------------------------------------------------


def test_an_upgrade_that_loses_rows_is_refused_and_told(tmp_path: Path, engine: Engine) -> None:
    folder = _laid_out(NEWEST, tmp_path / "a")
    before = (folder / FILE_NAME).read_bytes()
    losing = ADD + '    db.execute_sql("delete from loan where rid = 1")\n'
    with pytest.raises(KnownError) as caught:
        upgrade_file(folder, engine, _steps(tmp_path / "steps", losing))
    assert caught.value.fault is Fault.UPGRADE_FAILED
    assert "loan" in str(caught.value.facts["cause"])
    assert (folder / FILE_NAME).read_bytes() == before


def test_an_upgrade_that_changes_what_ops_say_is_refused(tmp_path: Path, engine: Engine) -> None:
    folder = _laid_out(NEWEST, tmp_path / "a")
    other = ADD + '    db.execute_sql("update member set mark = mark + 1")\n'
    with pytest.raises(KnownError) as caught:
        upgrade_file(folder, engine, _steps(tmp_path / "steps", other))
    assert "member" in str(caught.value.facts["cause"])


def test_an_upgrade_begins_only_where_there_is_room(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _laid_out(NEWEST, tmp_path / "a")
    room = type("Room", (), {"free": 1_000_000})
    monkeypatch.setattr("perpusdesk.storage.upgrade.shutil.disk_usage", lambda _: room)
    with pytest.raises(KnownError) as caught:
        upgrade_file(folder, engine, _steps(tmp_path / "steps", ADD))
    assert caught.value.fault is Fault.DISK_FULL


def test_an_older_program_tells_which_version_is_needed(tmp_path: Path, engine: Engine) -> None:
    folder = _laid_out(NEWEST, tmp_path / "a")
    upgrade_file(folder, engine, _steps(tmp_path / "steps", ADD))
    with pytest.raises(KnownError) as caught:
        Library.open(folder, engine=engine)
    assert (caught.value.fault, caught.value.facts["needs"]) == (Fault.NEWER_LIBRARY, __version__)


def test_a_former_file_goes_after_thirty_days(tmp_path: Path) -> None:
    folder = _laid_out("schema_0001", tmp_path / "a")
    Library.open(folder).close()
    kept = folder / "library.schema-1.db"
    made_ms = int(kept.stat().st_mtime * 1000)
    assert drop_former(folder, made_ms + 29 * 86_400_000) == []
    assert drop_former(folder, made_ms + 31 * 86_400_000) == [kept.name]
    assert not kept.exists()
