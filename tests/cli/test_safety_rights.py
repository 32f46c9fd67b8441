"""Restoring and repairing on the command line ask for their rights, where people sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command_line import Answer, Call, Typed
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.staff.staff import set_pin
from perpusdesk.storage.library import Library

HEAD, VOLUNTEER = "482913", "905172"
RESTORE, UNDO, REPAIR = (
    ("backup", "restore", "--in-place"),
    ("backup", "undo"),
    ("doctor", "--repair"),
)


pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def staffed(call: Call, typed: Typed, library: Path) -> Call:
    """A library with a backup, where an administrator and a volunteer have PINs."""
    assert call("backup", "create").code == 0
    assert call("staff", "add", "Wati Contoh", "--role", "volunteer").code == 0
    typed(HEAD)
    assert call("staff", "pin", "Petugas Uji").code == 0
    with Library.open(library) as opened:
        desk = open_desk(opened)
        keeper, wati = sorted(desk.people.values(), key=lambda one: one.name)
        desk.staff = keeper.id
        assert not isinstance(set_pin(desk, wati.id, VOLUNTEER, to_change=False), Refused)
    typed()
    return call


def right_missing(answer: Answer, right: str) -> bool:
    assert answer.code == 1, answer.out
    refused = answer.document["refused"]
    return (refused["code"], refused["facts"]) == ("right_missing", {"right": right})


def test_without_pins_everybody_restores_and_repairs_as_ever(call: Call) -> None:
    assert call("backup", "create").code == 0
    for words in (RESTORE, UNDO, REPAIR):
        assert call(*words).code == 0, words


def test_nobody_and_who_lacks_the_right_are_refused(
    staffed: Call, typed: Typed, tmp_path: Path
) -> None:
    before = staffed("digest").document["digest"]
    beside = ("backup", "restore", "--to", tmp_path / "copy")
    for words, right in (
        (RESTORE, "backup"),
        (beside, "backup"),
        (UNDO, "backup"),
        (REPAIR, "repair"),
    ):
        assert right_missing(staffed(*words), right), words
        typed(VOLUNTEER)
        assert right_missing(staffed(*words, "--who", "Wati Contoh"), right), words
    assert staffed("digest").document["digest"] == before
    assert not (tmp_path / "copy").exists()
    assert staffed("backup", "restore").code == 0, "the report alone asks for none"
    assert staffed("doctor").code == 0


def test_who_has_the_right_restores_goes_back_and_repairs(
    staffed: Call, typed: Typed, tmp_path: Path
) -> None:
    for words in (RESTORE, UNDO, REPAIR, ("backup", "restore", "--to", tmp_path / "copy")):
        typed(HEAD)
        answer = staffed(*words, "--who", "Petugas Uji")
        assert answer.code == 0, (words, answer.out, answer.err)


def test_a_library_that_does_not_open_is_repaired_by_the_systems_user(
    staffed: Call, library: Path
) -> None:
    with (library / "library.db").open("r+b") as file:
        file.write(b"\0" * 4096)
    answer = staffed(*REPAIR)
    assert answer.document["findings"][0]["code"] == "salvaged"
    assert answer.document["findings"][0]["repaired"]
