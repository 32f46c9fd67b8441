"""What people answer to the desk's questions, and how titles are cut."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from perpusdesk.ui.desk.questions import moment_in, rupiah_in
from perpusdesk.ui.desk.text import shortened

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 23, 14, 5, tzinfo=WIB)


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        ("5000", 5000),
        ("Rp5.000", 5000),
        ("Rp 5.000,00", 5000),
        ("5 000", 5000),
        ("", 0),
        ("lunas", 0),
        ("9" * 40, 999_999_999_999),
    ],
)
def test_whole_rupiah_in_any_spelling(given: str, amount: int) -> None:
    assert rupiah_in(given) == amount


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("20-11-2026 09.30", datetime(2026, 11, 20, 9, 30, tzinfo=WIB)),
        ("20/11/2026 9:30", datetime(2026, 11, 20, 9, 30, tzinfo=WIB)),
        ("1.2.2026", datetime(2026, 2, 1, 12, 0, tzinfo=WIB)),
        ("23-11-2026", NOW),
    ],
)
def test_a_date_with_or_without_a_time(given: str, expected: datetime) -> None:
    assert moment_in(given, NOW, WIB) == expected


@pytest.mark.parametrize("given", ["", "kemarin", "31-02-2026", "20-11", "20-11-2026 25.00"])
def test_what_is_no_date_is_none(given: str) -> None:
    assert moment_in(given, NOW, WIB) is None


def test_a_title_is_cut_at_a_word() -> None:
    assert shortened("Laskar Pelangi", 40) == "Laskar Pelangi"
    assert shortened("Laskar Pelangi, edisi khusus", 17) == "Laskar Pelangi…"
    assert len(shortened("satu dua tiga " * 20, 90)) <= 90


def test_a_word_without_an_end_can_be_broken_and_loses_nothing() -> None:
    code = "0123456789" * 6
    broken = shortened(code, 90)
    assert broken.replace("\u200b", "") == code
    assert max(map(len, broken.split("\u200b"))) <= 12
    assert shortened(code, 21).startswith("0123456789")
