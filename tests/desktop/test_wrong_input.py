"""What goes wrong at a desk: one clear sentence, nothing lost, and the next good scan works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from helpers import keys
from helpers.librarian import Librarian
from helpers.library import SmallLibrary, Time, living
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import LANGUAGES, set_language
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.circulation.turn import Outcome
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library, Sources

Start = Callable[[Desk], Librarian]
Safe = Callable[[], None]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each test runs in both languages."""
    set_language(request.param)
    return str(request.param)


@pytest.fixture
def at_work(language: str, start: Start, small: SmallLibrary) -> Librarian:
    """Somebody who lent a book a moment ago."""
    who = start(small.desk())
    who.scan("A0001", "B0001")
    return who


@pytest.fixture
def safe(at_work: Librarian, small: SmallLibrary) -> Safe:
    """Check that nothing changed since, that ops and rows agree, and that lending goes on."""
    before = (living(small.library), small.library.digest())

    def look() -> None:
        assert (living(small.library), small.library.digest()) == before
        assert check(small.library) == []
        at_work.scan("A0001")
        assert at_work.scan("B0003").outcome is Outcome.LENT
        assert len(living(small.library)["loan"]) == len(before[0]["loan"]) + 1

    return look


def said(language: str, indonesian: str, english: str) -> str:
    return indonesian if language == "id" else english


def test_a_code_nobody_knows(at_work: Librarian, safe: Safe, language: str) -> None:
    assert at_work.scan("ZZ-404-ZZ").outcome is Outcome.UNKNOWN
    words = at_work.reads()
    assert "ZZ-404-ZZ" in words
    assert said(language, "Kode ini bukan kartu", "Neither a card nor a copy") in words
    assert at_work.turn.visit, "the visit stays open"
    safe()


@pytest.mark.parametrize("torn", ["B00", "0001", "B000", "01/PD/H/2026"])
def test_a_torn_label(at_work: Librarian, safe: Safe, language: str, torn: str) -> None:
    assert at_work.scan(torn).outcome is Outcome.UNKNOWN
    assert said(language, "pindai seutuhnya", "scan it whole") in at_work.reads()
    safe()


def test_the_book_before_the_card(at_work: Librarian, small: SmallLibrary, language: str) -> None:
    at_work.presses("Esc")
    assert at_work.scan("B0003").outcome is Outcome.REFUSED
    words = at_work.reads()
    assert said(language, "kartu anggota dulu", "scan a member's card first") in words
    at_work.scan("A0002")
    assert at_work.scan("B0003").outcome is Outcome.LENT
    assert len(living(small.library)["loan"]) == 2


def test_a_card_with_the_number_of_a_copy(language: str, start: Start, small: SmallLibrary) -> None:
    small.change("member", small.members["A0002"], card="B0003")
    who = start(small.desk())
    assert who.scan("B0003").outcome is Outcome.CHOOSE
    words = who.reads()
    assert said(language, "bernomor sama", "have the same number") in words
    assert {"Budi Misalnya", "Kebun di Atap"} <= set(words.splitlines())
    assert living(small.library)["loan"] == [], "nothing is done before somebody chose"
    who.presses("Alt+1")
    assert who.turn.visit and who.turn.visit.name == "Budi Misalnya"
    assert who.scan("B0003").outcome is Outcome.LENT


def test_ten_thousand_characters_pasted(at_work: Librarian, safe: Safe, language: str) -> None:
    at_work.pastes("perpustakaan " * 770)
    assert said(language, "10.010", "10,010") in at_work.told()
    assert at_work.program.window.box.text() == ""
    safe()


def test_a_long_paste_that_the_box_still_takes(
    at_work: Librarian, safe: Safe, language: str
) -> None:
    at_work.pastes("x" * 250)
    assert at_work.turn.outcome is Outcome.TOO_LONG
    assert said(language, "terlalu panjang", "too long to be a code") in at_work.reads()
    safe()


