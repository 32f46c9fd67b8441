"""Branches and vans: who may add, change and remove them, and what keeps one from going."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, done_of, refusal_of, value_of
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.conflicts.conflicts import list_conflicts
from perpusdesk.services.library.branch_use import branch_lines
from perpusdesk.services.library.branches import (
    BranchForm,
    BranchKind,
    branches,
    edit_branch,
    open_branch,
    put_back_branch,
    remove_branch,
)
from perpusdesk.services.undo import undo
from perpusdesk.services.wording.branches import kind_name
from perpusdesk.services.wording.conflict_fields import say_value
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.drafts import Action


def test_a_van_is_a_branch_at_once(small: SmallLibrary) -> None:
    head = small.desk("head")
    before = {one.code for one in branches(head)}
    form = BranchForm(" Mobil  Melati ", BranchKind.VAN, phone="0811", address="Jl. Contoh 1")
    made = value_of(open_branch(head, form))
    van = head.branches[made]
    assert (van.name, van.kind, van.phone, van.address) == (
        "Mobil Melati",
        "van",
        "0811",
        "Jl. Contoh 1",
    )
    assert van.code not in before
    line = next(one for one in branch_lines(head) if one.id == made)
    assert (line.copies, line.members, line.devices, line.since) == (0, 0, (), small.time.today())


def test_only_who_may_change_rules_changes_branches(small: SmallLibrary) -> None:
    desk, van = small.desk("desk"), small.branches["van"]
    for refused in (
        open_branch(desk, BranchForm("Cabang Liar")),
        edit_branch(desk, van, BranchForm("Cabang Liar")),
        remove_branch(desk, van),
        put_back_branch(desk, van),
    ):
        refusal_of(refused, Reason.RIGHT_MISSING)


def test_a_name_and_a_code_are_of_one_branch(small: SmallLibrary) -> None:
    head = small.desk("head")
    first, second = branches(head)
    refusal_of(open_branch(head, BranchForm("  ")), Reason.NAME_MISSING)
    taken = open_branch(head, BranchForm(f"  {second.name.upper()} "))
    refusal_of(taken, Reason.BRANCH_NAME_TAKEN)
    refused = refusal_of(
        edit_branch(head, second.id, BranchForm("Lain", code=first.code)), Reason.BRANCH_CODE_TAKEN
    )
    assert first.name in say_refusal(refused, head).what


def test_only_what_differs_is_written_and_it_can_be_undone(small: SmallLibrary) -> None:
    head, van = small.desk("head"), small.branches["van"]
    before = head.branches[van]
    same = BranchForm(before.name, BranchKind(before.kind), before.zone, before.code)
    assert done_of(edit_branch(head, van, same)).action is None
    done = done_of(edit_branch(head, van, BranchForm("Mobil Kenanga", BranchKind.VAN, 540, "")))
    assert (head.branches[van].name, head.branches[van].zone) == ("Mobil Kenanga", 540)
    assert head.branches[van].code == before.code
    value_of(undo(head, done.action))
    assert head.branches[van] == before


def test_one_that_was_never_used_can_be_removed_and_comes_back_by_undo(
    small: SmallLibrary,
) -> None:
    head = small.desk("head")
    made = value_of(open_branch(head, BranchForm("Cabang Salah", phone="1")))
    removed = done_of(remove_branch(head, made))
    assert made not in head.branches
    value_of(undo(head, removed.action))
    assert (head.branches[made].name, head.branches[made].phone) == ("Cabang Salah", "1")


def test_what_belongs_to_a_branch_keeps_it(small: SmallLibrary) -> None:
    head, main = small.desk("head"), small.branches["pusat"]
    refused = refusal_of(remove_branch(head, main), Reason.BRANCH_IN_USE)
    copies = sum(line.copies for line in branch_lines(head) if line.id == main)
    assert refused.facts["copies"] == copies > 0
    assert refused.facts["devices"] == 1  # this one
    said = say_refusal(refused, head).what
    assert f" {copies} eksemplar" in said
    assert " 0 " not in said, "what there is none of is not told"


def test_thousands_that_belong_to_a_branch_are_told_as_in_the_list() -> None:
    facts = {"branch": "Pusat", "copies": 1268, "members": 0, "devices": 0, "people": 0}
    assert "1.268 eksemplar." in say_refusal(Refused(Reason.BRANCH_IN_USE, facts)).what


@pytest.mark.parametrize("table", ["room", "closure"])
def test_what_was_set_up_at_a_branch_keeps_it(small: SmallLibrary, table: str) -> None:
    head = small.desk("head")
    made = value_of(open_branch(head, BranchForm("Cabang Taman")))
    small.change(table, small.library.new_id(), branch=made)
    refusal_of(remove_branch(head, made), Reason.BRANCH_HAS_PAST)


def test_the_only_branch_stays(small: SmallLibrary) -> None:
    head, van = small.desk("head"), small.branches["van"]
    gone = Action("set_up")
    gone.delete("branch", van)
    small.library.write(gone)
    refusal_of(remove_branch(head, small.branches["pusat"]), Reason.BRANCH_LAST)


def test_adding_one_is_not_undone_once_it_is_used(small: SmallLibrary) -> None:
    head = small.desk("head")
    done = done_of(open_branch(head, BranchForm("Cabang Ramai")))
    small.change("copy", small.copies["B0001"], branch=done.value)
    refusal_of(undo(head, done.action), Reason.UNDO_OVERTAKEN)


def test_two_devices_may_add_the_same_branch_at_once(small: SmallLibrary, tmp_path: Path) -> None:
    head = small.desk("head")
    other = another_device(small, tmp_path / "other", "Laptop MK")
    other.staff = small.staff["head"]
    mine = value_of(open_branch(head, BranchForm("Cabang Timur")))
    theirs = value_of(open_branch(other, BranchForm("Cabang Timur")))
    exchange(head, other)
    for desk in (head, other):  # both are there, and both are told apart by what is said of them
        marked = {line.id for line in branch_lines(desk) if line.twin and line.same_code}
        assert marked == {mine, theirs}
    value_of(edit_branch(head, theirs, BranchForm("Cabang Timur Laut", code="09")))
    small.change("copy", small.copies["B0001"], branch=mine)
    exchange(head, other)
    for desk in (head, other):
        assert not any(line.twin or line.same_code for line in branch_lines(desk))
        assert desk.branches[theirs].code == "09"
    value_of(remove_branch(other, theirs))
    refusal_of(remove_branch(other, mine), Reason.BRANCH_IN_USE)
    exchange(head, other)
    assert theirs not in head.branches and mine in head.branches


def test_one_that_was_removed_while_another_device_used_it_is_shown(
    small: SmallLibrary, tmp_path: Path
) -> None:
    head = small.desk("head")
    made = value_of(open_branch(head, BranchForm("Cabang Barat", phone="021")))
    other = another_device(small, tmp_path / "other", "Laptop MK")
    exchange(head, other)
    value_of(remove_branch(head, made))
    moved = other.action("edit_copy")
    moved.set("copy", small.copies["B0001"], {"branch": made})
    other.commit(moved)
    exchange(head, other)
    shown = {line.id: line for line in branch_lines(head)}
    assert (shown[made].removed, shown[made].copies) == (True, 1)
    value_of(put_back_branch(head, made))
    exchange(head, other)
    for desk in (head, other):
        assert (desk.branches[made].name, desk.branches[made].phone) == ("Cabang Barat", "021")


def test_a_name_edited_on_two_sides_becomes_a_question(small: SmallLibrary, tmp_path: Path) -> None:
    head, van = small.desk("head"), small.branches["van"]
    other = another_device(small, tmp_path / "other", "Laptop MK")
    other.staff = small.staff["head"]
    code = head.branches[van].code
    value_of(edit_branch(head, van, BranchForm("Mobil Satu", BranchKind.VAN, 420, code)))
    value_of(edit_branch(other, van, BranchForm("Mobil Dua", BranchKind.VAN, 540, code)))
    exchange(head, other)
    assert head.branches[van] == other.branches[van]
    (question,) = list_conflicts(head).conflicts
    assert question.kind is Kind.EDITED_TWICE
    assert question.facts["fields"] == ("name",)
    assert "WIT (" in say_value("branch", "zone", 540, head)
    assert say_value("branch", "kind", "van", head) == kind_name("van")
