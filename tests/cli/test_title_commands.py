"""Editing titles and headings from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.command_line import Call

NOBODY = "00000000-0000-7000-8000-000000000000"


def added(call: Call, title: str, *words: str, copies: int = 0) -> str:
    answer = call("title", "add", "--title", title, "--copies", str(copies), *words)
    return str(answer.document["title"]["id"])


def test_fields_are_set_added_and_dropped(call: Call) -> None:
    id_ = added(call, "Peta angin", "--author", "Nina Contoh")
    answer = call(
        "title", "edit", id_, "--set", "publisher=Bentang", "--add", "subjects=Padi",
        "--add", "subjects=Jagung",
    )  # fmt: skip
    assert answer.code == 0
    assert set(answer.document["fields"]) == {"publisher", "subjects", "marc"}
    call("title", "edit", id_, "--drop", "subjects=Padi")
    changes = call("title", "history", id_).document["changes"]
    told = [(one["field"], one["before"], one["after"]) for one in changes]
    assert ("subjects", "Padi; Jagung", "Jagung") in told
    assert set(changes[0]) >= {"at", "staff", "verb", "record", "field", "before", "after", "lost"}
    assert call("title", "edit", id_, "--set", "publisher=Bentang").document["fields"] == []


def test_what_cannot_be_edited_is_unusable_input(call: Call) -> None:
    id_ = added(call, "Peta angin")
    for words in (("--set", "nonsense=1"), ("--set", "title"), ("--add", "title=X")):
        answer = call("title", "edit", id_, *words)
        assert (answer.code, answer.document["error"]["code"]) == (2, "field")
    assert call("title", "edit", "x", "--set", "title=Y").document["error"]["code"] == "id"
    refused = call("title", "edit", NOBODY, "--set", "title=Y")
    assert (refused.code, refused.document["refused"]["code"]) == (1, "title_unknown")
    empty = call("title", "edit", id_, "--set", "title=")
    assert empty.document["refused"]["code"] == "title_missing"


def test_duplicates_are_found_and_merged(call: Call) -> None:
    one = added(call, "Peta angin", "--author", "Nina Contoh", copies=2)
    two = added(call, "Peta Angin", "--author", "Contoh, Nina", copies=1)
    groups = call("title", "duplicates", "--sure").document["groups"]
    assert [{hit["id"] for hit in group["titles"]} for group in groups] == [{one, two}]
    looked = call("title", "merge", one, two, "--dry-run").document
    assert looked["copies"] == 1
    merged = call("title", "merge", one, two).document
    assert (merged["title"]["copies"], merged["merged"], merged["copies"]) == (3, [two], 1)
    gone: list[dict[str, Any]] = call("title", "removed").document["removed"]
    assert [(line["id"], line["merged_into"]) for line in gone] == [(two, one)]
    assert call("title", "merge", one, one).document["refused"]["code"] == "nothing_chosen"


def test_a_title_is_removed_and_put_back(call: Call) -> None:
    id_ = added(call, "Buku percobaan")
    assert call("title", "remove", id_).document["refused"]["code"] == "reason_missing"
    assert call("title", "remove", id_, "--why", "salah").document == {"removed": id_}
    assert call("title", "removed").document["removed"][0]["why"] == "salah"
    assert call("title", "restore", id_).document["title"]["title"] == "Buku percobaan"
    assert call("title", "restore", id_).document["refused"]["code"] == "title_unknown"
    full = added(call, "Buku lain", copies=1)
    kept = call("title", "remove", full, "--why", "salah")
    assert kept.document["refused"]["code"] == "title_has_copies"


def test_headings_are_imported_listed_and_taken_back(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "tajuk.csv"
    file.write_text("Tajuk,Lihat dari\nPadi,Beras\nJagung,\n", encoding="utf-8")
    looked = call("heading", "import", str(file), "--dry-run").document
    assert (looked["run"], looked["added"]) == (None, 2)
    done = call("heading", "import", str(file)).document
    assert (done["read"], done["added"], done["kinds"]) == (2, 2, {"topic": 2})
    found = call("heading", "list", "beras").document["headings"]
    assert [(one["heading"], one["variants"]) for one in found] == [("Padi", ["Beras"])]
    assert call("heading", "undo", done["run"]).document["undone"]["removed"] == {"headings": 2}
    assert call("heading", "list").document["headings"] == []
    assert call("heading", "import", str(file), "--kind", "x").document["error"]["code"] == "kind"
    assert call("heading", "undo", "x").document["error"]["code"] == "id"
