"""``perpusdesk import``: its JSON, its exit codes, and that a dry run writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.command_line import Call

KINDS = {"titles", "copies", "members", "loans"}
KEYS = {"run", "format", "read", "added", "updated", "duplicates", "refused", "library"}


@pytest.fixture
def books(tmp_path: Path) -> Path:
    path = tmp_path / "buku.csv"
    path.write_text("Judul,No Barcode\nPerahu Batu,X001\n,X002\n", "utf-8")
    return path


def test_a_dry_run_has_the_same_shape_and_writes_nothing(
    call: Call, books: Path, seen: Callable[[], tuple[str, int]]
) -> None:
    before = seen()
    told = call("import", books, "--dry-run").document
    assert seen() == before
    done = call("import", "files", "--as", "csv", books).document
    for document in (told, done):
        assert set(document) >= KEYS
        assert set(document["added"]) == set(document["library"]) > KINDS
    assert told["run"] is None and done["run"]
    assert told["added"] == done["added"]
    (row,) = done["refused"]
    assert (row["row"], row["code"]) == (3, "title_missing") and row["message"]
    assert done["library"]["titles"] == 4


def test_imports_are_listed_and_taken_back(call: Call, books: Path) -> None:
    run = call("import", books).document["run"]
    assert [one["state"] for one in call("import", "list").document["runs"]] == ["done"]
    undone = call("import", "undo", run).document["undone"]
    assert undone["removed"]["titles"] == 1
    again = call("import", "undo", run)
    assert again.code == 1 and again.document["refused"]["code"] == "already_undone"
    assert [one["state"] for one in call("import", "list").document["runs"]] == ["undone"]


@pytest.mark.parametrize(
    "words",
    [
        ("import", "there-is-none.mrc"),
        ("import", "--as", "pigeon", "x.csv"),
        ("import", "undo", "nonsense"),
        ("import", "x.csv", "--map", "there-is-none.json"),
    ],
)
def test_unusable_input_is_exit_code_2(
    call: Call, words: tuple[str, ...], seen: Callable[[], tuple[str, int]]
) -> None:
    before = seen()
    answer = call(*words)
    assert answer.code == 2
    assert answer.document["error"]["message"]
    assert seen() == before


def test_a_mapping_with_a_field_that_is_none_names_the_fields(call: Call, tmp_path: Path) -> None:
    said = tmp_path / "map.json"
    said.write_text(json.dumps({"Kolom": "colour"}))
    answer = call("import", "x.csv", "--map", said)
    assert answer.code == 2 and "publisher" in answer.document["error"]["message"]


def test_people_read_sentences(call: Call, books: Path) -> None:
    answer = call("import", books, "--lang", "id", json=False)
    assert "Judul tidak ada." in answer.out
    assert "perpusdesk import undo" in answer.out


def test_the_library_goes_out(call: Call, tmp_path: Path) -> None:
    document = call("export", tmp_path / "out.mrc", "--as", "marc").document
    assert (document["titles"], document["copies"], document["refused"]) == (3, 6, [])
    assert Path(document["files"][0]).stat().st_size > 300
    some = call("export", tmp_path / "some.xlsx", "--as", "xlsx", "--query", "pelaut").document
    assert some["titles"] == 1
    assert call("export", tmp_path / "x", "--as", "pigeon").code == 2
