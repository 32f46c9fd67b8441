"""``lookup`` and ``isbn`` as scripts use them."""

from __future__ import annotations

from pathlib import Path

import pymarc

from helpers.command_line import Call


def _file(folder: Path) -> Path:
    record, plain = pymarc.Record(to_unicode=True, force_utf8=True), pymarc.Indicators(" ", " ")
    for tag, text in (("020", "9780306406157"), ("245", "Kebun di Atap Kota")):
        record.add_field(pymarc.Field(tag, plain, [pymarc.Subfield("a", text)]))
    path = folder / "lain.mrc"
    path.write_bytes(record.as_marc())
    return path


def test_an_isbn_is_found_here_and_in_a_file_of_others(call: Call, tmp_path: Path) -> None:
    own = call("lookup", "0-306-40615-2").document
    assert [(one["where"], one["title"]) for one in own["proposals"]] == [
        ("library", "Kebun di Atap")
    ]
    added = call("isbn", "add", _file(tmp_path)).document
    assert (added["read"], added["added"]) == (1, 1)
    both = call("lookup", "9780306406157").document
    assert [one["where"] for one in both["proposals"]] == ["library", "index"]
    assert both["proposals"][1]["title"] == "Kebun di Atap Kota"
    assert [one["source"] for one in call("isbn", "list").document["sources"]] == ["lain.mrc"]
    assert call("isbn", "remove", "lain.mrc").code == 0
    assert call("isbn", "remove", "lain.mrc").code == 2
    assert len(call("lookup", "9780306406157").document["proposals"]) == 1


def test_a_file_that_is_none_changes_nothing(call: Call, tmp_path: Path) -> None:
    answer = call("isbn", "add", tmp_path / "tidak-ada.mrc")
    assert answer.code == 2
    assert answer.document["error"]["code"] == "unreadable_file"
    assert call("isbn", "list").document == {"sources": []}
