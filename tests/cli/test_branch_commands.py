"""Branches and vans on the command line."""

from __future__ import annotations

from helpers.command_line import Call


def test_a_van_is_added_and_listed_with_the_branches(call: Call) -> None:
    added = call("branch", "add", "Mobil Melati", "--van")
    assert added.code == 0, added.out
    van = added.document["branch"]
    assert (van["name"], van["kind"]) == ("Mobil Melati", "van")
    listed = call("branch", "list").document["branches"]
    assert [(one["name"], one["kind"]) for one in listed] == [
        ("Pusat", "building"),
        ("Mobil Melati", "van"),
    ]
    assert "Mobil Melati · Mobil keliling" in call("branch", "list", json=False).out


def test_a_name_that_is_there_already_or_none_is_refused(call: Call) -> None:
    again = call("branch", "add", " pusat ")
    assert (again.code, again.document["refused"]["code"]) == (1, "branch_name_taken")
    nameless = call("branch", "add", " ")
    assert (nameless.code, nameless.document["refused"]["code"]) == (1, "name_missing")
    assert len(call("branch", "list").document["branches"]) == 1


def test_a_branch_added_in_error_can_be_undone(call: Call) -> None:
    call("branch", "add", "Keliru")
    assert call("undo").code == 0
    assert len(call("branch", "list").document["branches"]) == 1


def test_a_branch_is_renamed_and_one_never_used_removed(call: Call) -> None:
    call("branch", "add", "Keliru")
    edited = call("branch", "edit", "keliru", "--name", "Cabang Timur", "--code", "TMR", "--van")
    assert edited.document["branch"] | {"id": ""} == {
        "id": "",
        "name": "Cabang Timur",
        "code": "TMR",
        "kind": "van",
    }
    assert call("branch", "edit", "Utara", "--name", "X").document["error"]["code"] == "branch"
    refused = call("branch", "remove", "Pusat")
    assert (refused.code, refused.document["refused"]["code"]) == (1, "branch_in_use")
    assert call("branch", "remove", "TMR").code == 0
    assert [one["name"] for one in call("branch", "list").document["branches"]] == ["Pusat"]


def test_this_device_is_moved_into_a_van(call: Call) -> None:
    call("branch", "add", "Mobil Melati", "--van")
    moved = call("devices", "move", "1", "--branch", "Mobil Melati")
    assert moved.document["device"]["branch"] == "Mobil Melati"
    assert call("branch", "remove", "Mobil Melati").document["refused"]["code"] == "branch_in_use"
