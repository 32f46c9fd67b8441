"""Forms: their text and back, what keeps one from being published, and what can be answered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.surveys.answers import (
    AnswerFault,
    answers_of,
    answers_text,
    cleaned,
    faults_of,
    in_words,
)
from perpusdesk.domain.surveys.checks import FormFault, form_findings
from perpusdesk.domain.surveys.form import (
    Form,
    Option,
    Part,
    Question,
    QuestionKind,
    SurveyKind,
    options,
)
from perpusdesk.domain.surveys.shape import UnreadableFormError, form_of, form_text
from perpusdesk.domain.surveys.tallies import tally
from perpusdesk.domain.surveys.workshop import learning_gain, overall_mean, part_means
from perpusdesk.exchange.survey_templates import templates

TEMPLATES = {one.key: one.form for one in templates(date(2026, 11, 22))}
MIXED = Form(
    SurveyKind.FREE,
    "Coba",
    questions=(
        Question("s", QuestionKind.SECTION, "Bagian"),
        Question("scale", QuestionKind.SCALE, "Skala?", options=options("abcd")),
        Question("one", QuestionKind.SINGLE, "Satu?", options=options(("ya", "tidak"))),
        Question("many", QuestionKind.MULTIPLE, "Beberapa?", options=options("xyz")),
        Question("number", QuestionKind.NUMBER, "Berapa?", low=0, high=7),
        Question("text", QuestionKind.TEXT, "Apa?", required=True),
    ),
)

words = st.text(min_size=1, max_size=12)
questions = st.builds(
    Question,
    id=words,
    kind=st.sampled_from(QuestionKind),
    text=words,
    name=st.text(max_size=5),
    number=st.text(max_size=3),
    part=st.sampled_from(Part),
    options=st.lists(st.builds(Option, words, words), max_size=4).map(tuple),
    required=st.booleans(),
    low=st.integers(-5, 5),
    high=st.integers(-5, 5),
)
forms = st.builds(
    Form,
    kind=st.sampled_from(SurveyKind),
    title=words,
    intro=st.text(max_size=9),
    thanks=st.text(max_size=9),
    questions=st.lists(questions, max_size=5).map(tuple),
    rules=st.sampled_from(("", "2017-01-01")),
)


@settings(max_examples=80)
@given(forms)
def test_a_form_comes_back_from_its_text(form: Form) -> None:
    assert form_of(form_text(form)) == form
    assert form_text(form_of(form_text(form))) == form_text(form)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"shape": 2, "kind": "free"}', '{"shape":1,"kind":"?"}', "null", "7"]
)
def test_what_is_no_form_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UnreadableFormError):
        form_of(text)


@pytest.mark.parametrize("key", [key for key in TEMPLATES if key != "free"])
def test_the_ready_forms_can_be_published(key: str) -> None:
    assert form_findings(TEMPLATES[key]) == []


def test_the_empty_form_only_lacks_questions() -> None:
    assert [one.fault for one in form_findings(TEMPLATES["free"])] == [FormFault.NO_QUESTIONS]


def test_the_satisfaction_form_asks_for_no_name() -> None:
    asked = form_text(TEMPLATES["skm"]).casefold()
    assert [one.id for one in TEMPLATES["skm"].head] == [
        "jam",
        "kelamin",
        "pendidikan",
        "pekerjaan",
        "layanan",
    ]
    assert "nik" not in {one.id for one in TEMPLATES["skm"].asked}
    assert "nama lengkap" not in asked
    assert TEMPLATES["skm"].question("biaya").options[3].text == "Gratis"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": " "}, FormFault.NO_TITLE),
        ({"questions": ()}, FormFault.NO_QUESTIONS),
        ({"questions": MIXED.questions[1:2] * 2}, FormFault.SAME_ID),
        ({"questions": (replace(MIXED.questions[1], text=""),)}, FormFault.NO_TEXT),
        ({"questions": (replace(MIXED.questions[1], text="x" * 501),)}, FormFault.TOO_LONG),
        ({"questions": (replace(MIXED.questions[1], options=()),)}, FormFault.TOO_FEW_OPTIONS),
        (
            {"questions": (replace(MIXED.questions[1], options=options("abcdefghijk")),)},
            FormFault.TOO_MANY_OPTIONS,
        ),
        (
            {"questions": (replace(MIXED.questions[1], options=options(("a", "A"))),)},
            FormFault.SAME_OPTION,
        ),
        (
            {"questions": (replace(MIXED.questions[1], options=options(("a", ""))),)},
            FormFault.EMPTY_OPTION,
        ),
        ({"questions": (replace(MIXED.questions[4], low=8),)}, FormFault.BOUNDS_REVERSED),
        ({"kind": SurveyKind.SKM}, FormFault.NO_UNSUR),
    ],
)
def test_each_fault_of_a_form_is_found(change: dict[str, object], fault: FormFault) -> None:
    assert form_findings(MIXED) == []
    assert fault in [one.fault for one in form_findings(replace(MIXED, **change))]


def test_unequal_scales_make_no_index() -> None:
    unsur = TEMPLATES["skm"].unsur
    odd = replace(unsur[0], options=options("abc"))
    form = replace(TEMPLATES["skm"], questions=(odd, *unsur[1:]))
    assert FormFault.UNEQUAL_SCALES in [one.fault for one in form_findings(form)]


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"text": "a"}, {}),
        ({}, {"text": AnswerFault.MISSING}),
        ({"text": "a", "scale": 5}, {"scale": AnswerFault.OUT_OF_RANGE}),
        ({"text": "a", "scale": 0}, {"scale": AnswerFault.OUT_OF_RANGE}),
        ({"text": "a", "scale": "4"}, {}),
        ({"text": "a", "scale": True}, {"scale": AnswerFault.NO_NUMBER}),
        ({"text": "a", "scale": 2.5}, {"scale": AnswerFault.NO_NUMBER}),
        ({"text": "a", "scale": "x"}, {"scale": AnswerFault.NO_NUMBER}),
        ({"text": "a", "number": 8}, {"number": AnswerFault.OUT_OF_RANGE}),
        ({"text": "a", "number": "-1"}, {"number": AnswerFault.OUT_OF_RANGE}),
        ({"text": "a", "one": "3"}, {"one": AnswerFault.NOT_OFFERED}),
        ({"text": "a", "one": ["1"]}, {"one": AnswerFault.NOT_OFFERED}),
        ({"text": "a", "many": ["1", "4"]}, {"many": AnswerFault.NOT_OFFERED}),
        ({"text": "a", "many": [["1"]]}, {"many": AnswerFault.NOT_OFFERED}),
        ({"text": "x" * 501}, {"text": AnswerFault.TOO_LONG}),
        ({"text": ["a"]}, {"text": AnswerFault.TOO_LONG}),
        ({"text": "a", "name": "Siti"}, {"name": AnswerFault.UNKNOWN_QUESTION}),
        ({"text": "a", "s": "1"}, {"s": AnswerFault.UNKNOWN_QUESTION}),
    ],
)
def test_answers_are_checked_against_the_form(answers, wrong) -> None:
    assert faults_of(MIXED, answers) == wrong


def test_what_was_not_answered_is_not_kept() -> None:
    given = {"text": "  halo ", "scale": "3", "one": "", "many": ["3", "1", "3"], "number": None}
    kept = cleaned(MIXED, given)
    assert kept == {"text": "halo", "scale": 3, "many": ["1", "3"]}
    assert answers_of(MIXED, answers_text(kept)) == kept
    assert list(json.loads(answers_text(kept))) == sorted(kept)


@given(st.text(max_size=40))
def test_stored_nonsense_counts_as_not_answered(text: str) -> None:
    assert set(answers_of(MIXED, text)) <= {one.id for one in MIXED.asked}


def test_an_answer_of_a_newer_form_does_not_spoil_the_others() -> None:
    assert answers_of(MIXED, '{"scale":9,"one":"2","new":1}') == {"one": "2"}


def test_answers_are_told_in_words() -> None:
    scale, one, many, number = (MIXED.question(id_) for id_ in ("scale", "one", "many", "number"))
    assert in_words(scale, 2) == "b"
    assert in_words(one, "2") == "tidak"
    assert in_words(many, ["1", "3"]) == "x; z"
    assert in_words(number, 5) == "5"
    assert in_words(one, None) == ""


def test_tallies_count_in_the_order_of_the_form() -> None:
    answers = [{"one": "2", "many": ["1", "3"], "number": 3}, {"one": "2", "many": ["3"]}, {}]
    one, many, number = (MIXED.question(id_) for id_ in ("one", "many", "number"))
    assert tally(one, answers).counts == (("ya", 0), ("tidak", 2))
    assert tally(many, answers).counts == (("x", 1), ("y", 0), ("z", 2))
    assert (tally(number, answers).answered, tally(number, answers).mean) == (1, Fraction(3))
    texts = tally(MIXED.question("text"), [{"text": "b"}, {"text": "a"}])
    assert texts.texts == ("a", "b")


def test_a_workshop_is_told_by_its_parts_and_tests() -> None:
    form = TEMPLATES["workshop"]
    answers = [
        {
            "materi_sesuai": 4,
            "materi_jelas": 3,
            "dapat_dipakai": 2,
            "tes_awal": 40,
            "tes_akhir": 75,
        },
        {"materi_sesuai": 3, "tanya_jawab": 4, "tes_awal": 55, "tes_akhir": 60},
        {"tes_awal": 10},
    ]
    content, delivery, practice = part_means(form, answers)
    assert (content.given, content.mean) == (3, Fraction(10, 3))
    assert (delivery.given, delivery.mean) == (1, Fraction(4))
    assert (practice.given, practice.mean, practice.points) == (1, Fraction(2), 4)
    assert overall_mean(form, answers) == Fraction(16, 5)
    test = learning_gain(form, answers)
    assert test is not None
    assert (test.people, test.difference) == (2, Fraction(20))
    assert learning_gain(TEMPLATES["needs"], []) is None
