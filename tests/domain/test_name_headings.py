"""Headings of names by the Indonesian rules: the guidance's examples, and laws for any name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.name_headings import (
    NameRule,
    entry_words,
    heading_of,
    is_body,
    propose_headings,
)


@pytest.mark.parametrize(
    ("name", "heading", "rule"),
    [
        ("Urip Sutono", "Sutono, Urip", NameRule.LAST),
        ("Tahi Bonar Simatupang", "Simatupang, Tahi Bonar", NameRule.LAST),
        ("Hamka", "Hamka", NameRule.SINGLE),
        ("Djakaria N.E.", "Djakaria N.E.", NameRule.INITIAL_BEHIND),
        ("K.A. Mohammad Arief", "Arief, K.A. Mohammad", NameRule.LAST),
        ("W.S. Rendra", "Rendra, W.S.", NameRule.LAST),
        ("Patricia Lim Pui Huen", "Lim, Patricia Pui Huen", NameRule.CHINESE),
        ("Kwik Kian Gie", "Kwik, Kian Gie", NameRule.CHINESE),
        ("Raden Mas Suryaningrat", "Suryaningrat, Raden Mas", NameRule.LAST),
        ("Muhammad Teungku di Meulek", "Teungku di Meulek, Muhammad", NameRule.JOINED),
        ("Ali bin Abu", "Ali bin Abu", NameRule.JOINED),
        ("Sultan Hamengku Buwono IX", "Hamengku Buwono IX, Sultan", NameRule.NUMBERED),
        ("Pieter van Berg", "Berg, Pieter van", NameRule.PARTICLE),
        ("Prof. Dr. Emil Salim", "Salim, Emil", NameRule.LAST),
        ("Andrea Hirata, S.E., M.Sc.", "Hirata, Andrea", NameRule.LAST),
        ("Hirata, Andrea", "Hirata, Andrea", NameRule.GIVEN),
        ("Indonesia. Departemen Agama", "Indonesia. Departemen Agama", NameRule.BODY),
        ("Perpustakaan Nasional", "Perpustakaan Nasional", NameRule.BODY),
    ],
)
def test_the_first_proposal(name: str, heading: str, rule: NameRule) -> None:
    first = propose_headings(name)[0]
    assert (first.heading, first.rule) == (heading, rule)
    assert heading_of(name) == heading


def test_other_readings_are_offered_and_lead_to_each_other() -> None:
    found = propose_headings("Abdul Muis")
    assert [one.heading for one in found] == ["Muis, Abdul", "Abdul Muis"]
    assert found[0].variants == ("Abdul Muis",)
    assert propose_headings("Hirata, Andrea")[0].variants == ("Andrea Hirata",)


def test_nobody_has_no_heading() -> None:
    assert propose_headings("  ") == ()
    assert heading_of("") == ""


def test_an_organisation_is_told_by_its_first_word() -> None:
    assert is_body("Dinas Pendidikan Kota")
    assert not is_body("Dina Sari")


NAMES = st.lists(
    st.text("ABCdefghijklm.'-IVX", min_size=1, max_size=9), min_size=1, max_size=6
).map(" ".join)


@given(NAMES)
def test_a_heading_has_the_elements_of_the_name(name: str) -> None:
    for one in propose_headings(name):
        if one.rule is not NameRule.BODY:
            said = one.heading.replace(",", "").split()
            assert set(said) <= set(name.replace(",", "").split())
            assert one.heading not in one.variants


@given(NAMES)
def test_a_heading_stays_itself_or_loses_what_reads_as_a_degree(name: str) -> None:
    heading = heading_of(name)
    entry, comma, behind = heading.partition(", ")
    if comma:
        again = heading_of(heading)
        degrees = heading_of(f"Contoh Satu, {behind}") == "Satu, Contoh"
        assert again == (heading_of(entry) if degrees else heading)


def test_an_initial_behind_the_entry_is_no_degree() -> None:
    assert heading_of("Budi, H.") == "Budi, H."
    assert heading_of("Budi Santoso, S.H.") == "Santoso, Budi"


@given(st.text(max_size=30))
def test_any_text_is_answered(name: str) -> None:
    assert all(one.heading for one in propose_headings(name))
    assert isinstance(entry_words(name), list)
