"""Registering and editing members: what is refused, what is kept, what the record says after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.card_numbers import propose_card
from perpusdesk.services.members.edit_member import edit_member, open_form
from perpusdesk.services.members.extend_membership import extend_membership
from perpusdesk.services.members.member_card import MemberCard, member_card
from perpusdesk.services.members.member_changes import member_changes
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.members.register_member import Registered, register_member
from perpusdesk.services.results import Done, NoticeKind
from perpusdesk.services.undo import undo

CHILD = MemberForm(name="Lala Andai", birth_date=date(2015, 3, 3))


def card_of(desk: Desk, done: Done[Registered] | Refused) -> MemberCard:
    card = member_card(desk, value_of(done).member)
    assert card is not None
    return card


def test_a_new_member_gets_number_branch_and_period(small: SmallLibrary, desk: Desk) -> None:
    form = MemberForm(name="  Wati   Andai ", category=small.categories["school"])
    card = card_of(desk, register_member(desk, form))
    assert (card.name, card.card) == ("Wati Andai", "A00001")
    assert card.branch_name == "Pusat"
    assert card.form.registered == date(2026, 11, 2)
    assert card.expires == date(2028, 11, 1)
    assert card.category_name == "Sekolah"


def test_numbers_go_on_and_step_over_those_taken_by_hand(small: SmallLibrary, desk: Desk) -> None:
    value_of(register_member(desk, MemberForm(name="Satu", card="A00002")))
    numbers = [value_of(register_member(desk, MemberForm(name=f"N {i}"))).card for i in range(3)]
    assert numbers == ["A00003", "A00004", "A00005"]
    assert propose_card(desk) == "A00006"


def test_a_proposed_number_is_free_though_the_counter_forgot(
    small: SmallLibrary, desk: Desk
) -> None:
    value_of(register_member(desk, MemberForm(name="Satu")))
    small.library.put_local("numbers/member/A#####", None)
    assert propose_card(desk) == "A00002"


def test_the_template_of_the_library_makes_the_number(small: SmallLibrary, desk: Desk) -> None:
    small.setting("member_number_template", "{loc}-{category}-{YY}{999}")
    assert propose_card(desk, small.categories["child"]) == "PST-C-26001"
    small.setting("member_number_template", "no counter at all")
    assert propose_card(desk) == "A00001"


def test_another_device_draws_from_its_own_block(small: SmallLibrary, desk: Desk) -> None:
    from uuid import UUID

    small.change("device", UUID(bytes=small.library.device), name="Mobil", number=3)
    assert propose_card(desk) == "A20000"


def test_a_city_goes_on_in_the_next_block_when_one_is_used_up(
    small: SmallLibrary, desk: Desk
) -> None:
    small.library.put_local("numbers/member/A#####", 10_000)
    cards = [value_of(register_member(desk, MemberForm(name=f"N {i}"))).card for i in range(2)]
    assert cards == ["A1000000", "A1000001"]


def test_numbers_that_are_all_used_up_are_refused(small: SmallLibrary, desk: Desk) -> None:
    small.library.put_local("numbers/member/A#####", 10**9)
    refusal_of(register_member(desk, MemberForm(name="Wati")), Reason.NUMBERS_USED_UP)
    assert value_of(register_member(desk, MemberForm(name="Wati", card="A00007"))).card == "A00007"


def test_a_name_is_needed(desk: Desk) -> None:
    refusal_of(register_member(desk, MemberForm(name="  ")), Reason.NAME_MISSING)


def test_a_taken_card_is_refused_unless_two_are_to_have_it(small: SmallLibrary, desk: Desk) -> None:
    form = MemberForm(name="Kembar", card=" A0001 ")
    refused = refusal_of(register_member(desk, form), Reason.MEMBER_CARD_TAKEN)
    assert refused.facts["member"] == small.members["A0001"]
    assert refused.facts["name"] == "Siti Misalnya"
    assert card_of(desk, register_member(desk, form, same_card=True)).card == "A0001"


def test_who_may_not_look_after_members_is_refused(small: SmallLibrary) -> None:
    desk = small.desk("volunteer")
    refused = refusal_of(register_member(desk, MemberForm(name="Wati")), Reason.RIGHT_MISSING)
    assert refused.facts == {"right": "members"}


def test_a_minor_needs_a_guardian_who_agreed(desk: Desk) -> None:
    refused = refusal_of(register_member(desk, CHILD), Reason.GUARDIAN_CONSENT_MISSING)
    assert refused.facts["age"] == 11
    form = replace(CHILD, guardian_name="Ibu Lala", guardian_consent=date(2026, 11, 2))
    card = card_of(desk, register_member(desk, form))
    assert card.minor
    assert not card.consent_missing


def test_a_missing_consent_overridden_is_recorded_with_the_reason(
    small: SmallLibrary, head: Desk
) -> None:
    override = Override("formulir menyusul", frozenset({Reason.GUARDIAN_CONSENT_MISSING}))
    done = register_member(head, CHILD, override=override)
    assert isinstance(done, Done)
    assert done.action is not None
    op = small.library.ops_of_action(done.action)[0]
    assert op.payload["overridden"] == ["guardian_consent_missing"]
    assert op.payload["why"] == "formulir menyusul"
    assert [notice.kind for notice in done.notices] == [NoticeKind.OVERRIDDEN]
    assert card_of(head, done).consent_missing


def test_the_desk_may_not_override(small: SmallLibrary, desk: Desk) -> None:
    override = Override("nanti", frozenset({Reason.GUARDIAN_CONSENT_MISSING}))
    refusal_of(register_member(desk, CHILD, override=override), Reason.RIGHT_MISSING)


# -- editing ----------------------------------------------------------------------------------


def test_an_edit_writes_only_what_changed(small: SmallLibrary, desk: Desk) -> None:
    opened = open_form(desk, small.members["A0001"])
    assert not isinstance(opened, Refused)
    done = edit_member(desk, opened, replace(opened.form, phone="0811-222-3333"))
    assert set(value_of(done).fields) == {"phone", "phone_key"}
    assert isinstance(done, Done)
    assert done.action is not None
    fields = small.library.ops_of_action(done.action)[0].payload["fields"]
    assert fields == {"phone": "0811-222-3333", "phone_key": "8112223333"}


def test_an_edit_of_nothing_writes_nothing(small: SmallLibrary, desk: Desk) -> None:
    opened = open_form(desk, small.members["A0001"])
    assert not isinstance(opened, Refused)
    before = small.library.digest()
    done = edit_member(desk, opened, replace(opened.form, name=" Siti  Misalnya"))
    assert isinstance(done, Done)
    assert done.action is None
    assert small.library.digest() == before


def test_an_edit_made_elsewhere_meanwhile_is_told_and_kept(
    small: SmallLibrary, desk: Desk, head: Desk
) -> None:
    member = small.members["A0001"]
    mine, theirs = open_form(desk, member), open_form(head, member)
    assert not isinstance(mine, Refused)
    assert not isinstance(theirs, Refused)
    value_of(edit_member(head, theirs, replace(theirs.form, address="Jalan Satu")))
    changed = replace(mine.form, address="Jalan Dua", email="siti@example.org")
    done = edit_member(desk, mine, changed)
    assert value_of(done).meanwhile == ("address",)
    assert isinstance(done, Done)
    assert [n.kind for n in done.notices] == [NoticeKind.EDITED_MEANWHILE]
    lost = [change for change in member_changes(desk, member) if change.lost]
    assert [(change.field, change.after, change.staff_name) for change in lost] == [
        ("address", "Jalan Satu", "Kepala Contoh")
    ]
    card = member_card(desk, member)
    assert card is not None
    assert card.form.address == "Jalan Dua"


def test_an_edit_after_seeing_the_other_loses_nothing(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    for address in ("Jalan Satu", "Jalan Dua"):
        opened = open_form(desk, member)
        assert not isinstance(opened, Refused)
        assert value_of(edit_member(desk, opened, replace(opened.form, address=address)))
    assert not [change for change in member_changes(desk, member) if change.lost]


def test_an_edit_may_not_take_anothers_card(small: SmallLibrary, desk: Desk) -> None:
    opened = open_form(desk, small.members["A0001"])
    assert not isinstance(opened, Refused)
    form = replace(opened.form, card="A0002")
    refusal_of(edit_member(desk, opened, form), Reason.MEMBER_CARD_TAKEN)
    assert value_of(edit_member(desk, opened, form, same_card=True)).fields == ("card",)


def test_a_doubled_card_does_not_hinder_other_edits(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0001"], card="A0002")
    opened = open_form(desk, small.members["A0001"])
    assert not isinstance(opened, Refused)
    value_of(edit_member(desk, opened, replace(opened.form, email="a@example.org")))


def test_a_missing_consent_does_not_hinder_an_edit_of_the_phone(
    small: SmallLibrary, desk: Desk
) -> None:
    child = small.members["C0001"]
    small.change("member", child, guardian_consent=None)
    opened = open_form(desk, child)
    assert not isinstance(opened, Refused)
    value_of(edit_member(desk, opened, replace(opened.form, phone="0812 1111 2222")))
    late = replace(opened.form, birth_date=date(2017, 1, 1))
    refusal_of(edit_member(desk, opened, late), Reason.GUARDIAN_CONSENT_MISSING)


def test_an_unknown_member_cannot_be_edited(small: SmallLibrary, desk: Desk) -> None:
    refused = open_form(desk, small.library.new_id())
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.MEMBER_UNKNOWN


# -- period and note --------------------------------------------------------------------------


def test_an_extension_counts_from_the_old_last_day(small: SmallLibrary, desk: Desk) -> None:
    assert value_of(extend_membership(desk, small.members["A0001"])) == date(2028, 1, 5)


def test_an_extension_of_a_lapsed_membership_counts_from_today(
    small: SmallLibrary, desk: Desk
) -> None:
    small.time.passes(days=100)
    last = value_of(extend_membership(desk, small.members["A0001"], days=30))
    assert last == date(2027, 3, 12)


@pytest.mark.parametrize("days", [0, -5])
def test_an_extension_by_no_days_is_refused(small: SmallLibrary, desk: Desk, days: int) -> None:
    answer = extend_membership(desk, small.members["A0001"], days=days)
    assert refusal_of(answer, Reason.AMOUNT_INVALID).facts == {"amount": days}


def test_a_note_replaces_the_one_before_and_keeps_it_in_the_history(
    small: SmallLibrary, desk: Desk
) -> None:
    member = small.members["A0001"]
    write_note(desk, member, "kartu dititipkan")
    done = write_note(desk, member, "")
    assert value_of(done) == ""
    notes = [c for c in member_changes(desk, member) if c.field == "note"]
    assert [(c.before, c.after) for c in notes] == [
        ("kartu dititipkan", ""),
        ("", "kartu dititipkan"),
    ]
    assert isinstance(undo(desk), Done)
    card = member_card(desk, member)
    assert card is not None
    assert card.form.note == "kartu dititipkan"
