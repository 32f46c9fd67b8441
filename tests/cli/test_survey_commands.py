"""Surveys on the command line, on a library of their own."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from helpers.command_line import Call
from helpers.surveys import FOURS, answered, begun
from perpusdesk.services.desk import Desk
from perpusdesk.storage.library import Library


@pytest.fixture
def survey(library: Path) -> str:
    """A survey with two answers in the library of the calls."""
    with Library.open(library) as opened:
        branch, staff = (
            UUID(bytes=bytes(opened.value(query)))
            for query in ("select id from branch limit 1", "select id from staff limit 1")
        )
        desk = Desk(opened, branch, staff)
        today = desk.today()
        line = begun(desk, population=1000, first_day=today, last_day=today)
        answered(desk, line.id, FOURS)
        answered(desk, line.id, FOURS | {"waktu": 1})
    return str(line.id)


def test_a_result_is_told_to_the_last_digit_with_its_weight(call: Call, survey: str) -> None:
    (line,) = call("survey", "list").document["surveys"]
    assert (line["answers"], line["target"], line["enough"]) == (2, 278, False)
    told = call("survey", "result", survey).document["satisfaction"]
    assert (told["ikm"], told["class"], told["weight"]) == ("95.83", "A", "exact")
    assert told["lowest"][0] == "waktu"
    assert told["unsur"][2]["nrr"] == "2.500"
    old = call("survey", "result", line["name"], "--weight", "0.11").document["satisfaction"]
    assert (old["ikm"], old["weight"]) == ("94.88", "0.11")
    assert call("survey", "result", survey, "--weight", "0.12").code == 2
    none = call("survey", "result", survey, "--until", "2020-01-01").document
    assert (none["respondents"], none["satisfaction"]["ikm"]) == (0, None)
    assert call("survey", "result", survey, "--since", "kemarin").code == 2
    assert "IKM 95,83" in call("survey", "result", survey, json=False).out


def test_a_result_is_written_as_table_report_and_picture(
    call: Call, survey: str, tmp_path: Path
) -> None:
    files = {ending: tmp_path / f"skm.{ending}" for ending in ("xlsx", "pdf", "png")}
    for file in files.values():
        assert call("survey", "export", survey, file).document["respondents"] == 2
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    assert len(CalamineWorkbook.from_path(files["xlsx"]).get_sheet_by_index(0).to_python()) == 3


def test_what_cannot_be_used_says_so(call: Call) -> None:
    assert call("survey", "list").document == {"surveys": []}
    assert call("survey", "result", "nothing").code == 2
    assert call("survey", "export", "nothing", "file.doc").code == 2
    assert call("survey", "tgm", "1", "2").code == 2
    assert call("survey", "tgm", "1", "2", "3", "4", "500").code == 2
    assert call("survey", "tgm", "50", "60", "40", "80", "20", "--year", "2026").code == 2


def test_the_reading_habit_index_of_a_year_that_had_one(call: Call) -> None:
    told = call("survey", "tgm", "50", "60", "40", "80", "20").document
    assert (told["tgm"], told["bands"]) == ("50.00", {"lima": 3, "empat": 3})
