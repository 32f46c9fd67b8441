"""Two records of one person become one: nothing that either had is lost, and undo parts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, action_of, living, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.kits import kits_of_member, open_kit
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import balance, charge, take_payment
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.conflicts.conflicts import Kind, list_conflicts, settle
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.member_card import member_card, member_history, member_ledger
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.merge_members import merge_members
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo
from perpusdesk.storage.check import check
from perpusdesk.storage.queries import circulation as find

ANYWAY = Override("lewat telepon", frozenset({Reason.HOLD_COPY_ON_SHELF}))


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    return small.desk("head")


@pytest.fixture
def twins(small: SmallLibrary, desk: Desk) -> tuple[UUID, UUID]:
    """Siti's record, and a second one of hers that is used as well."""
    kept = small.members["A0001"]
    form = MemberForm(name="Siti M.", card="Z9", address="Jl. Mawar 1", birth_date=date(1990, 5, 1))
    other = value_of(register_member(desk, form)).member
    value_of(lend(desk, kept, small.copies["B0001"]))
    value_of(lend(desk, other, small.copies["B0003"]))
    value_of(lend(desk, other, small.copies["B0007"]))
    value_of(take_back(desk, small.copies["B0007"]))
    value_of(place_hold(desk, other, small.titles[3], override=ANYWAY))
    value_of(charge(desk, other, 5_000, "kartu hilang"))
    value_of(take_payment(desk, other, 2_000))
    value_of(block_member(desk, other, "Kartu dipinjam orang lain"))
    value_of(open_kit(desk, other, "Kotak A"))
    return kept, other


def test_all_that_was_the_other_s_is_the_kept_one_s(
    small: SmallLibrary, desk: Desk, twins: tuple[UUID, UUID]
) -> None:
    kept, other = twins
    merged = value_of(merge_members(desk, kept, [other]))
    assert (merged.loans, merged.holds, merged.entries) == (2, 1, 2)
    found = member_card(desk, kept)
    assert found is not None
    assert {line.barcode for line in found.loans} == {"B0001", "B0003"}
    assert len(member_history(desk, kept)) == 3
    assert [hold.title_id for hold in found.holds] == [small.titles[3]]
    assert [line.amount for line in member_ledger(desk, kept)] == [-2_000, 5_000]
    assert balance(desk, kept) == 3_000
    assert [block.reason for block in found.blocks] == ["Kartu dipinjam orang lain"]
    assert [kit.name for kit in kits_of_member(desk, kept)] == ["Kotak A"]
    assert (found.form.name, found.form.card) == ("Siti Misalnya", "A0001")
    assert found.form.address == "Jl. Mawar 1"
    assert find.member_by_id(desk.library, other) is None
    assert check(desk.library) == []


def test_the_other_card_finds_the_kept_member_unless_it_is_given_anew(
    small: SmallLibrary, desk: Desk, twins: tuple[UUID, UUID]
) -> None:
    kept, other = twins
    value_of(merge_members(desk, kept, [other]))
    assert [one.id for one in find.members_by_card(desk.library, "Z9")] == [kept]
    form = MemberForm(name="Orang Lain", card="Z9")
    refusal_of(register_member(desk, form), Reason.MEMBER_CARD_TAKEN)
    new = value_of(register_member(desk, form, same_card=True))
    assert [one.id for one in find.members_by_card(desk.library, "Z9")] == [new.member]


def test_undoing_parts_them_again(
    small: SmallLibrary, desk: Desk, twins: tuple[UUID, UUID]
) -> None:
    kept, other = twins
    before = living(desk.library)
    action = action_of(merge_members(desk, kept, [other]))
    value_of(undo(desk, action))
    assert living(desk.library) == before
    assert check(desk.library) == []


def test_who_may_not_or_names_nobody_is_refused(
    small: SmallLibrary, desk: Desk, twins: tuple[UUID, UUID]
) -> None:
    kept, other = twins
    refusal_of(merge_members(small.desk("volunteer"), kept, [other]), Reason.RIGHT_MISSING)
    refusal_of(merge_members(desk, kept, [kept]), Reason.NOTHING_CHOSEN)
    refusal_of(merge_members(desk, kept, [small.titles[0]]), Reason.MEMBER_UNKNOWN)


@pytest.fixture
def van(small: SmallLibrary, desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    made = another_device(small, tmp_path / "van", "Mobil 1")
    yield Desk(made.library, made.branch, small.staff["head"])
    made.library.close()


def test_what_another_device_still_lends_to_the_other_record_follows(
    small: SmallLibrary, desk: Desk, twins: tuple[UUID, UUID], van: Desk
) -> None:
    kept, other = twins
    exchange(desk, van)
    value_of(merge_members(desk, kept, [other]))
    override = Override("kenal", frozenset({Reason.MEMBER_BLOCKED}))
    value_of(lend(van, other, small.copies["B0009"], override=override))
    value_of(charge(van, other, 1_000, "robek"))
    exchange(desk, van)
    (conflict,) = list_conflicts(van).conflicts
    assert (conflict.kind, conflict.proposal) == (Kind.UNKNOWN_MEMBER, "move")
    value_of(settle(van, conflict.id, "move"))
    exchange(desk, van)
    assert len(find.open_loans_of_member(desk.library, kept)) == 3
    assert balance(desk, kept) == 4_000
    assert list_conflicts(desk).conflicts == ()


def test_merging_in_opposite_directions_loses_neither(
    small: SmallLibrary, desk: Desk, twins: tuple[UUID, UUID], van: Desk
) -> None:
    kept, other = twins
    exchange(desk, van)
    value_of(merge_members(desk, kept, [other]))
    small.time.passes(minutes=1)
    value_of(merge_members(van, other, [kept]))
    exchange(desk, van)
    assert desk.library.digest() == van.library.digest()
    for one in (desk, van):
        both = [find.member_by_id(one.library, member) for member in twins]
        assert all(both)
        lent = sum(len(find.open_loans_of_member(one.library, member)) for member in twins)
        assert lent == 2
        assert sum(balance(one, member) for member in twins) == 3_000
        assert check(one.library) == []
    assert {one.kind for one in list_conflicts(desk).conflicts} <= {
        Kind.EDITED_TWICE,
        Kind.EDITED_DELETED,
    }
