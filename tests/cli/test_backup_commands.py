"""Backups from the command line: made, listed, checked, restored beside and in place."""

from __future__ import annotations

import hashlib
from pathlib import Path

from helpers.command_line import Call


def test_a_backup_is_made_listed_checked_and_told_by_status(call: Call, tmp_path: Path) -> None:
    made = call("backup", "create", "--to", tmp_path / "stick").document
    file = Path(made["file"])
    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert made["bytes"] >= file.stat().st_size
    assert made["rows"] > 100
    listed = call("backup", "list", "--from", tmp_path / "stick").document["backups"]
    assert [one["name"] for one in listed] == [file.name]
    checked = call("backup", "verify", "--from", tmp_path / "stick").document
    assert checked["whole"]
    assert checked["lacks"] == {}
    assert call("backup", "create").code == 0
    (place,) = call("status").document["backups"]
    assert place["state"] == "fresh"
    assert place["rows"] >= made["rows"]


def test_restoring_in_place_loses_nothing_and_can_be_undone(call: Call) -> None:
    call("backup", "create")
    call("member", "add", "--name", "Tambahan", "--card", "A0009")
    before = call("digest").document["digest"]
    told = call("backup", "restore").document
    assert told["lacks"] == {"register_member": 1}
    assert not told["restored"]
    done = call("backup", "restore", "--in-place").document
    assert done["restored"]
    assert done["digest"] == before == call("digest").document["digest"]
    assert call("member", "show", "A0009").code == 0
    assert call("backup", "undo").document["digest"] == before


def test_a_copy_to_look_at_is_of_that_time(call: Call, tmp_path: Path) -> None:
    call("backup", "create")
    before = call("digest").document["digest"]
    call("member", "add", "--name", "Tambahan", "--card", "A0009")
    done = call("backup", "restore", "--to", tmp_path / "copy").document
    assert done["digest"] == before
    assert call("digest").document["digest"] != before


def test_what_cannot_be_done_is_said(call: Call, tmp_path: Path) -> None:
    nothing = call("backup", "list", "--from", tmp_path)
    assert nothing.code == 2
    assert nothing.document["error"]["code"] == "no_backup"
    made = call("backup", "create", "--to", tmp_path / "stick").document
    Path(made["file"]).write_bytes(b"damaged")
    broken = call("backup", "verify", "--from", tmp_path / "stick")
    assert broken.code == 3
    assert broken.document["fault"]["code"] == "backup_damaged"
    wrong = call("backup", "list", "--from", tmp_path / "stick", "--code", "ABC")
    assert wrong.code == 2
    assert wrong.document["error"]["code"] == "recovery_code"


def test_where_nothing_was_restored_there_is_no_way_back(call: Call, tmp_path: Path) -> None:
    back = call("backup", "undo")
    assert (back.code, back.document["error"]["code"]) == (2, "no_backup")
    call("backup", "create")
    assert call("backup", "restore", "--to", tmp_path / "copy").code == 0
    again = call("backup", "restore", "--to", tmp_path / "copy")
    assert again.code == 3
    assert "sudah ada perpustakaan" in again.document["fault"]["message"]
