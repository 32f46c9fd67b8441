"""Is this NIK plausible? It is only ever a warning of a typing error, never a refusal.

A NIK has 16 digits: six for the region, the birth date as DDMMYY (a woman's day plus 40), four
for the order of registration.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

LENGTH = 16
WOMAN = 40
FIRST_PROVINCE, LAST_PROVINCE = 11, 99


class NikDoubt(StrEnum):
    """What looks wrong about a NIK."""

    NOT_SIXTEEN_DIGITS = "not_sixteen_digits"
    REGION_IMPOSSIBLE = "region_impossible"
    BIRTH_DATE_IMPOSSIBLE = "birth_date_impossible"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    SEX_DIFFERS = "sex_differs"
    NUMBER_IMPOSSIBLE = "number_impossible"


def nik_doubts(
    nik: str, birth_date: date | None = None, woman: bool | None = None
) -> tuple[NikDoubt, ...]:
    """What to ask about a NIK as typed (blanks, dots and dashes do not count); empty: plausible."""
    digits = nik.translate(str.maketrans("", "", " .-"))
    if not (digits.isascii() and digits.isdigit() and len(digits) == LENGTH):
        return (NikDoubt.NOT_SIXTEEN_DIGITS,)
    day, month, year = (int(digits[at : at + 2]) for at in (6, 8, 10))
    says_woman = day > WOMAN
    born = (day - WOMAN if says_woman else day, month, year)
    found = {
        NikDoubt.REGION_IMPOSSIBLE: not FIRST_PROVINCE <= int(digits[:2]) <= LAST_PROVINCE
        or digits[2:4] == "00",
        NikDoubt.BIRTH_DATE_IMPOSSIBLE: not _is_date(*born),
        NikDoubt.BIRTH_DATE_DIFFERS: birth_date is not None
        and born != (birth_date.day, birth_date.month, birth_date.year % 100),
        NikDoubt.SEX_DIFFERS: woman is not None and woman != says_woman,
        NikDoubt.NUMBER_IMPOSSIBLE: digits[12:] == "0000",
    }
    return tuple(doubt for doubt, wrong in found.items() if wrong)


def _is_date(day: int, month: int, year: int) -> bool:
    """Whether the date exists in either century (29 February 2000, but not 1900)."""
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


SHOWN = 4
"""How many figures at the end of a number are shown while it is masked."""


def masked(number: str) -> str:
    """Return a number of identity with all but its last four signs hidden: ``••••••••••••0123``.

    Of a short one at most half is shown; a NIK's region and birth date never are.
    """
    shown = min(SHOWN, len(number) // 2)
    return "•" * (len(number) - shown) + number[len(number) - shown :]
