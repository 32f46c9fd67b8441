"""Building a form step by step, and typing a paper form key by key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.surveys import editing
from perpusdesk.domain.surveys.answers import faults_of
from perpusdesk.domain.surveys.form import (
    Form,
    Option,
    Part,
    Question,
    QuestionKind,
    SurveyKind,
    options,
)
from perpusdesk.domain.surveys.keypad import Typing, keyed
from perpusdesk.exchange.survey_templates import templates

SKM = next(one.form for one in templates(date(2026, 11, 22)) if one.key == "skm")
EMPTY = Form(SurveyKind.FREE, "Coba")

steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(QuestionKind), st.integers(-1, 9)),
        st.tuples(st.just("move"), st.integers(0, 9), st.integers(-3, 3)),
        st.tuples(st.just("remove"), st.integers(0, 9), st.just(0)),
    ),
    max_size=15,
)


def taken(form: Form, step: tuple[str, object, int]) -> Form:
    what, first, second = step
    last = len(form.questions) - 1
    if what == "add":
        return editing.added(form, first, min(second, last), ("a", "b"))
    if last < 0:
        return form
    place = min(first, last)
    return editing.removed(form, place) if what == "remove" else editing.moved(form, place, second)


@settings(max_examples=60)
@given(steps)
def test_no_two_questions_ever_have_the_same_id(told) -> None:
    form = EMPTY
    for step in told:
        before = form
        form = taken(form, step)
        ids = [one.id for one in form.questions]
        assert len(set(ids)) == len(ids)
        if step[0] == "move":
            assert sorted(ids) == sorted(one.id for one in before.questions)


def test_a_question_moves_as_far_as_there_is_room() -> None:
    form = replace(SKM, questions=SKM.unsur)
    ids = [one.id for one in form.questions]
    assert [one.id for one in editing.moved(form, 0, -1).questions] == ids
    assert [one.id for one in editing.moved(form, 0, 99).questions] == [*ids[1:], ids[0]]


def test_a_new_scale_of_a_satisfaction_form_is_an_unsur() -> None:
    form = editing.added(SKM, QuestionKind.SCALE, len(SKM.questions) - 1, "abcd")
    assert form.questions[-1].part is Part.UNSUR
    assert len(form.unsur) == 10
    assert editing.numbered(form).questions[-1].number == "U10"


words = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)


@given(words, words)
def test_a_word_that_stays_keeps_its_id_and_no_id_comes_twice(before, after) -> None:
    question = Question("q", QuestionKind.SINGLE, "?", options=options(before))
    made = editing.with_texts(question, after)
    assert [one.text for one in made] == after
    assert len({one.id for one in made}) == len(made)
    known = {one.text: one.id for one in question.options}
    assert all(one.id == known[one.text] for one in made if one.text in known)


def test_a_corrected_word_keeps_its_id_too() -> None:
    question = Question("q", QuestionKind.SINGLE, "?", options=options(("Pagi", "Sing")))
    made = editing.with_texts(question, ("Pagi", "Siang"))
    assert made == (Option("1", "Pagi"), Option("2", "Siang"))


def test_of_a_satisfaction_form_exactly_the_nine_unsur_are_typed() -> None:
    assert keyed(SKM) == SKM.unsur
    assert [one.id for one in keyed(SKM, {"kelamin"})] == [
        "kelamin",
        *(one.id for one in SKM.unsur),
    ]


def typed(keys: str, typing: Typing) -> Typing:
    for key in keys:
        after = typing.key(key)
        assert after is not None, key
        typing = after
    return typing


@settings(max_examples=60)
@given(st.lists(st.sampled_from("1234-.0"), min_size=9, max_size=9))
def test_nine_keys_make_a_form(keys) -> None:
    typing = typed("".join(keys), Typing(keyed(SKM)))
    assert typing.complete
    assert typing.key("1") is None
    pairs = zip(SKM.unsur, keys, strict=True)
    assert typing.answers() == {one.id: int(key) for one, key in pairs if key in "1234"}
    assert faults_of(SKM, typing.answers()) == {}
    assert typing.back().typed == typing.typed[:-1]
    assert typing.empty == (not typing.answers())


@pytest.mark.parametrize("key", ["5", "9", "a", "", "12", " ", "٣", "²"])
def test_other_keys_answer_nothing(key: str) -> None:
    assert Typing(keyed(SKM)).key(key) is None


def test_the_tenth_point_of_a_scale_is_typed_with_zero() -> None:
    ten = Question("a", QuestionKind.SCALE, "?", options=options("abcdefghij"))
    one = Question("b", QuestionKind.SINGLE, "?", options=(Option("x", "ya"), Option("y", "no")))
    typing = typed("02", Typing((ten, one)))
    assert typing.answers() == {"a": 10, "b": "y"}
    assert typed("-0", Typing((ten, one))).empty


def test_going_back_from_the_beginning_stays_there() -> None:
    assert Typing(keyed(SKM)).back() == Typing(keyed(SKM))
