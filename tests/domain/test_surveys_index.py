"""The satisfaction index to the last digit: the worked examples, and what always holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.surveys.form import Form, Part, Question, QuestionKind, SurveyKind, options
from perpusdesk.domain.surveys.reading_habit import band, reading_index
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.domain.surveys.sampling import sample_size
from perpusdesk.domain.surveys.satisfaction import Weight, grade_of, satisfaction
from perpusdesk.exchange.survey_templates import reading_rules, skm_rules, templates

DAY = date(2026, 11, 22)
GRADES = skm_rules(DAY).grades
SKM = next(one.form for one in templates(DAY) if one.key == "skm")
IDS = [one.id for one in SKM.unsur]
PEOPLE, MARKS = 247, 8134
"""A survey of which the three weights give 91.475, 91.384 and 90.561."""
JUST_BELOW_B = (19, 524)
"""People and marks that come to 76.608 exactly."""


def data_set(people: int, total: int) -> list[dict[str, int]]:
    """Answers of so many people whose marks in nine unsur sum to a total."""
    marks = [3] * (people * 9)
    step = 1 if total > 27 * people else -1
    for place in range(abs(total - 27 * people)):
        marks[place] += step
    return [dict(zip(IDS, marks[start::people], strict=True)) for start in range(people)]


@pytest.mark.parametrize(
    ("weight", "ikm", "three"),
    [
        (Weight.EXACT, "91.48", "91.475"),
        (Weight.THREE_PLACES, "91.38", "91.384"),
        (Weight.TWO_PLACES, "90.56", "90.561"),
    ],
)
def test_the_three_weights_differ_as_the_source_found(weight: Weight, ikm: str, three: str) -> None:
    result = satisfaction(SKM, data_set(PEOPLE, MARKS), GRADES, weight)
    assert result.exact is not None
    assert rounded(result.exact, 3) == Decimal(three)
    assert result.ikm == Decimal(ikm)
    assert result.weight is weight


def test_all_fours_are_a_hundred_only_with_the_exact_weight() -> None:
    best = [dict.fromkeys(IDS, 4)] * 3
    index = {one: satisfaction(SKM, best, GRADES, one).ikm for one in Weight}
    assert index == {
        Weight.EXACT: Decimal("100.00"),
        Weight.THREE_PLACES: Decimal("99.90"),
        Weight.TWO_PLACES: Decimal("99.00"),
    }


@pytest.mark.parametrize(
    ("ikm", "letter"),
    [
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100.00", "A"),
        ("24.75", "D"),
    ],
)
def test_the_class_begins_where_the_regulation_says(ikm: str, letter: str) -> None:
    grade = grade_of(Decimal(ikm), GRADES)
    assert grade is not None
    assert grade.letter == letter


@given(st.integers(2500, 10_000))
def test_no_rounded_index_falls_between_two_classes(hundredths: int) -> None:
    grade = grade_of(Decimal(hundredths) / 100, GRADES)
    later = grade_of(Decimal(min(hundredths + 1, 10_000)) / 100, GRADES)
    assert grade is not None
    assert later is not None
    assert "DCBA".index(later.letter) - "DCBA".index(grade.letter) in (0, 1)


def test_the_class_follows_from_the_rounded_index() -> None:
    """Exactly it is below 76.61, where B begins; rounded it is not."""
    answers = data_set(*JUST_BELOW_B)
    result = satisfaction(SKM, answers, GRADES)
    assert result.exact is not None
    assert result.exact < Fraction("76.61")
    assert result.grade is not None
    assert (result.ikm, result.grade.letter) == (Decimal("76.61"), "B")


marks = st.fixed_dictionaries({}, optional={one: st.integers(1, 4) for one in IDS})


@settings(max_examples=60)
@given(st.lists(marks, max_size=12), st.randoms(use_true_random=False), st.sampled_from(Weight))
def test_the_order_of_answers_never_matters(answers, chance, weight) -> None:
    mixed = list(answers)
    chance.shuffle(mixed)
    assert satisfaction(SKM, mixed, GRADES, weight) == satisfaction(SKM, answers, GRADES, weight)


@settings(max_examples=60)
@given(st.lists(marks, min_size=1, max_size=12))
def test_an_unsur_counts_only_who_filled_it(answers) -> None:
    result = satisfaction(SKM, answers, GRADES)
    for one in result.unsur:
        given_marks = [each[one.id] for each in answers if one.id in each]
        assert one.filled == len(given_marks)
        assert one.nrr == (Fraction(sum(given_marks), len(given_marks)) if given_marks else None)
    filled = [one.nrr for one in result.unsur if one.nrr is not None]
    assert result.exact == (sum(filled) * 25 / len(filled) if filled else None)
    assert result.respondents == len(answers)


@settings(max_examples=40)
@given(st.lists(marks, max_size=8), st.permutations(IDS))
def test_the_place_of_an_unsur_in_the_form_never_matters(answers, order) -> None:
    turned = Form(
        SurveyKind.SKM,
        SKM.title,
        questions=tuple(one for id_ in order if (one := SKM.question(id_)) is not None),
    )
    first, second = satisfaction(SKM, answers, GRADES), satisfaction(turned, answers, GRADES)
    assert (first.exact, first.grade) == (second.exact, second.grade)
    by_name = {one.id: one.nrr for one in second.unsur}
    assert {one.id: one.nrr for one in first.unsur} == by_name


def test_the_two_orders_of_the_regulation_have_the_same_names() -> None:
    first, second = (one.form for one in templates(DAY) if one.key in ("skm", "skm_text"))
    assert [one.number for one in first.unsur] == [f"U{place}" for place in range(1, 10)]
    assert [one.id for one in first.unsur][-2:] == ["sarana", "pengaduan"]
    assert [one.id for one in second.unsur][-2:] == ["pengaduan", "sarana"]


def test_the_three_lowest_come_lowest_first_and_equal_ones_in_the_order_of_the_form() -> None:
    people = dict.fromkeys(IDS, 4) | {"pengaduan": 2, "waktu": 3, "biaya": 3, "sarana": 3}
    result = satisfaction(SKM, [people], GRADES)
    assert [one.id for one in result.lowest] == ["pengaduan", "waktu", "biaya"]


def test_an_old_weight_is_not_used_where_it_makes_no_sense() -> None:
    five = Form(SurveyKind.SKM, "x", questions=SKM.unsur[:5])
    best = [dict.fromkeys(IDS[:5], 4)]
    result = satisfaction(five, best, GRADES, Weight.TWO_PLACES)
    assert (result.ikm, result.weight) == (Decimal("100.00"), Weight.EXACT)


def test_without_answers_there_is_no_index() -> None:
    result = satisfaction(SKM, [], GRADES)
    assert (result.ikm, result.grade, result.lowest) == (None, None, ())


def test_a_scale_of_five_points_reaches_a_hundred_too() -> None:
    five = Question("a", QuestionKind.SCALE, "?", part=Part.UNSUR, options=options("vwxyz"))
    form = Form(SurveyKind.SKM, "x", questions=(five,))
    assert satisfaction(form, [{"a": 5}], GRADES).ikm == Decimal("100.00")


@pytest.mark.parametrize(
    ("population", "wanted"),
    [
        *((0, 0), (1, 1), (10, 10), (15, 14), (20, 19), (30, 28), (50, 44), (70, 59), (100, 80)),
        *((150, 108), (200, 132), (300, 169), (400, 196), (500, 217), (700, 248), (1000, 278)),
        *((1500, 306), (2000, 322), (3000, 341), (5000, 357), (10_000, 370), (50_000, 381)),
        *((75_000, 382), (1_000_000, 384)),
    ],
)
def test_krejcie_and_morgan(population: int, wanted: int) -> None:
    assert sample_size(population) == wanted


@given(st.integers(0, 10_000_000))
def test_a_larger_population_never_needs_fewer(population: int) -> None:
    assert 0 <= sample_size(population) <= min(population, 384)
    assert sample_size(population) <= sample_size(population + 1)


@given(st.fractions(-100, 100), st.integers(0, 4))
def test_rounding_is_half_up_and_at_most_half_away(value: Fraction, places: int) -> None:
    shown = rounded(value, places)
    assert abs(Fraction(shown) - value) <= Fraction(1, 2 * 10**places)
    assert rounded(-value, places) == -shown
    assert -shown.as_tuple().exponent == places


def test_halves_go_up() -> None:
    assert [str(rounded(Fraction(one), 2)) for one in ("0.005", "2.675", "76.605", "88.305")] == [
        "0.01",
        "2.68",
        "76.61",
        "88.31",
    ]


def test_the_reading_habit_index_ended_with_2024() -> None:
    rules = reading_rules(date(2024, 6, 1))
    assert rules is not None
    assert sum(rules.weights.values()) == 1
    scaled = {
        name: Fraction(value)
        for name, value in zip(rules.weights, (50, 60, 40, 80, 20), strict=True)
    }
    assert reading_index(scaled, rules) == Decimal("50.00")
    assert reading_rules(DAY) is None
    assert {name: band(Decimal(60), limits) for name, limits in rules.bands.items()} == {
        "lima": 4,
        "empat": 3,
    }
    with pytest.raises(ValueError, match="FM"):
        reading_index(scaled | {"FM": Fraction(101)}, rules)