def _two_at_once(who: Librarian, one: str, other: str) -> None:
    """Two scanners type at the same time: their keys arrive in turns, each ends with Enter."""
    mixed = "".join(a + b for a, b in zip(one, other, strict=True))
    keys.type_keys(who.program.window, mixed + "\r\r", gap=keys.SCANNER_MS // 2)
    who.wait()


def test_two_scanners_at_once_on_a_desk_that_knows_its_scanner(
    language: str, start: Start, small: SmallLibrary, settings: SettingsFile
) -> None:
    settings.change(scanner_pace_us=keys.SCANNER_MS * 1000)
    who = start(small.desk())
    who.scan("A0001", "B0001")
    before = living(small.library), small.library.digest()
    _two_at_once(who, "B0003", "B0007")
    assert said(language, "Dua pindaian", "Two scans ran into each other") in who.told()
    assert (living(small.library), small.library.digest()) == before
    assert who.scan("B0003").outcome is Outcome.LENT


def test_two_scanners_at_once_on_a_desk_that_does_not(
    at_work: Librarian, safe: Safe, language: str
) -> None:
    _two_at_once(at_work, "B0003", "B0007")
    assert at_work.turn.outcome is Outcome.UNKNOWN
    assert "BB00000037" in at_work.reads()
    safe()


def _fill(small: SmallLibrary) -> None:
    """Let the file not grow any more, and use up the room that is left in it."""
    pages = small.library.value("pragma page_count")
    small.library.database.execute_sql(f"pragma max_page_count = {pages}").fetchall()
    for size in (40_000, 4_000, 400):
        try:
            for number in range(50):
                small.library.put_local(f"fill/{size}/{number}", b"x" * size)
        except KnownError as error:
            assert error.fault is Fault.DISK_FULL


def _empty(small: SmallLibrary) -> None:
    small.library.database.execute_sql("pragma max_page_count = 1000000").fetchall()


def test_a_full_disk(at_work: Librarian, small: SmallLibrary, language: str) -> None:
    before = (living(small.library), small.library.digest())
    _fill(small)
    for _ in range(40):  # a few small loans may still find room in the last page
        at_work.scan("B0003")
        if at_work.heard:
            break
        at_work.presses("Ctrl+Z")
    assert said(language, "penuh", "disk is full") in at_work.told()
    assert living(small.library)["loan"] == before[0]["loan"]
    assert check(small.library) == []
    _empty(small)
    assert at_work.scan("B0003").outcome is Outcome.LENT
    assert not at_work.program.window.bar.isVisible(), "what is solved is said no more"


def test_a_folder_that_may_not_be_written(
    at_work: Librarian, safe: Safe, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hero = at_work.program.desk_page._room.hero
    assert hero.isVisible()
    with monkeypatch.context() as patch:
        patch.setattr("perpusdesk.storage.database._OPEN_DOOR", "pragma query_only = on")
        at_work.scan("B0003")
        assert not hero.isVisible(), "the answer to the book before is no answer to this one"
        assert said(language, "tidak bisa ditulisi", "cannot be written to") in at_work.told()
        at_work.scan("B0007")
    safe()
    assert not at_work.program.window.bar.isVisible()


def test_the_library_is_opened_a_second_time(
    at_work: Librarian, safe: Safe, small: SmallLibrary, language: str
) -> None:
    with pytest.raises(KnownError) as caught:
        Library.open(small.library.folder)
    told = str(say_fault(caught.value))
    assert said(language, "sudah terbuka", "already open") in told
    safe()


def test_a_clock_set_to_2010(
    language: str, start: Start, small: SmallLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    small.library.close()
    wrong = Time(datetime(2010, 1, 1, tzinfo=UTC))
    sources = Sources(wrong.wall_ms, wrong.uptime_ms, small.library.sources.random)
    with Library.open(small.library.folder, sources=sources) as library:
        who = start(Desk(library, small.branches["pusat"], small.staff["desk"]))
        qtbot.waitUntil(lambda: bool(who.heard))
        assert said(language, "Jam komputer", "The computer's clock") in who.told()
        who.scan("A0001")
        turn = who.scan("B0001")
        assert turn.lent
        line = turn.lent.value.line
        assert (line.lent_at.year, line.due.isoformat()) == (2026, "2026-11-09")
        who.presses("Esc")
        assert who.scan("B0001").outcome is Outcome.RETURNED
        assert check(library) == []
        who.program.window.close()


@pytest.mark.parametrize("printer", ["file:/nowhere/lp0", "no such thing"])
def test_no_printer_for_the_slip(
    at_work: Librarian, safe: Safe, settings: SettingsFile, language: str, printer: str
) -> None:
    settings.change(slip_printer=printer)
    at_work.presses("Ctrl+P")
    assert said(language, "Printer", "The printer") in at_work.told()
    safe()


def test_keys_of_a_hand_are_no_scan(at_work: Librarian, safe: Safe, language: str) -> None:
    """Somebody types a barcode slowly into the box and does not send it."""
    keys.type_keys(at_work.program.window, "B0003")
    at_work.wait()
    at_work.presses("Esc")
    safe()


def test_a_scan_with_control_characters(at_work: Librarian, safe: Safe, language: str) -> None:
    keys.scan(at_work.program.window, "B00\x1d03")
    at_work.wait()
    assert said(language, "tidak ada pada kode", "no code has") in at_work.told()
    safe()


def test_nothing_of_all_this_is_a_bug(at_work: Librarian, language: str) -> None:
    faults: list[Any] = []
    at_work.program.window.messages.said.connect(faults.append)
    for code in ("'; drop table loan; --", "%00%0a", "🙂🙂🙂", "ﷺ", "-1", "999999999999999999999"):
        at_work.scan(code)
        at_work.types(code)
    assert [one for one in faults if one.kind == "fault"] == []
