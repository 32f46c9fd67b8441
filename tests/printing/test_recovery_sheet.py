"""The recovery sheet: what is on the paper opens the library, read by an eye or a camera."""

from __future__ import annotations

from datetime import date

import pytest
from paper_eyes import codes, page_sizes, words

from perpusdesk.common.i18n import set_language
from perpusdesk.printing.recovery_sheet import SheetData, recovery_sheet
from perpusdesk.protocol.recovery_code import new_code, read_code

SEED = bytes(range(50, 66))
NAME = "Perpustakaan Contoh"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", [NAME, "Dinas Perpustakaan dan Kearsipan Kota Contoh " * 4])
def test_the_sheet_holds_the_code_twice_on_one_page(language: str, name: str) -> None:
    set_language(language)
    code = new_code(SEED)
    pdf = recovery_sheet(SheetData(name, code, date(2026, 11, 22)))
    assert page_sizes(pdf) == [(210.0, 297.0)]
    (seen,) = codes(pdf)
    assert read_code(seen.text) == SEED
    text = words(pdf)
    assert all(group in text for group in code.split("-"))
    assert text.startswith({"id": "Lembar pemulihan", "en": "Recovery sheet"}[language])
    assert "22 November 2026" in text
