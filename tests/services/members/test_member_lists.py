"""Rows, counts and doubles for the members' screen; codes; drafts kept on the device."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.library import SmallLibrary, value_of
from perpusdesk.services.circulation.claims import claim_returned
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.circulation.read_code import Code, read_code
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.find_members import list_members
from perpusdesk.services.members.form_drafts import keep_draft, kept_draft
from perpusdesk.services.members.form_facts import form_facts, next_card
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_lists import Standing, facets, member_rows, same_person


def test_every_count_is_the_length_of_the_list_it_leads_to(small: SmallLibrary) -> None:
    desk = small.desk("head")
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    value_of(block_member(desk, small.members["A0002"], "Kartu dipinjamkan"))
    value_of(charge(desk, small.members["A0003"], 500, "Kartu"))
    small.change("member", small.members["A0004"], expires=date(2026, 10, 1))
    small.time.passes(days=10)
    for text in ("", "umpama", "A000", "qqq"):
        counted = facets(desk, text)
        assert counted.total == len(list_members(desk, text))
        for standing, count in counted.standings:
            assert count == len(list_members(desk, text, standing=standing)), (text, standing)
        for category, _name, count in counted.categories:
            assert count == len(list_members(desk, text, category=category))
    assert dict(facets(desk).standings)[Standing.OVERDUE] == 1


def test_rows_come_in_the_order_asked_for_with_what_is_overdue(small: SmallLibrary) -> None:
    desk = small.desk("head")
    siti, budi = small.members["A0001"], small.members["A0002"]
    loan = value_of(lend(desk, siti, small.copies["B0001"])).line.loan
    value_of(lend(desk, siti, small.copies["B0003"]))
    small.time.passes(days=10)
    rows = member_rows(desk, [budi, siti])
    assert [(row.line.name, row.category, row.overdue) for row in rows] == [
        ("Budi Misalnya", "Umum", 0),
        ("Siti Misalnya", "Umum", 2),
    ]
    value_of(claim_returned(desk, loan))
    assert member_rows(desk, [siti])[0].overdue == 1


@pytest.mark.parametrize(
    ("name", "born", "found"),
    [
        ("siti misalnya", None, True),
        (" Siti Misalnya ", date(1990, 5, 1), True),
        ("Siti Misalnya", date(1991, 5, 1), False),
        ("Siti", None, False),
        ('"', None, False),
    ],
)
def test_who_may_be_the_same_person(
    small: SmallLibrary, name: str, born: date | None, found: bool
) -> None:
    same = same_person(small.desk(), name, born)
    assert [line.card for line in same] == (["A0001"] if found else [])


def test_a_member_is_no_double_of_oneself(small: SmallLibrary) -> None:
    assert same_person(small.desk(), "Siti Misalnya", None, small.members["A0001"]) == []


def test_a_code_names_a_card_or_a_copy_whatever_its_case(small: SmallLibrary) -> None:
    desk = small.desk()
    assert read_code(desk, " a0001 ") == Code("a0001", member=small.members["A0001"])
    assert read_code(desk, "b0002") == Code("b0002", copy=small.copies["B0002"])
    assert read_code(desk, "00002/PD/H/2026").copy == small.copies["B0002"]
    assert read_code(desk, "A9999") == Code("A9999")


def test_a_number_that_two_members_share_is_nobody_s(small: SmallLibrary) -> None:
    small.change("member", small.members["A0002"], card="A0001")
    assert read_code(small.desk(), "A0001") == Code("A0001")


def test_a_draft_comes_back_as_it_was_kept(small: SmallLibrary) -> None:
    desk = small.desk()
    form = MemberForm(
        name="Nina", category=small.categories["adult"], birth_date=date(2015, 1, 1), note="·"
    )
    before = small.library.digest()
    keep_draft(desk, form)
    assert kept_draft(desk) == form
    assert small.library.digest() == before
    keep_draft(desk, None)
    assert kept_draft(desk) is None


def test_a_draft_that_cannot_be_read_is_none(small: SmallLibrary) -> None:
    small.library.put_local("draft/member", '{"birth_date": "kemarin"}')
    assert kept_draft(small.desk()) is None


def test_the_form_knows_who_needs_a_guardian_and_who_may_what(small: SmallLibrary) -> None:
    facts = form_facts(small.desk("volunteer"))
    assert facts.asks_guardian(date(2010, 1, 1)) and not facts.asks_guardian(date(2000, 1, 1))
    assert not facts.asks_guardian(None)
    assert (facts.may_edit, facts.may_override) == (False, False)
    assert form_facts(small.desk("head")).may_override
    assert next_card(small.desk(), None, "") == "A00001"
