"""Whatever the text, it stays in its box and loses nothing without an ellipsis."""

from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.printing.fitting import ELLIPSIS, balanced, shorten, wrap

TEXTS = st.text(max_size=200)


@given(TEXTS, st.integers(1, 60))
def test_shortened_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit, len)
    assert len(short) <= limit
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short[:-1]))


@given(TEXTS, st.integers(1, 60))
def test_wrapping_loses_nothing(text: str, limit: int) -> None:
    lines = wrap(text, limit, len)
    assert all(0 < len(line) <= limit for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(4, 60), st.integers(1, 4))
def test_limited_lines_say_that_something_is_missing(text: str, limit: int, most: int) -> None:
    lines = wrap(text, limit, len, most)
    whole = "".join(text.split())
    assert len(lines) <= most
    assert all(len(line) <= limit for line in lines)
    assert "".join("".join(lines).split()) == whole or lines[-1].endswith(ELLIPSIS)


@given(TEXTS, st.integers(4, 60), st.integers(0, 4))
def test_balanced_has_the_same_lines_and_words(text: str, limit: int, most: int) -> None:
    plain, even = wrap(text, limit, len, most), balanced(text, limit, len, most)
    assert len(plain) == len(even)
    assert max(map(len, even), default=0) <= max(map(len, plain), default=0) <= limit
    assert " ".join(plain) == " ".join(even)


def test_a_heading_has_no_lonely_last_word() -> None:
    lines = balanced("Perpustakaan Umum Kota Contoh", 24, len)
    assert lines == ["Perpustakaan", "Umum Kota Contoh"]
