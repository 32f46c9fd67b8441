"""Staff on the command line: accounts, PINs from standard input, and who acts."""

from __future__ import annotations

import pytest

from helpers.command_line import Answer, Call

OWN, NEW = "482913", "905172"


pytestmark = pytest.mark.usefixtures("quick_hashes")


def person(answer: Answer) -> dict[str, object]:
    assert answer.code == 0, answer.out
    found: dict[str, object] = answer.document["person"]
    return found


def test_people_are_added_changed_closed_and_opened(call: Call) -> None:
    words = ("--role", "desk", "--right", "override", "--without", "money", "--card", "P-1")
    added = person(call("staff", "add", "Wati Contoh", *words))
    assert added["added"] == ["override"] and added["withdrawn"] == ["money"]
    changed = person(call("staff", "edit", "p-1", "--name", "Wati C.", "--branch", "Pusat"))
    assert (changed["name"], changed["branches"], changed["card"]) == ("Wati C.", ["Pusat"], "P-1")
    assert changed["rights"] == added["rights"], "what is not named stays"
    assert person(call("staff", "edit", "P-1", "--branch", "all"))["branches"] == []
    assert person(call("staff", "deactivate", "P-1", "--reason", "pindah"))["active"] is False
    assert person(call("staff", "reactivate", "P-1"))["active"] is True
    names = [one["name"] for one in call("staff", "list").document["staff"]]
    assert names == ["Petugas Uji", "Wati C."]
    assert "override" in call("staff", "rights").document["rights"]
    assert "Wati C." in call("staff", "list", json=False).out


def test_wrong_words_and_refusals_have_their_codes(call: Call) -> None:
    for words, code in (
        (("add", "X", "--role", "king"), "role"),
        (("add", "X", "--right", "fly"), "right"),
        (("add", "X", "--branch", "Bulan"), "branch"),
        (("edit", "Nobody"), "staff"),
    ):
        answer = call("staff", *words)
        assert (answer.code, answer.document["error"]["code"]) == (2, code)
    last = call("staff", "deactivate", "Petugas Uji")
    assert (last.code, last.document["refused"]["code"]) == (1, "last_administrator")


def test_with_pins_a_script_names_who_acts_and_gives_the_pin_on_standard_input(
    call: Call, typed: object, barcodes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(typed)
    assert call("lend", "--member", "A0001", barcodes[0]).code == 0, "without PINs as ever"
    typed(OWN)
    assert person(call("staff", "pin", "Petugas Uji"))["pin"] == "set"
    nobody = call("lend", "--member", "A0001", barcodes[1])
    assert (nobody.code, nobody.document["error"]["code"]) == (2, "not_signed_in")
    typed("111222")
    wrong = call("lend", "--member", "A0001", barcodes[1], "--who", "Petugas Uji")
    assert (wrong.code, wrong.document["refused"]["code"]) == (1, "pin_wrong")
    typed(OWN)
    assert call("lend", "--member", "A0001", barcodes[1], "--who", "petugas uji").code == 0
    monkeypatch.setenv("PERPUSDESK_STAFF", "Petugas Uji")
    typed(OWN)
    assert call("return", barcodes[1]).code == 0
    assert call("search", "pelaut").code == 0 and call("status").code == 0, "reading asks for none"
    unknown = call("lend", "--member", "A0001", barcodes[1], "--who", "Tak Ada")
    assert unknown.document["refused"]["code"] == "staff_unknown"


def test_ones_own_pin_is_changed_with_the_one_that_signed_in(call: Call, typed: object) -> None:
    assert callable(typed)
    typed(OWN)
    call("staff", "pin", "Petugas Uji")
    typed(OWN, NEW)
    assert person(call("staff", "pin", "Petugas Uji", "--who", "Petugas Uji"))["pin"] == "set"
    typed(NEW, "660412")
    given = call("staff", "add", "Wati Contoh", "--who", "Petugas Uji")
    assert person(given)["pin"] == "none"
    typed(NEW, "660412")
    assert person(call("staff", "pin", "Wati Contoh", "--who", "Petugas Uji"))["pin"] == "to_change"
    typed(NEW)
    answer = call("staff", "pin", "Wati Contoh", "--remove", "--who", "Petugas Uji")
    assert person(answer)["pin"] == "none"
