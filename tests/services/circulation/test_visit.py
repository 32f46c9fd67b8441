"""The open visit: a context for the next scan that outlives the program."""

from __future__ import annotations

from pathlib import Path

from helpers.library import SmallLibrary, build
from perpusdesk.services.circulation.visit import close_visit, current_visit, open_visit
from perpusdesk.services.desk import Desk
from perpusdesk.storage.library import Library


def test_it_is_open_until_it_is_closed(desk: Desk, small: SmallLibrary) -> None:
    assert current_visit(desk) is None
    opened = open_visit(desk, small.members["A0001"])
    assert (opened.name, opened.since) == ("Siti Misalnya", small.time.moment)
    small.time.passes(minutes=3)
    assert open_visit(desk, small.members["A0001"]) == opened, "going on is not a new visit"
    assert close_visit(desk) == opened
    assert close_visit(desk) is None


def test_the_next_member_takes_its_place(desk: Desk, small: SmallLibrary) -> None:
    open_visit(desk, small.members["A0001"])
    small.time.passes(minutes=3)
    second = open_visit(desk, small.members["A0002"])
    assert current_visit(desk) == second
    assert second.since == small.time.moment


def test_it_survives_that_the_program_is_gone(tmp_path: Path) -> None:
    small = build(tmp_path / "library")
    opened = open_visit(small.desk(), small.members["A0003"])
    branch, staff = small.branches["pusat"], small.staff["desk"]
    small.library.database.close()  # nothing is said to the file, as when the power goes
    small.library.close()
    with Library.open(tmp_path / "library", sources=small.library.sources) as again:
        assert current_visit(Desk(again, branch, staff)) == opened


def test_it_belongs_to_this_device_and_is_no_op(desk: Desk, small: SmallLibrary) -> None:
    before = small.library.digest()
    open_visit(desk, small.members["A0001"])
    assert small.library.digest() == before


def test_what_cannot_be_read_is_no_visit(desk: Desk, small: SmallLibrary) -> None:
    for text in ("{", "[]", '{"member": "x"}', '{"member": 5, "since": "2026"}', "nothing"):
        small.library.put_local("visit", text)
        assert current_visit(desk) is None
