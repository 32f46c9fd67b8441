"""What the scan of a copy comes to, and what the figures say."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from perpusdesk.domain.items import Condition
from perpusdesk.domain.shelf_order import ShelfRange
from perpusdesk.domain.stock_take import Figures, Outcome, Scope, Seen, judge, main_class

HERE, THERE, BOOKS, MAPS = (UUID(int=number) for number in range(1, 5))
SCOPE = Scope(HERE, ShelfRange("800", "899"), frozenset({BOOKS}), frozenset({"Rak A"}))
RIGHT = Seen(HERE, BOOKS, "Rak A", "899.221 AND p")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, Outcome.FOUND),
        ({"condition": Condition.DAMAGED}, Outcome.FOUND),
        ({"call_number": "635 BRA k"}, Outcome.MISPLACED),
        ({"call_number": ""}, Outcome.MISPLACED),
        ({"kind": MAPS}, Outcome.MISPLACED),
        ({"kind": None}, Outcome.MISPLACED),
        ({"location": "Rak B"}, Outcome.MISPLACED),
        ({"branch": THERE}, Outcome.WRONG_BRANCH),
        ({"branch": None}, Outcome.WRONG_BRANCH),
        ({"on_its_way": True, "branch": THERE}, Outcome.ON_ITS_WAY),
        ({"on_loan": True, "on_its_way": True}, Outcome.ON_LOAN),
        ({"condition": Condition.MISSING, "on_loan": True}, Outcome.LOST),
        ({"condition": Condition.LOST, "location": "Rak B"}, Outcome.LOST),
        ({"condition": Condition.WITHDRAWN, "on_loan": True}, Outcome.WITHDRAWN),
        ({"known": False, "condition": Condition.WITHDRAWN}, Outcome.UNKNOWN),
    ],
)
def test_the_weightiest_thing_is_told(change, outcome):
    assert judge(replace(RIGHT, **change), SCOPE) is outcome


def test_a_scope_without_bounds_takes_the_whole_branch():
    whole = Scope(HERE)
    assert whole.whole_branch and not SCOPE.whole_branch
    assert judge(Seen(HERE), whole) is Outcome.FOUND


def test_figures_add_up():
    figures = Figures(found=199, misplaced=2, on_loan=1, unknown=3, missing=1, away=7)
    assert (figures.expected, figures.scanned, figures.strange) == (200, 205, 6)
    assert figures.percent == 99
    assert Figures().percent == 100 and Figures(missing=5).percent == 0
    assert all(figures.of(outcome) == getattr(figures, outcome.value) for outcome in Outcome)


@pytest.mark.parametrize(
    ("number", "hundred"),
    [("899.221", "800"), ("005", "000"), ("2x1.3", "2X0"), ("", ""), ("R 899", ""), ("F", "")],
)
def test_main_classes(number, hundred):
    assert main_class(number) == hundred
