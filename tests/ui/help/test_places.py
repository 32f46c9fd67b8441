"""The table: every step, failure and refusal has a page, and every page that is named exists."""

from __future__ import annotations

import pytest

from perpusdesk.common.errors import Fault
from perpusdesk.domain.decisions import Reason
from perpusdesk.ui.help.manual import HOME, Manual
from perpusdesk.ui.help.places import AROUND, FAULTS, REASONS, SCREENS, page_of, page_of_reason
from perpusdesk.ui.wizard.steps import Step

NAMED = sorted({*SCREENS.values(), *AROUND.values(), *FAULTS.values(), *REASONS.values()})


@pytest.fixture(scope="module")
def manual() -> Manual:
    return Manual()


@pytest.mark.parametrize("named", NAMED)
def test_a_page_and_a_heading_that_are_named_exist(manual: Manual, named: str) -> None:
    page, mark, anchor = named.partition("#")
    assert page in manual.pages
    assert not mark or manual.place_of(page, anchor) > 0


def test_every_failure_has_its_page() -> None:
    assert set(FAULTS) == set(Fault)
    assert page_of("fault/printer") == FAULTS[Fault.PRINTER]


def test_every_refusal_has_its_page_and_nothing_stands_for_none() -> None:
    codes = [reason.value for reason in Reason]
    assert [code for code in codes if not code.startswith(tuple(REASONS))] == []
    assert [start for start in REASONS if not any(code.startswith(start) for code in codes)] == []


def test_the_longest_beginning_of_a_refusal_counts() -> None:
    assert page_of_reason(Reason.COPY_LOST) == REASONS["copy_"]
    assert page_of("refusal/copy_in_transit") == REASONS["copy_in_transit"]


@pytest.mark.parametrize("step", Step)
def test_every_step_of_the_wizard_has_a_page(step: Step) -> None:
    assert page_of(f"wizard/{step}") != HOME


def test_a_part_without_a_page_has_that_of_what_it_is_a_part_of() -> None:
    assert page_of("visits/surveys/asking") == SCREENS["visits/surveys"]
    assert page_of("titles/anything") == SCREENS["titles"]


def test_a_screen_of_tabs_has_the_page_of_its_first_until_one_is_in_front() -> None:
    assert page_of("stock") == SCREENS["stock/count"]


@pytest.mark.parametrize("place", ["", "nowhere"])
def test_what_is_not_in_the_table_has_the_contents(place: str) -> None:
    assert page_of(place) == HOME
