"""``perpusdesk visit add``: by card, by what visitors say, and what is no word of a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.command_line import Call, no_desktop
from perpusdesk.cli.main import run


def test_a_card_counts_once(call: Call) -> None:
    done = call("visit", "add", "--member", "A0001")
    visit = done.document["visit"]
    assert (done.code, visit["people"], visit["today"]) == (0, 1, 1)
    assert visit["member"]
    assert set(visit) == {"id", "member", "people", "at", "open", "today", "action"}
    again = call("visit", "add", "--member", "A0001")
    assert again.code == 1
    assert again.document["refused"]["code"] == "visit_counted"
    assert call("visit", "add", "--member", "A0001", "--again").document["visit"]["today"] == 2
    assert call("undo").code == 0
    assert call("visit", "add", "--people", "4").document["visit"]["today"] == 5


def test_visitors_without_a_card(call: Call) -> None:
    words = ("--people", "30", "--age", "0-12", "--occupation", "pupil", "--institution", "SD")
    assert call("visit", "add", *words).document["visit"]["member"] is None
    assert call("visit", "add", "--people", "0").document["refused"]["code"] == "people_invalid"
    assert call("visit", "add", "--member", "ZZ").document["refused"]["code"] == "member_unknown"


def test_what_is_no_word_of_a_list_is_wrong_usage(call: Call) -> None:
    for words, code in (
        (("--age", "7"), "age"),
        (("--sex", "X"), "sex"),
        (("--room", "Ruang X"), "room"),
        (("--at", "kemarin"), "date"),
    ):
        wrong = call("visit", "add", *words)
        assert (wrong.code, wrong.document["error"]["code"]) == (2, code)
    assert "0-12" in call("visit", "add", "--age", "7").document["error"]["message"]


def test_as_a_person_calls_it(call: Call) -> None:
    assert call("visit", "add", "--people", "2", json=False).out.strip()


def test_the_kiosk_opens_on_the_library_that_is_named(tmp_path: Path) -> None:
    opened: list[tuple[Path | None, str | None]] = []

    def kiosk(data: Path | None, language: str | None) -> int:
        opened.append((data, language))
        return 3

    desktop = replace(no_desktop(), kiosk=kiosk)
    assert run(["kiosk", "--data", str(tmp_path), "--lang", "en"], desktop) == 3
    assert opened == [(tmp_path, "en")]
