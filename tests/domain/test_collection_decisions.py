"""What to buy, how a budget is shared out, and how old the stock is: laws and small cases."""

from __future__ import annotations

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.collection.age import stock_age
from perpusdesk.domain.collection.buying import (
    BuyingRule,
    Need,
    Span,
    TitleUse,
    purchase,
    purchases,
    share_without,
)
from perpusdesk.domain.collection.shares import ClassUse, class_shares, parted

_SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.none() | st.integers(0, 30)).map(
        lambda span: (span[0], None if span[1] is None else max(span))
    ),
    max_size=6,
)


@given(_SPANS, st.integers(1, 3), st.integers(0, 10), st.integers(11, 25))
def test_the_share_without_a_copy_is_what_counting_each_moment_gives(
    spans: list[Span], copies: int, first: int, last: int
) -> None:
    without = 0
    for at in range(first, last):
        out = sum(begin <= at < (last if end is None else end) for begin, end in spans)
        without += out >= copies
    assert share_without(spans, copies, first, last) == Fraction(without, last - first)


def _title(
    copies: int = 1, holds: int = 0, lost: int = 0, spans: tuple[Span, ...] = ()
) -> TitleUse:
    return TitleUse(UUID(int=1), copies, holds, lost, spans)


def test_holds_beyond_what_the_copies_serve_are_copies_to_buy() -> None:
    rule = BuyingRule(holds_per_copy=4)
    assert purchase(_title(copies=1, holds=4), rule, 0, 100) is None
    found = purchase(_title(copies=1, holds=9), rule, 0, 100)
    assert found is not None
    assert (found.buy, found.reasons[0].need, found.reasons[0].holds) == (2, Need.HOLDS, 9)


def test_a_title_that_is_always_out_needs_one_more() -> None:
    rule = BuyingRule(out_share=50)
    assert purchase(_title(spans=((0, 20), (30, 59))), rule, 0, 100) is None
    found = purchase(_title(spans=((0, 20), (30, 60))), rule, 0, 100)
    assert found is not None
    assert (found.buy, found.reasons[0].need, found.reasons[0].share) == (1, Need.ALWAYS_OUT, 50)
    assert purchase(_title(copies=2, spans=((0, 50), (50, 100))), rule, 0, 100) is None
    assert purchase(_title(spans=((0, None),)), rule, 0, 100) is None  # it never came back


def test_a_wanted_title_whose_last_copy_is_lost_is_bought_again() -> None:
    rule = BuyingRule(loans_wanted=2)
    twice: tuple[Span, ...] = ((0, 1), (2, 3))
    assert purchase(_title(copies=0, lost=1, spans=twice[:1]), rule, 0, 100) is None
    assert purchase(_title(copies=0, lost=0, spans=twice), rule, 0, 100) is None
    found = purchase(_title(copies=0, lost=1, spans=twice), rule, 0, 100)
    assert found is not None and found.reasons[0].need is Need.NONE_LEFT


def test_the_most_wanted_title_comes_first() -> None:
    titles = [TitleUse(UUID(int=n), 1, holds, 0, ()) for n, holds in ((1, 5), (2, 13), (3, 9))]
    assert [one.title.int for one in purchases(titles, BuyingRule(), 0, 100)] == [2, 3, 1]


@given(st.integers(0, 10**12), st.lists(st.fractions(0, 100), min_size=1, max_size=11))
def test_the_parts_of_a_budget_are_the_budget(amount: int, weights: list[Fraction]) -> None:
    parts = parted(amount, weights)
    whole = sum(weights)
    assert sum(parts) == (amount if whole else 0)
    assert all(part >= 0 for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert not whole or abs(part - amount * weight / whole) < 1


def test_a_class_gets_its_mean_share_of_loans_and_of_what_is_to_buy() -> None:
    uses = {"3": ClassUse("3", 60, 30, 1), "8": ClassUse("8", 40, 70, 3)}
    three, eight = class_shares(uses, 1_000_000)
    assert (three.of_stock, three.of_loans, three.of_buying) == (
        Fraction(3, 5),
        Fraction(3, 10),
        Fraction(1, 4),
    )
    assert three.relative_use == Fraction(1, 2)
    assert eight.turnover == Fraction(7, 4)
    assert (three.proposed, eight.proposed) == (275_000, 725_000)


def test_without_loans_a_budget_follows_the_stock() -> None:
    uses = {"3": ClassUse("3", 30, 0), "8": ClassUse("8", 10, 0)}
    assert [one.proposed for one in class_shares(uses, 100)] == [75, 25]


@given(st.dictionaries(st.none() | st.integers(1900, 2027), st.integers(1, 50), max_size=8))
def test_every_copy_is_in_one_band_or_has_no_year(by_year: dict[int | None, int]) -> None:
    age = stock_age(by_year, 2026)
    assert sum(age.by_band.values()) + age.unknown == age.copies == sum(by_year.values())
    assert age.recent == age.by_band["0-5"]
    assert (age.median is None) == (age.copies == age.unknown)


def test_the_middle_year_is_that_of_the_copy_in_the_middle() -> None:
    age = stock_age({2000: 1, 2010: 1, 2020: 3, None: 9}, 2026)
    assert age.median == 2020
    assert dict(age.by_band) == {"0-5": 0, "6-10": 3, "11-20": 1, "21+": 1}
