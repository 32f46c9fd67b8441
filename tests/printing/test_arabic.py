"""Arabic script is joined, and turned for drawing; everything else stays as it is."""

import unicodedata

import paper_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_eyes import words

from perpusdesk.printing.arabic import joined, turned
from perpusdesk.printing.fonts import MISSING, printable
from perpusdesk.printing.slip_pdf import pdf_slip
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine

ARABIC = st.text(st.characters(min_codepoint=0x620, max_codepoint=0x64A), max_size=20)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("كتاب", "ﻛﺘﺎﺏ"),
        ("القرآن", "ﺍﻟﻘﺮﺁﻥ"),
        ("الإسلام", "ﺍﻹﺳﻼﻡ"),
        ("دار", "ﺩﺍﺭ"),
        ("كِتَابٌ", "ﻛﺘﺎﺏ"),
    ],
)
def test_letters_take_the_form_of_their_place(word: str, forms: str) -> None:
    assert joined(word) == forms
    assert joined(forms) == forms


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ("Laskar pelangi (2005)", "Laskar pelangi (2005)"),
        ("abc", "abc"),
        ("ﺩﺍﺭ", "ﺭﺍﺩ"),
        ("Kitab ﺩﺍﺭ ﺏ, cet. 2", "Kitab ﺏ ﺭﺍﺩ, cet. 2"),
        ("ﺩ 1446 ﺏ", "ﺏ 1446 ﺩ"),
        ("ﺩ (ﺏ) ﺭ", "ﺭ (ﺏ) ﺩ"),
    ],
)
def test_only_arabic_stretches_are_turned(line: str, drawn: str) -> None:
    assert turned(line) == drawn


@given(ARABIC)
def test_joining_keeps_the_letters(text: str) -> None:
    assert unicodedata.normalize("NFKC", joined(text)) == unicodedata.normalize("NFKC", text)


@given(st.text(max_size=60))
def test_text_made_printable_twice_is_the_same(text: str) -> None:
    once = printable(text)
    assert printable(once) == once


def test_an_arabic_title_prints() -> None:
    line = SlipLine(SlipAct.LENT, "رياض الصالحين", "B1")
    visit = samples.visit()
    slip = SlipData(visit.library, "", visit.member, visit.card, (line,), "", visit.printed)
    text = words(pdf_slip(slip))
    assert MISSING not in text
    letters = unicodedata.normalize("NFKC", text)
    assert "رياض" in letters or "رياض"[::-1] in letters
