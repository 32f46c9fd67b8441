"""What staff may do: laws of rights, of who keeps the house, and of PINs."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.pins import LONGEST_WAIT_S, Weak, wait_after, weakness
from perpusdesk.domain.rights import (
    ALL_RIGHTS,
    ROLE_RIGHTS,
    STAFF,
    Account,
    beyond,
    changes_for,
    has_keeper,
    rights_of,
)

HERE, THERE = UUID(int=1), UUID(int=2)
ROLES = st.sampled_from(sorted(ROLE_RIGHTS))
RIGHTS = st.frozensets(st.sampled_from(sorted(ALL_RIGHTS)))
BRANCHES = st.frozensets(st.sampled_from([HERE, THERE]))
ACCOUNTS = st.builds(
    lambda id_, role, rights, branches, active, pin: Account(
        UUID(int=id_), role, changes_for(role, rights), branches, active, pin
    ),
    st.integers(1, 99),
    ROLES,
    RIGHTS,
    BRANCHES,
    st.booleans(),
    st.booleans(),
)


@given(ROLES, RIGHTS)
def test_changes_lead_to_exactly_the_rights_that_were_ticked(
    role: str, wanted: frozenset[str]
) -> None:
    assert rights_of(role, changes_for(role, wanted)) == wanted


@given(ROLES)
def test_a_person_as_the_role_has_no_changes(role: str) -> None:
    assert changes_for(role, ROLE_RIGHTS[role]) == frozenset()


@given(ROLES, st.sampled_from(sorted(ALL_RIGHTS)))
def test_what_is_given_and_withdrawn_is_withdrawn(role: str, right: str) -> None:
    assert right not in rights_of(role, {right, f"-{right}"})


@given(ACCOUNTS)
def test_a_right_holds_at_the_branches_of_a_person_alone(one: Account) -> None:
    for right in ALL_RIGHTS:
        for branch in (HERE, THERE):
            expected = right in one.rights and (not one.branches or branch in one.branches)
            assert one.may(right, branch) == expected
    assert one.active or not one.rights


@given(ACCOUNTS, ACCOUNTS)
def test_who_is_not_beyond_another_can_do_nothing_more_anywhere(own: Account, it: Account) -> None:
    more = any(it.may(r, b) and not own.may(r, b) for r in ALL_RIGHTS for b in (HERE, THERE))
    if more:
        assert beyond(own, it)
    assert not beyond(own, own)


def test_an_unknown_role_has_no_rights_and_the_administrator_has_all() -> None:
    assert rights_of("director", ()) == frozenset()
    assert rights_of("administrator", ()) == ALL_RIGHTS


def test_a_house_is_kept_by_who_can_come_in_and_manage_staff_everywhere() -> None:
    head = Account(HERE, "head")
    assert has_keeper([head])
    with_pin = Account(THERE, "desk", signs_in=True)
    assert not has_keeper([head, with_pin]), "people sign in now, and the head cannot"
    assert has_keeper([Account(HERE, "head", signs_in=True), with_pin])
    assert not has_keeper([Account(HERE, "head", branches=frozenset({HERE}))])
    assert not has_keeper([Account(HERE, "head", frozenset({f"-{STAFF}"}))])
    assert not has_keeper([Account(HERE, "head", active=False)])


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("12345", Weak.SHORT_PIN),
        ("123456", Weak.EASY),
        ("987654", Weak.EASY),
        ("890123", Weak.EASY),
        ("000000", Weak.EASY),
        ("121212", Weak.EASY),
        ("481481", Weak.EASY),
        ("abc1", Weak.SHORT_WORD),
        ("Perpustakaan", Weak.EASY),
        ("Siti Contoh", Weak.OWN),
        ("siticontoh", Weak.OWN),
        ("P-000417", Weak.OWN),
        ("x" * 129, Weak.LONG),
        ("482913", None),
        ("lemari kayu jati", None),
    ],
)
def test_what_is_easy_to_guess_is_not_taken(secret: str, why: Weak | None) -> None:
    assert weakness(secret, ["Siti Contoh", "P-000417"]) is why


@given(st.integers(0, 10_000))
def test_the_wait_grows_and_never_is_for_ever(wrong: int) -> None:
    assert 0 <= wait_after(wrong) <= wait_after(wrong + 1) <= LONGEST_WAIT_S


def test_three_tries_are_free_and_a_day_has_few() -> None:
    assert [wait_after(n) for n in range(6)] == [0, 0, 0, 10, 20, 40]
    assert 86_400 / LONGEST_WAIT_S < 300
