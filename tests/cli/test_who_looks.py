"""Commands that show members ask who it is, where people sign in, and leave a line in the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.command_line import Answer, Call, Typed
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import STAFF_LOCAL, open_desk
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.access_log import access_rows

PIN, WRONG = "482913", "111222"
KEEPER = ("--who", "Petugas Uji")


pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def lent(call: Call, barcodes: list[str]) -> Call:
    """Siti has a copy."""
    assert call("lend", "--member", "A0001", barcodes[0]).code == 0
    return call


@pytest.fixture
def signed(lent: Call, typed: Typed) -> Call:
    """The same, and the one person has a PIN."""
    typed(PIN)
    assert lent("staff", "pin", "Petugas Uji").code == 0
    typed()
    return lent


def looked(library: Path) -> list[tuple[str, str, str]]:
    """Return who looked at whom, and how, the first look first."""
    with Library.open(library, writable=False) as opened:
        rows = access_rows(opened)
    return [(row.staff_name, row.card, row.how) for row in reversed(rows)]


def reading(barcode: str, out: Path) -> list[tuple[tuple[object, ...], str]]:
    """Every command that shows members, with how it looks at the one who has the copy."""
    return [
        (("member", "show", "A0001"), "record"),
        (("member", "find", "Siti"), "search"),
        (("copy", "show", barcode), "record"),
        (("copy", "history", barcode), "record"),
        (("history", "list", "--about", "A0001", "--limit", 1), "search"),
        (("privacy", "requests"), "search"),
        (("print", "receipt", "--member", "A0001", "--out", out / "r.pdf"), "print"),
        (("print", "cards", "A0001", "--out", out / "c.pdf"), "print"),
    ]


def ask(call: Call) -> None:
    assert call("privacy", "request", "access", "--member", "A0001").code == 0


def test_without_pins_they_work_as_ever_and_leave_a_line(
    lent: Call, library: Path, barcodes: list[str], tmp_path: Path
) -> None:
    ask(lent)
    for words, how in reading(barcodes[0], tmp_path):
        before = len(looked(library))
        answer = lent(*words)
        assert answer.code == 0, (words, answer.err)
        assert looked(library)[before:] == [("Petugas Uji", "A0001", how)], words
    assert lent("member", "show", "A9999").code == 1
    assert lent("copy", "show", barcodes[1]).code == 0, "nobody has it, nobody is seen"
    assert len(looked(library)) == len(reading(barcodes[0], tmp_path))


def no_one(answer: Answer) -> bool:
    return (answer.code, answer.document["error"]["code"]) == (2, "not_signed_in")


def test_where_people_sign_in_nobody_reads_of_members_unnamed(
    signed: Call, library: Path, barcodes: list[str], tmp_path: Path
) -> None:
    unseen = [words for words, _how in reading(barcodes[0], tmp_path)]
    unseen += [("conflicts",), ("history",), ("privacy", "log")]
    unseen.append(("print", "report", "--out", tmp_path / "d.pdf"))
    for words in unseen:
        answer = signed(*words)
        assert no_one(answer), (words, answer.out)
        assert "Siti" not in answer.out + answer.err
    assert looked(library) == []
    assert not list(tmp_path.glob("*.pdf"))
    for words in (("status",), ("digest",), ("search", "kertas"), ("stock", "list")):
        assert signed(*words).code == 0, "what shows no member asks nobody"


def test_with_the_pin_the_line_bears_the_name(signed: Call, library: Path, typed: Typed) -> None:
    typed(WRONG)
    assert signed("member", "show", "A0001", *KEEPER).document["refused"]["code"] == "pin_wrong"
    assert looked(library) == []
    typed(PIN)
    assert signed("member", "show", "A0001", *KEEPER).document["member"]["card"] == "A0001"
    assert looked(library) == [("Petugas Uji", "A0001", "record")]


@pytest.fixture
def desk(signed: Call, library: Path) -> Iterator[Desk]:
    """The library open in a window, where nobody sits."""
    assert signed("status").code == 0
    with Library.open(library, encrypted=True) as opened:
        yield open_desk(opened)


def test_beside_an_open_window_tries_count_and_the_line_is_written_all_the_same(
    desk: Desk, signed: Call, library: Path, typed: Typed
) -> None:
    for _again in range(5):
        typed(WRONG)
        answer = signed("member", "show", "A0001", *KEEPER)
    assert answer.document["refused"]["code"] == "sign_in_wait", "also beside the window"
    desk.library.put_local(f"tries/{next(iter(desk.people)).hex}", None)
    desk.library.put_local(STAFF_LOCAL, None)
    typed(PIN)
    assert signed("member", "show", "A0001", *KEEPER).code == 0
    assert looked(library) == [("Petugas Uji", "A0001", "record")]
    assert desk.library.local(STAFF_LOCAL) is None, "nobody's place at the window is taken"
    desk.library.put_local("after", 1)
    assert desk.library.local("after") == 1, "the window goes on writing"
