"""Dates, times and money are written as people write them."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.common import formats
from perpusdesk.common.i18n import language, set_language


@pytest.fixture(autouse=True)
def _restore_language() -> Iterator[None]:
    before = language()
    yield
    set_language(before)


def test_indonesian() -> None:
    set_language("id")
    day = date(2026, 12, 7)
    assert formats.weekday_date(day) == "Senin, 7 Desember 2026"
    assert formats.long_date(day) == "7 Desember 2026"
    assert formats.short_date(day) == "07-12-2026"
    assert formats.clock_time(datetime(2026, 12, 7, 9, 5)) == "09.05"
    assert formats.date_and_time(datetime(2026, 12, 7, 14, 5)) == "07-12-2026 14.05"
    assert formats.rupiah(2500) == "Rp2.500"
    assert formats.rupiah(0) == "Rp0"
    assert formats.rupiah(-1_250_000) == "-Rp1.250.000"


def test_english() -> None:
    set_language("en")
    day = date(2026, 12, 6)
    assert formats.weekday_date(day) == "Sunday, 6 December 2026"
    assert formats.short_date(day) == "6 Dec 2026"
    assert formats.clock_time(datetime(2026, 12, 7, 9, 5)) == "09:05"
    assert formats.rupiah(2500) == "Rp2,500"


@given(st.dates(), st.sampled_from(["id", "en"]))
def test_every_date_is_written_and_short(day: date, code: str) -> None:
    set_language(code)
    assert len(formats.short_date(day)) <= 11
    assert formats.weekday_date(day).endswith(str(day.year))


@given(st.integers(-(10**12), 10**12))
def test_money_can_be_read_back(amount: int) -> None:
    set_language("id")
    text = formats.rupiah(amount)
    assert int(text.replace("Rp", "").replace(".", "")) == amount


def test_an_official_paper_names_its_own_language() -> None:
    set_language("en")
    assert formats.long_date(date(2026, 8, 17), "id") == "17 Agustus 2026"
    assert formats.clock_time(datetime(2026, 8, 17, 10, 0), "id") == "10.00"
