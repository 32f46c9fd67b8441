"""Schemas from every step on become the newest one, and say what the released files say."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.postgres import ask
from migrations.test_released_files import DIGESTS, HAVE
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.records import EVENT_RECORDS, FIELD_RECORDS
from perpusdesk.storage.check import check
from perpusdesk.storage.database import connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.migrate import STEPS, latest_step
from perpusdesk.storage.postgres import schema
from perpusdesk.storage.postgres.database import PostgresDatabase
from perpusdesk.storage.postgres.library import PostgresLibrary

FILES = Path(__file__).parents[2] / "migrations"
NAME = "library_of_a_step"


@pytest.fixture
def clean(postgres_dsn: str) -> Iterator[str]:
    """A server in which there is no schema of our name, before and after."""
    schema.drop(postgres_dsn, NAME)
    yield postgres_dsn
    schema.drop(postgres_dsn, NAME)


def _steps_to(number: int, folder: Path) -> Path:
    folder.mkdir()
    for step in sorted(STEPS.glob("[0-9]*.py"))[:number]:
        (folder / step.name).write_bytes(step.read_bytes())
    return folder


def _fill(dsn: str, steps: Path, file: Path) -> None:
    """Make a schema by some steps and put in all rows of a released file of that step."""
    source = connect(file)
    database = PostgresDatabase(dsn, NAME)
    with database.writing():
        schema.make(database)
        schema.migrate(database, steps)
        for (table,) in source.execute_sql(
            "select name from sqlite_master where type = 'table' and sql not like '%virtual%'"
        ).fetchall():
            if re.search(r"_search|_words|_vocabulary|^sqlite|^schema|^local$|^title_", table):
                continue
            names = [name for name in database.column_types(table) if name != "rid"]
            columns = ", ".join(f'"{name}"' for name in names)
            rows = source.execute_sql(f'select {columns} from "{table}"').fetchall()
            marks = ",".join("?" * len(names))
            database.execute_sql(f'delete from "{table}"')
            database.cursor().executemany(
                f'insert into "{table}"({columns}) values ({marks})', rows
            )
    database.close()
    source.close()


@pytest.mark.parametrize("name", list(DIGESTS))
def test_a_schema_of_any_step_becomes_the_newest_and_says_the_same(
    tmp_path: Path, clean: str, name: str
) -> None:
    file = tmp_path / "old.db"
    file.write_bytes(gzip.decompress((FILES / f"{name}.db.gz").read_bytes()))
    _fill(clean, _steps_to(int(name[-4:]), tmp_path / "steps"), file)
    with PostgresLibrary.open_in(clean, NAME) as library:
        assert library.digest() == DIGESTS[name]
        assert library.have() == HAVE[name]
        assert check(library) == []
        action = Action("test")
        action.set("member", library.new_id(), {"name": "Baru"}, fresh=True)
        library.write(action)
        assert check(library) == []
    done = [step for (step,) in ask(clean, f"select name from {NAME}.schema_migration order by 1")]
    assert done == sorted(step.stem for step in STEPS.glob("[0-9]*.py"))


def test_a_schema_of_a_later_program_is_refused_and_left_alone(clean: str) -> None:
    PostgresLibrary.create_in(clean, name=NAME).close()
    ask(clean, f"insert into {NAME}.schema_migration values ('0099_later', '')")
    for writable in (True, False):
        with pytest.raises(KnownError) as caught:
            PostgresLibrary.open_in(clean, NAME, writable=writable)
        assert caught.value.fault is Fault.NEWER_LIBRARY
        assert caught.value.facts == {"library": 99, "program": latest_step()}


def test_a_step_that_fails_leaves_the_schema_as_it_was(tmp_path: Path, clean: str) -> None:
    steps = _steps_to(1, tmp_path / "steps")
    database = PostgresDatabase(clean, NAME)
    with database.writing():
        schema.make(database)
        schema.migrate(database, steps)
    text = "def up(migrator, db):\n    db.execute_sql('alter table member add column x text')\n"
    (steps / "0002_bad.py").write_text(text + "    db.execute_sql('select no_such')\n", "utf-8")
    with pytest.raises(Exception, match="no_such"), database.writing():
        schema.migrate(database, steps)
    assert schema.schema_of(database, steps) == 1
    assert "x" not in database.column_types("member")
    database.close()


def test_making_a_library_is_whole_or_not_at_all(
    clean: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(database: Any) -> None:
        raise ValueError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrate", fails)
        with pytest.raises(ValueError, match="in the middle"):
            PostgresLibrary.create_in(clean, name=NAME)
    assert not schema.exists(clean, NAME)
    PostgresLibrary.create_in(clean, name=NAME).close()
    assert schema.exists(clean, NAME)


def test_the_tables_are_those_of_a_file(tmp_path: Path, clean: str) -> None:
    """Table by table the same columns; only what is for searching at a desk has none."""
    with (
        Library.create(tmp_path / "file") as file,
        PostgresLibrary.create_in(clean, name=NAME) as library,
    ):
        tables = [
            name
            for (name,) in file.rows("select name from sqlite_master where type = 'table'")
            if not re.search(r"_search(_|$)|_words|^sqlite", name)
        ]
        assert {*FIELD_RECORDS, *EVENT_RECORDS, "op", "package", "head"} <= set(tables)
        for table in tables:
            if table == "schema_migration":
                continue
            ours, theirs = file.database.column_types(table), library.database.column_types(table)
            assert list(theirs) == list(ours), table
            assert {_AS[ours[name]] for name in ours} >= set(theirs.values()), table
            assert [theirs[name] for name in ours] == [_AS[ours[name]] for name in ours]


_AS = {"integer": "bigint", "blob": "bytea", "": "bytea", "text": "text"}


def test_text_sorts_by_its_characters_alone_as_in_a_file(clean: str) -> None:
    with PostgresLibrary.create_in(clean, name=NAME) as library:
        for number, name in enumerate(("b", "A", "a_", "aa", "Z", "é", "z", "_a")):
            action = Action("test")
            action.set("member", library.new_id(), {"name": name, "card": str(number)})
            library.write(action)
        told = [name for (name,) in library.rows("select name from member order by name")]
        assert told == sorted(told)
