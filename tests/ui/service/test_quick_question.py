"""The quick line of the reference log: figures, words, a question mark; chips say the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from helpers.library import build
from helpers.screens import staged
from helpers.service_stage import ServiceStage
from perpusdesk.domain.references import MINUTES, Quick, read_quick, write_quick
from perpusdesk.services.feedback.reference_log import question_ids, question_lines

KINDS, TOOLS = ("a", "b", "c"), ("x", "y")
Opener = Callable[..., ServiceStage]
opened = staged(ServiceStage)


@pytest.fixture
def small(tmp_path: Path):
    made = build(tmp_path / "library")
    yield made
    made.library.close()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", Quick()),
        ("2", Quick("b")),
        ("23", Quick("b", 15)),
        ("231 lele?", Quick("b", 15, "x", "lele", answered=False)),
        ("2 ?", Quick("b", answered=False)),
        (" 1  kelas 5 SD ", Quick("a", topic="kelas 5 SD")),
        ("lele", Quick(topic="lele")),
        ("9 lele", Quick(topic="lele")),
        ("2024 peraturan", Quick(topic="2024 peraturan")),
        ("10", Quick("a")),
    ],
)
def test_a_line_is_read(line: str, told: Quick) -> None:
    assert read_quick(line, KINDS, TOOLS) == told


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Quick,
        st.sampled_from(KINDS),
        st.sampled_from(MINUTES),
        st.sampled_from(("", *TOOLS)),
        st.text("abc \t", max_size=9).map(str.strip),
        st.booleans(),
    )
)
def test_what_is_written_reads_the_same(quick: Quick) -> None:
    assert read_quick(write_quick(quick, KINDS, TOOLS), KINDS, TOOLS) == quick


def test_a_question_takes_three_strokes_from_anywhere(opened: Opener) -> None:
    stage = opened("volunteer")
    stage.open("messages")
    stage.do("service_questions")
    part = stage.page.part("questions")
    QTest.keyClicks(part.card.edit, "2")
    QTest.keyClick(part.card.edit, Qt.Key.Key_Return)
    stage.wait()
    (one,) = question_ids(stage.desk)
    line = question_lines(stage.desk, [one])[one]
    assert (line.row.kind, line.row.minutes, line.row.answered) == ("search", 1, True)
    assert part.card.edit.text() == ""
    assert part.rows.rows.rowCount() == 1


def test_without_a_kind_nothing_is_noted(opened: Opener) -> None:
    stage = opened("volunteer")
    part = stage.open("questions")
    part.card.edit.setText("lele")
    part.card.send()
    stage.wait()
    assert question_ids(stage.desk) == []
    assert part.card.said.isVisible() and part.card.edit.text() == "lele"


def test_chips_write_the_line(opened: Opener) -> None:
    stage = opened("volunteer")
    part = stage.open("questions")
    part.card.edit.setText("lele")
    kinds, lengths, tools = part.card._buttons
    kinds[2].click()
    lengths[1].click()
    tools[3].click()
    part.card.open_.click()
    assert part.card.edit.text() == "324 lele?"
    tools[3].click()
    assert part.card.edit.text() == "32 lele?"
    assert [chip.isChecked() for chip in kinds] == [False] * 2 + [True] + [False] * 4


def test_unanswered_ones_are_narrowed_and_counted(opened: Opener) -> None:
    stage = opened("volunteer")
    part = stage.open("questions")
    for line in ("2 lele", "34 sejarah?", "1"):
        part.card.edit.setText(line)
        part.card.send()
        stage.wait()
    part.answered.setCurrentIndex(1)
    part.look()
    stage.wait()
    assert part.rows.rows.rowCount() == 1
    stage.type("tidak ada")
    assert part.rows.rows.rowCount() == 0
    part.escape()
    stage.wait()
    assert part.rows.rows.rowCount() == 1
